import * as z from 'zod';
import { plural } from '../../../text/english.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { reasonOf } from '../../errors.ts';
import { keepWritten } from '../../library/kept_selections.ts';
import { waitingProposals } from '../../library/metadata/proposals.ts';
import { valueSets } from '../../library/metadata/value_sets.ts';
import { refusalNote } from '../../library/plans/refusals.ts';
import { labelOf, titlesOf } from '../../library/plans/titles.ts';
import { undoOfRun } from '../../library/plans/value_runs.ts';
import { integer, strings, text } from '../../params.ts';
import { each } from '../../run/each.ts';
import { outOfTime, showing } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import {
  changedBy,
  type Decision,
  decide,
  decisionLine,
  decisionOn,
  fieldsNamed,
  requireAddresses,
  writtenBy,
} from './decisions.ts';
import { type FillingPlan, fillingOf, startFilling } from './filling.ts';

/** Lines of a plan and their tokens, lines of a report. */
const MAX_LINES = 50;
const MAX_PLAN_TOKENS = 4_000;

interface DecisionPlan {
  readonly kind: 'decisions';
  readonly decisions: readonly Decision[];
}

const labels = z.array(z.string().min(1)).min(1).optional();

export const review_proposals = task({
  title: 'Review AI metadata proposals',
  description:
    "Accept or discard what Iconik's AI proposes as metadata, by field, or let AI fill fields, which costs money. The plan compares with present values. To list them: read_metadata with proposed.",
  effect: 'update',
  outbound: true,
  idempotent: true,
  roles: ['can_read_metadata_values', 'can_write_metadata_values', 'can_trigger_metadata_ai_filling', 'can_search'],
  input: {
    assets: labels.describe('Ids or exact titles. Default: all that wait.'),
    collection: z.string().min(1).optional().describe('Name or id.'),
    selection: z.string().optional().describe('Handle.'),
    accept: labels.describe('Labels or all.'),
    discard: labels.describe('Labels or all.'),
    fill: labels.describe('Labels for AI.'),
  },
  output: {
    decided: strings,
    started: integer,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    selection: text,
    notes: strings,
  },
  validate: ({ accept, discard, fill, ...targets }) => {
    const places = Object.values(targets).filter((one) => one !== undefined).length;
    if (places > 1) return 'Name the assets in one way: assets, selection or collection.';
    if (fill) {
      if (accept || discard) return 'fill goes alone, without accept and discard.';
      return places === 0 ? 'fill needs assets, selection or collection.' : undefined;
    }
    if (!accept && !discard) return 'Say what is decided: accept, discard or fill.';
    return accept?.some((label) => discard?.includes(label)) ? 'A label is in accept and in discard.' : undefined;
  },
  preview: async ({ assets, collection, selection, accept, discard, fill }, context) => {
    const targets = { assets, collection, selection };
    if (fill) {
      const { plan, preview } = await fillingOf(context, targets, fill);
      return { preview, plan: plan as Plan, touches: plan.ids, skipConfirm: plan.ids.length === 0 };
    }
    const [waiting, accepted, discarded] = await Promise.all([
      waitingProposals(context, targets),
      fieldsNamed(context, accept),
      fieldsNamed(context, discard),
    ]);
    const decisions = waiting.proposals.flatMap((one) => decisionOn(one, accepted, discarded) ?? []);
    requireAddresses(decisions);
    const lines = decisions.slice(0, MAX_LINES).map(decisionLine);
    const shown = countFittingLines(lines, 0, MAX_PLAN_TOKENS);
    const decided = new Set(decisions.map(({ proposal }) => proposal));
    const left = waiting.proposals.filter((one) => !decided.has(one));
    return {
      preview: {
        summary: summaryOf(decisions),
        affected: lines.slice(0, shown),
        notes: [
          ...waiting.notes,
          ...(left.length > 0
            ? [
                `Left as they are: ${left.length}: ${titlesOf(left)}. Iconik discards a proposal as a whole, and a value that is there already is not written again: say what happens with the other fields, too.`,
              ]
            : []),
          ...(shown < decisions.length ? [showing(shown, decisions.length)] : []),
          ...refusalNote(
            decisions.map(({ proposal }) => proposal),
            'write',
          ),
        ],
      },
      plan: { kind: 'decisions', decisions } as Plan,
      touches: [...new Set(decisions.map(({ proposal }) => proposal.asset_id))],
      skipConfirm: decisions.length === 0,
    };
  },
  run: async ({ selection }, context, plan: Plan) =>
    plan.kind === 'filling' ? startFilling(context, plan) : carryOut(context, plan.decisions, selection),
});

type Plan = DecisionPlan | FillingPlan;

function summaryOf(decisions: readonly Decision[]): string {
  if (decisions.length === 0) return 'Nothing to decide.';
  const values = decisions.reduce((sum, one) => sum + writtenBy(one).length, 0);
  const isFilled = (one: Decision): boolean => writtenBy(one).some(({ now }) => now.length > 0);
  const replaces = decisions.some((one) => one.how === 'write' && isFilled(one));
  const merges = decisions.some((one) => one.how === 'accept' && isFilled(one));
  const whole = decisions.filter(({ how }) => how === 'discard').length;
  const inPart = decisions.filter(({ how, discards }) => how === 'write' && discards).length;
  const gone = [whole > 0 && `${whole} as a whole`, inPart > 0 && `${inPart} in part`].filter(Boolean).join(' and ');
  return [
    `Decides on ${plural(decisions.length, 'proposal')}.`,
    values > 0 && `Writes ${plural(values, 'field')}.`,
    replaces && 'Of fields that are accepted one by one, the present values (left of →) are replaced.',
    merges && 'Of proposals that are accepted whole, Iconik does not say whether present values stay.',
    gone !== '' && `Discards ${gone}, which only a new AI run brings back.`,
  ]
    .filter(Boolean)
    .join(' ');
}

async function carryOut(context: Context, decisions: readonly Decision[], selection: string | undefined) {
  const { done, failed, rest } = await each(decisions, context, (one) => decide(context, one));
  const labelled = ({ proposal }: Decision): string => labelOf(proposal);
  const confirmed = done.filter(({ result }) => result.isShown).map(({ item }) => item);
  const shown = confirmed.map(decisionLine);
  const open = done.filter(({ result }) => !result.isShown).map(({ item }) => labelled(item));
  const changed = done.map(({ item, result }) => changedBy(item, result.held));
  const undo = undoOfRun(context, 'review_proposals', valueSets(changed), { failed: [], rest: [] });
  return {
    ...(shown.length > 0 && { decided: shown.slice(0, countFittingLines(shown, 0, MAX_PLAN_TOKENS)) }),
    ...(failed.length > 0 && { failed: failed.map(({ item, error }) => `${labelled(item)}: ${reasonOf(error)}`) }),
    ...(open.length > 0 && { unconfirmed: open }),
    ...(rest.length > 0 && { remaining: rest.length }),
    ...keepWritten(
      context,
      'review_proposals',
      selection,
      confirmed.map(({ proposal }) => proposal.asset_id),
    ),
    notes: [
      decisions.length === 0
        ? 'Nothing to decide.'
        : `Confirmed ${shown.length} of ${decisions.length}: Iconik shows the values and no open proposal.`,
      ...undo,
      ...(undo.length > 0 ? ['It brings back the values, not the proposals.'] : []),
      ...(rest.length > 0 ? [outOfTime(rest.length)] : []),
    ],
  };
}
