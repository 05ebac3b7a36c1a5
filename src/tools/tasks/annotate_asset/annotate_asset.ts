import * as z from 'zod';
import { task } from '../../define.ts';
import { type Done, failures, type Tick, writeNotes, writeTicks } from '../../library/segments/note_writing.ts';
import { type Note, noteLine } from '../../library/segments/notes.ts';
import { oneVersion } from '../../library/selection.ts';
import { type Subject, versionSaid } from '../../library/subject.ts';
import { integer, strings } from '../../params.ts';
import type { Preview } from '../../types.ts';
import { contradiction, type Plan, planOf } from './plan.ts';

/** Lines that a plan and a report name. */
const SHOWN = 15;

const NOUNS = { MARKER: 'marker', COMMENT: 'comment', TAG: 'tag', GENERIC: 'segment' } as const;
const list = (description: string) => z.array(z.coerce.string()).optional().describe(description);

export const annotate_asset = task({
  title: 'Annotate an asset',
  description:
    'Log on an asset: add markers, comments or tags at times, or at places from read_transcript; answer comments and tick them off by their numbers from read_comments. One goes straight; more answer a plan to confirm. What is there already is skipped.',
  effect: 'update',
  roles: ['can_create_segments', 'can_write_segments', 'can_read_segments'],
  input: {
    asset: z.string().describe('Id, address or exact title.'),
    items: list('"12:04 Goal" (mm:ss), "12:04-12:31 Goal" or "10:12:04:00 Goal".'),
    at_places: z.string().optional().describe('places of read_transcript.'),
    text: z.string().optional().describe('Of a reply or places ({said}, {speaker}, {n}).'),
    kind: z.enum(['MARKER', 'COMMENT', 'TAG', 'GENERIC']).optional().describe('Default MARKER.'),
    color: z.string().optional().describe('Colour.'),
    track: z.string().optional().describe('e.g. Quotes.'),
    reply_to: z.coerce.string().optional().describe('Number or id.'),
    tick: list('Numbers, e.g. [4].'),
    untick: list('Open again.'),
    threads: z.string().optional().describe('threads of read_comments.'),
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
    const plan = await planOf(context, args);
    return { preview: previewOf(plan), plan, skipConfirm: plan.additions.length + plan.ticks.length <= 1 };
  },
  run: async (_, context, plan: Plan) => {
    const { subject, look, there } = plan;
    const added = await writeNotes(context, subject, look, plan.additions);
    const ticks = await writeTicks(context, subject, plan.ticks);
    const tried = plan.additions.length + plan.ticks.length;
    const [first] = [...added.failed, ...ticks.failed];
    // What fails as a whole is said with the role or the right that is missing.
    if (first && added.failed.length + ticks.failed.length === tried) throw first.error;
    return report(plan, added, ticks, there.notes + there.ticks);
  },
});

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const place = (subject: Subject): string => `"${subject.title}"${subject.version ? `, ${versionSaid(subject)}` : ''}`;

function previewOf({ subject, look, additions, ticks, there, notes }: Plan): Preview {
  const lines = [...additions.map((note) => `+ ${noteLine(note, subject)}`), ...ticks.map(tickLine)];
  const already_there = there.notes + there.ticks;
  const does = [
    additions.length > 0 &&
      `${plural(additions.length, NOUNS[look.kind])} ${additions.length === 1 ? 'is' : 'are'} added`,
    ticks.some(({ done }) => done) && `${plural(ticks.filter(({ done }) => done).length, 'comment')} ticked off`,
    ticks.some(({ done }) => !done) && `${plural(ticks.filter(({ done }) => !done).length, 'comment')} opened again`,
  ].filter(Boolean);
  const what = does.length === 0 ? 'Nothing to do' : does.join(', ');
  const remarks = [
    ...notes,
    ...(look.color ? [`color ${look.color}`] : []),
    ...(look.track ? [`track ${look.track}`] : []),
    ...(lines.length > SHOWN ? [`${SHOWN} of ${lines.length} are shown.`] : []),
  ];
  return {
    summary: `${what}: ${place(subject)}.${already_there > 0 ? ` ${already_there} already there, left alone.` : ''}`,
    affected: lines.slice(0, SHOWN),
    ...(remarks.length > 0 && { notes: remarks }),
  };
}

const tickLine = ({ done, line }: Tick): string => `${done ? 'tick' : 'untick'} ${line}`;

function report(plan: Plan, added: Done<Note>, ticks: Done<Tick>, already_there: number) {
  const { subject } = plan;
  const line = (note: Note): string => noteLine(note, subject);
  const lines = [
    ...added.verified.map((note) => `added ${line(note)}`),
    ...ticks.verified.map(({ number, done }) => `${done ? 'ticked' : 'unticked'} ${number}`),
  ];
  const failed = [...failures(added, line), ...failures(ticks, tickLine)];
  const unseen = [...added.unseen.map(line), ...ticks.unseen.map(tickLine)];
  const remaining = added.rest.length + ticks.rest.length;
  const ticked = ticks.verified.filter(({ done }) => done).length;
  const all = plan.additions.length + plan.ticks.length;
  return {
    added: added.verified.length,
    ...(plan.ticks.length > 0 && { ticked, unticked: ticks.verified.length - ticked }),
    already_there: already_there,
    ...(lines.length > 0 && { items: lines.slice(0, SHOWN) }),
    ...(failed.length > 0 && { failed: failed.slice(0, SHOWN) }),
    ...(unseen.length > 0 && { unconfirmed: unseen.slice(0, SHOWN) }),
    ...(remaining > 0 && { remaining }),
    notes: [
      all === 0
        ? `Nothing had to change in ${place(subject)}.`
        : `${lines.length} of ${all} read back: ${place(subject)}.`,
      ...(Math.max(lines.length, failed.length, unseen.length) > SHOWN ? [`${SHOWN} of each list are shown.`] : []),
      ...(unseen.length > 0
        ? ['What is not seen yet may still come: wait a minute, then call again without confirm.']
        : []),
      ...(remaining > 0 ? ['The time was over: call again without confirm, what is done is skipped.'] : []),
    ],
  };
}
