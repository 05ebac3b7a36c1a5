import * as z from 'zod';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { reasonOf } from '../../errors.ts';
import { keepRun } from '../../library/plans/own_runs.ts';
import { noteLine } from '../../library/segments/notes.ts';
import { madeNote, RUNS } from '../../library/segments/runs.ts';
import { NOTE_KINDS } from '../../library/segments/threads.ts';
import { oneVersion } from '../../library/selection.ts';
import { type Subject, subjectLabel } from '../../library/subject.ts';
import { integer, strings, text } from '../../params.ts';
import { outOfTime, showing } from '../../run/notes.ts';
import type { Preview } from '../../types.ts';
import type { Copy } from './copies.ts';
import { type Plan, planCopies, sizeOf, type Thread } from './plan.ts';
import { writeThreads } from './write.ts';

/** Lines of a plan, and their tokens. */
const MAX_PLAN_LINES = 50;
const MAX_PLAN_TOKENS = 5_000;
/** Lines of each list of a report. */
const MAX_LINES = 15;

export const copy_notes = task({
  title: 'Copy comments and markers',
  description:
    'Copy or carry over comments with their replies, markers and tags from a version of an asset to the current or another one, or to another asset, with an offset if wanted. More than one comes with a plan; a repeat doubles nothing. The text names the authors.',
  effect: 'create',
  idempotent: true,
  roles: ['can_read_segments', 'can_create_segments', 'can_read_assets'],
  input: {
    asset: z.string().min(1).describe('Where they are: id, address or exact title.'),
    from_version: oneVersion.describe('Default: the version before to_version; with to_asset the current one.'),
    to_asset: z.string().min(1).optional().describe('Another asset. Default: the same.'),
    to_version: oneVersion,
    kinds: z.array(z.enum(NOTE_KINDS)).min(1).optional().describe('Default COMMENT.'),
    open_only: z.boolean().optional().describe('Leave out what is ticked off.'),
    offset: z.string().optional().describe('Added to each time: "48f" (frames), "-00:00:02:00", "2s".'),
  },
  output: {
    copied: integer,
    already_there: integer,
    items: strings,
    failed: strings,
    remaining: integer,
    run: text.describe('annotate_asset takes it as undo.'),
    notes: strings,
  },
  preview: async (args, context) => {
    const plan = await planCopies(context, args);
    return {
      preview: previewOf(plan),
      plan,
      skipConfirm: countOf(plan.threads) <= 1,
      touches: [plan.source.id, plan.target.id],
    };
  },
  run: async (_, context, plan: Plan) => {
    const { target, threads } = plan;
    const { copied, failed, rest } = await writeThreads(context, target, threads);
    if (failed[0] && failed.length === countOf(threads)) throw failed[0].error;
    const made = copied.map(({ segment }) => segment);
    const kinds = [...new Set(copied.map(({ copy }) => copy.kind))];
    const about = { asset_id: target.id, at: Date.now(), ...(target.version && { version_id: target.version.id }) };
    const run = made.length > 0 ? keepRun(context, RUNS, { ...about, kinds, made: made.map(madeNote), sent: [] }) : '';
    return {
      copied: copied.length,
      already_there: plan.existing,
      ...(copied.length > 0 && { items: copied.slice(0, MAX_LINES).map(({ copy }) => lineOf(copy, target)) }),
      ...(failed.length > 0 && {
        failed: failed.slice(0, MAX_LINES).map(({ copy, error }) => `${lineOf(copy, target)}: ${reasonOf(error)}`),
      }),
      ...(rest > 0 && { remaining: rest }),
      ...(run && { run }),
      notes: [
        ...(threads.length === 0
          ? [`Nothing to copy from ${subjectLabel(plan.source)} to ${subjectLabel(target)}.`]
          : []),
        ...(Math.max(copied.length, failed.length) > MAX_LINES ? [`Showing at most ${MAX_LINES} of each list.`] : []),
        ...(rest > 0 ? [outOfTime(rest)] : []),
      ],
    };
  },
});

const countOf = (threads: readonly Thread[]): number => threads.reduce((sum, thread) => sum + sizeOf(thread), 0);

/** `4 · 10:06:27:20 "[Aisha Karim, v2] Wind noise"`, with the number of the original. */
function lineOf(copy: Copy, target: Subject): string {
  if (copy.number.includes('.')) return `${copy.number} · reply ${inQuotes(copy.text)}`;
  return `${copy.number} · ${noteLine(copy, target)}${copy.done ? ' (done)' : ''}`;
}

function previewOf({ source, target, threads, existing, notes }: Plan): Preview {
  const copies = threads.flatMap(({ top, replies }) => [...(top ? [top] : []), ...replies]);
  const lines = copies.slice(0, MAX_PLAN_LINES).map((copy) => lineOf(copy, target));
  const shown = countFittingLines(lines, 0, MAX_PLAN_TOKENS);
  const skipped = existing > 0 ? ` ${existing} already there, skipped.` : '';
  const what = copies.length === 0 ? 'Copies nothing' : `Copies ${plural(copies.length, 'note')}`;
  const allNotes = [...notes, ...(copies.length > shown ? [showing(shown, copies.length)] : [])];
  return {
    summary: `${what} from ${subjectLabel(source)} to ${subjectLabel(target)}.${skipped}`,
    affected: lines.slice(0, shown),
    ...(allNotes.length > 0 && { notes: allNotes }),
  };
}
