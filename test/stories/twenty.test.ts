import { expect, test } from 'vitest';
import budgets from './budgets.json' with { type: 'json' };

/** The requests that people of every trade told us first. */
const TWENTY = [
  'rights_expiry_for_a_person',
  'markers_at_every_mention',
  'promote_then_delete_old_versions',
  'stuck_jobs',
  'share_a_collection',
  'frame_at_a_timecode',
  'comments_digest',
  'subclips_of_a_match',
  'one_value_in_a_collection_tree',
  'allowed_values',
  'where_the_original_is',
  'archive_a_season',
  'restore_for_editing',
  'duplicates_of_a_card',
  'storage_by_month',
  'ask_for_approval',
  'comments_as_edl',
  'masters_against_a_spec',
  'log_sheet',
  'read_an_interview',
] as const;

test.each([
  ['calls', 46],
  ['tokens', 48_000],
] as const)('the twenty stories may take no more %s than %i', (what, most) => {
  expect(TWENTY.reduce((sum, name) => sum + budgets[name][what], 0)).toBeLessThanOrEqual(most);
});
