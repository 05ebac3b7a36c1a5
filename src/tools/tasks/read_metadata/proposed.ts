import { inQuotes } from '../../../text/quote.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { assetsWaiting, type Proposal, proposedLines, readProposals } from '../../library/metadata/proposals.ts';
import type { Doc } from '../../library/search.ts';
import type { Context } from '../../types.ts';

const MAX_TOKENS = 4_000;

/** What a cursor goes on with: lines that did not fit, then assets that were not looked at. */
export interface ProposedRest {
  readonly lines: readonly string[];
  readonly docs: readonly Doc[];
}

/** The first page: `assets` have proposals, or are those that were named. */
export async function proposedRows(context: Context, targets: Parameters<typeof assetsWaiting>[1], limit: number) {
  const { docs, notes } = await assetsWaiting(context, targets);
  const page = await nextProposed(context, { lines: [], docs }, limit);
  const how =
    page.rows.length > 0 ? ['Present → proposed. Nothing proposed is stored before somebody accepts it.'] : [];
  return { ...page, notes: [...notes, ...page.notes, ...how] };
}

/** The next lines, at most `limit`, each a proposal: every field with its present values. */
export async function nextProposed(context: Context, { lines, docs }: ProposedRest, limit: number) {
  const read = lines.length > 0 ? undefined : await readProposals(context, docs);
  const all = read ? read.proposals.map(lineOf) : lines;
  const shown = countFittingLines(all.slice(0, limit), 0, MAX_TOKENS);
  const rest: ProposedRest = { lines: all.slice(shown), docs: read ? read.rest : docs };
  return {
    rows: all.slice(0, shown),
    notes: read?.notes ?? [],
    ...(rest.lines.length + rest.docs.length > 0 && { rest }),
  };
}

const lineOf = ({ title, fields, unknown, asset_id, job_id }: Proposal): string =>
  [
    inQuotes(title),
    proposedLines(fields),
    unknown.length > 0 && `${unknown.map(inQuotes).join(', ')}: in no view`,
    asset_id,
    `job ${job_id}`,
  ]
    .filter(Boolean)
    .join(' · ');
