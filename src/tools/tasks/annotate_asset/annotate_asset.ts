import * as z from 'zod';
import { capitalized, plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { task } from '../../define.ts';
import { type Done, failures, type Tick, writeNotes, writeTicks } from '../../library/segments/note_writing.ts';
import { type Note, noteLine } from '../../library/segments/notes.ts';
import { oneVersion } from '../../library/selection.ts';
import { type Subject, versionLabel } from '../../library/subject.ts';
import { integer, strings } from '../../params.ts';
import { outOfTime, showing } from '../../run/notes.ts';
import type { Preview } from '../../types.ts';
import { contradiction, type Plan, planAnnotations } from './plan.ts';

/** Lines of a plan, and of each list of a report. */
const MAX_LINES = 15;

const NOUNS = { MARKER: 'marker', COMMENT: 'comment', TAG: 'tag', GENERIC: 'segment' } as const;
const list = (description: string) => z.array(z.coerce.string()).optional().describe(description);

export const annotate_asset = task({
  title: 'Annotate an asset',
  description:
    'Log an asset: add markers, comments or tags at timecodes, or at places found by read_transcript; reply to comments and tick them off by their numbers from read_notes. A single item is written at once; several return a plan to confirm. Existing ones are skipped.',
  effect: 'update',
  roles: ['can_create_segments', 'can_write_segments', 'can_read_segments'],
  input: {
    asset: z.string().describe('Id, address or exact title.'),
    items: list(
      'A time or range, then the text: "12:04 Goal" (mm:ss), "12:04-12:31 Goal", "10:12:04:00 Goal". Text alone: about the whole asset (not for MARKER).',
    ),
    at_places: z.string().optional().describe('Handle from read_transcript, e.g. plc_k3x9p2.'),
    text: z
      .string()
      .optional()
      .describe('Text of the reply, of items without one, or of each place ({said}, {speaker}, {n} are filled in).'),
    kind: z.enum(['MARKER', 'COMMENT', 'TAG', 'GENERIC']).optional().describe('Default MARKER.'),
    color: z.string().optional().describe('Color, e.g. green.'),
    track: z.string().optional().describe('Track name, e.g. Quotes.'),
    reply_to: z.coerce.string().optional().describe('Comment to answer: number or id.'),
    tick: list('Comments to tick off: numbers or ids, e.g. ["4"].'),
    untick: list('Comments to reopen: numbers or ids.'),
    threads: z.string().optional().describe('Handle from read_notes that fixes the numbers, e.g. thr_k3x9p2.'),
    version: oneVersion,
  },
  output: {
    added: integer,
    ticked: integer,
    unticked: integer,
    already_there: integer,
    items: strings,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    notes: strings,
  },
  validate: contradiction,
  preview: async (args, context) => {
    const plan = await planAnnotations(context, args);
    return {
      preview: previewOf(plan),
      plan,
      skipConfirm: plan.additions.length + plan.ticks.length <= 1,
      touches: [plan.subject.id],
    };
  },
  run: async (_, context, plan: Plan) => {
    const { subject, look, existing } = plan;
    const added = await writeNotes(context, subject, look, plan.additions);
    const ticks = await writeTicks(context, subject, plan.ticks);
    const failed = [...added.failed, ...ticks.failed];
    // If everything failed, the error itself names the missing role or right.
    if (failed[0] && failed.length === plan.additions.length + plan.ticks.length) throw failed[0].error;
    return report(plan, added, ticks, existing.notes + existing.ticks);
  },
});

const subjectLabel = (subject: Subject): string =>
  `${inQuotes(subject.title)}${subject.version ? ` (${versionLabel(subject)})` : ''}`;

function previewOf({ subject, look, additions, ticks, existing, notes }: Plan): Preview {
  const lines = [...additions.map((note) => `+ ${noteLine(note, subject)}`), ...ticks.map(tickLine)];
  const alreadyThere = existing.notes + existing.ticks;
  const skipped = alreadyThere > 0 ? ` ${alreadyThere} already there, skipped.` : '';
  const allNotes = [
    ...notes,
    ...(look.color ? [`Color: ${look.color}.`] : []),
    ...(look.track ? [`Track: ${look.track}.`] : []),
    ...(lines.length > MAX_LINES ? [showing(MAX_LINES, lines.length)] : []),
  ];
  return {
    summary: `${changesOf(look.kind, additions.length, ticks)} on ${subjectLabel(subject)}.${skipped}`,
    affected: lines.slice(0, MAX_LINES),
    ...(allNotes.length > 0 && { notes: allNotes }),
  };
}

/** `Adds 1 comment, ticks off 2 comments`. */
function changesOf(kind: keyof typeof NOUNS, additions: number, ticks: readonly Tick[]): string {
  const ticked = ticks.filter(({ done }) => done).length;
  const reopened = ticks.length - ticked;
  const changes = [
    additions > 0 && `adds ${plural(additions, NOUNS[kind])}`,
    ticked > 0 && `ticks off ${plural(ticked, 'comment')}`,
    reopened > 0 && `reopens ${plural(reopened, 'comment')}`,
  ].filter(Boolean);
  if (changes.length === 0) return 'Nothing to do';
  return capitalized(changes.join(', '));
}

const tickLine = ({ done, line }: Tick): string => `${done ? 'tick' : 'untick'} ${line}`;

function report(plan: Plan, added: Done<Note>, ticks: Done<Tick>, already_there: number) {
  const { subject } = plan;
  const line = (note: Note): string => noteLine(note, subject);
  const items = [
    ...added.verified.map((note) => `added ${line(note)}`),
    ...ticks.verified.map(({ number, done }) => `${done ? 'ticked' : 'unticked'} ${number}`),
  ];
  const failed = [...failures(added, line), ...failures(ticks, tickLine)];
  const unconfirmed = [...added.unconfirmed.map(line), ...ticks.unconfirmed.map(tickLine)];
  const remaining = added.rest.length + ticks.rest.length;
  const ticked = ticks.verified.filter(({ done }) => done).length;
  const requested = plan.additions.length + plan.ticks.length;
  const longest = Math.max(items.length, failed.length, unconfirmed.length);
  return {
    added: added.verified.length,
    ...(plan.ticks.length > 0 && { ticked, unticked: ticks.verified.length - ticked }),
    already_there,
    ...(items.length > 0 && { items: items.slice(0, MAX_LINES) }),
    ...(failed.length > 0 && { failed: failed.slice(0, MAX_LINES) }),
    ...(unconfirmed.length > 0 && { unconfirmed: unconfirmed.slice(0, MAX_LINES) }),
    ...(remaining > 0 && { remaining }),
    notes: [
      requested === 0
        ? `Nothing to change on ${subjectLabel(subject)}.`
        : `Confirmed ${items.length} of ${requested} on ${subjectLabel(subject)}.`,
      ...(longest > MAX_LINES ? [`Showing at most ${MAX_LINES} of each list.`] : []),
      ...(unconfirmed.length > 0
        ? [
            "Unconfirmed items are sent; Iconik's list does not show them yet. Wait a minute, then call again without confirm.",
          ]
        : []),
      ...(remaining > 0 ? [outOfTime(remaining)] : []),
    ],
  };
}
