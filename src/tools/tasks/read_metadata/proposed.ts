import { inQuotes } from '../../../text/quote.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { type Proposal, proposedLine, waitingProposals } from '../../library/metadata/proposals.ts';
import type { Context } from '../../types.ts';

const MAX_TOKENS = 4_000;

/** What Iconik's AI proposes and nobody has decided on, each field with its present values: a line a proposal. */
export async function proposedRows(context: Context, targets: Parameters<typeof waitingProposals>[1]) {
  const { proposals, notes } = await waitingProposals(context, targets);
  const lines = proposals.map(lineOf);
  const shown = countFittingLines(lines, 0, MAX_TOKENS);
  return {
    total: lines.length,
    shown,
    rows: lines.slice(0, shown),
    notes: [
      ...notes,
      ...(shown < lines.length ? [`Showing ${shown} of ${lines.length}: decide on these first, or name assets.`] : []),
      ...(lines.length > 0 ? ['Present → proposed. Nothing proposed is stored before somebody accepts it.'] : []),
    ],
  };
}

const lineOf = ({ title, fields, unknown, asset_id, job_id }: Proposal): string =>
  [
    inQuotes(title),
    ...fields.map(proposedLine),
    unknown.length > 0 && `${unknown.map(inQuotes).join(', ')}: in no view`,
    asset_id,
    `job ${job_id}`,
  ]
    .filter(Boolean)
    .join(' · ');
