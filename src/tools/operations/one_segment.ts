import { inQuotes } from '../../text/quote.ts';
import { operation } from '../define.ts';
import { assetId, uuid } from '../params.ts';
import type { Context, Preview } from '../types.ts';
import { segmentAnswer, withAuthor } from './segment_fields.ts';

export const segmentId = uuid('Segment id.');

export const get_segment = operation({
  title: 'Get a segment',
  description: 'One segment as it is now; lists are late.',
  effect: 'read',
  listed: false,
  roles: ['can_read_segments'],
  route: 'GET /assets/v1/assets/{asset_id}/segments/{segment_id}/',
  input: { asset_id: assetId, segment_id: segmentId },
  output: segmentAnswer,
  shape: withAuthor,
});

interface Path {
  readonly asset_id: string;
  readonly segment_id: string;
}

/** What deleting a segment takes away: all of it and its replies with `for_good`, else what people see. */
export async function deletionOf(
  { asset_id, segment_id, for_good = false }: Path & { readonly for_good?: boolean },
  { use }: Context,
): Promise<Preview> {
  const segment = await use(get_segment, { asset_id, segment_id });
  const it = `the ${kindAndText(segment)} of asset ${asset_id}`;
  return {
    summary: for_good
      ? `Removes ${it} for good, with the replies to it.`
      : `Marks ${it} as deleted: people no longer see it.`,
    affected: [lineOf(segment_id, segment)],
  };
}

interface Change extends Path {
  readonly is_internal?: boolean | undefined;
  readonly share_id?: string | undefined;
  readonly clear?: readonly string[] | undefined;
}

/**
 * What a change shows to the guests of shares, who saw nothing of it before: a segment that was for the company's own
 * users, or one that goes into a share. A replacement also opens an internal segment by leaving `is_internal` out.
 */
export const exposureBy =
  ({ replaces }: { readonly replaces: boolean }) =>
  async (args: Change, { use }: Context): Promise<Preview | undefined> => {
    const { asset_id, segment_id, is_internal, share_id, clear = [] } = args;
    const mayOpen = is_internal === false || clear.includes('is_internal') || (replaces && is_internal !== true);
    if (!mayOpen && !share_id) return undefined;
    const segment = await use(get_segment, { asset_id, segment_id });
    const opens = mayOpen && segment.is_internal === true;
    const shares = Boolean(share_id) && segment.share_id !== share_id;
    if (!opens && !shares) return undefined;
    const whom = shares ? `the guests of share ${share_id}` : 'the guests of shares';
    const until = segment.is_internal === true ? ', which only users of the company see now' : '';
    return {
      summary: `Lets ${whom} see the ${kindAndText(segment)} of asset ${asset_id}${until}.`,
      affected: [lineOf(segment_id, segment)],
    };
  };

interface Segment {
  readonly segment_type?: string | undefined;
  readonly segment_text?: string | undefined;
  readonly author?: string | undefined;
  readonly time_start_milliseconds?: number | undefined;
}

const kindOf = ({ segment_type }: Segment): string => segment_type?.toLowerCase() ?? 'segment';

const kindAndText = (segment: Segment): string =>
  segment.segment_text ? `${kindOf(segment)} ${inQuotes(segment.segment_text)}` : kindOf(segment);

const lineOf = (id: string, segment: Segment) => ({
  id,
  segment_type: kindOf(segment),
  ...(segment.author && { author: segment.author }),
  ...(segment.time_start_milliseconds !== undefined && { time_start_milliseconds: segment.time_start_milliseconds }),
});
