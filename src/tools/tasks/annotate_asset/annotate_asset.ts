import * as z from 'zod';
import { task } from '../../define.ts';
import { writeNotes } from '../../library/segments/note_writing.ts';
import { oneVersion } from '../../library/selection.ts';
import { integer, strings, text } from '../../params.ts';
import { deleteNotes, writeChanges } from './note_changes.ts';
import { numbersOf } from './numbers.ts';
import { contradiction, type Plan, planAnnotations } from './plan.ts';
import { countOf, previewOf, report } from './report.ts';

const list = (description: string) => z.array(z.string()).optional().describe(description);

export const annotate_asset = task({
  title: 'Annotate an asset',
  description:
    'Log an asset: add markers, comments or tags at timecodes or places of read_transcript; by their numbers from read_notes reply to, tick off, edit, move, recolor or delete them; undo a run. Deletions and many changes come with a plan.',
  effect: 'delete',
  roles: ['can_create_segments', 'can_write_segments', 'can_delete_segments', 'can_read_segments'],
  input: {
    asset: z.string().describe('Id, address or exact title.'),
    items: list(
      'Time or range, then text: "12:04 Goal" (mm:ss), "12:04-12:31 Goal". Text alone (no MARKER): the whole asset.',
    ),
    at_places: z.string().optional().describe('Handle from read_transcript; "plc_… 1, 3 sentence".'),
    text: z.string().optional().describe('Of the reply, items without one, or each place ({said}, {speaker}, {n}).'),
    kind: z.enum(['MARKER', 'COMMENT', 'TAG', 'GENERIC']).optional().describe('Default MARKER.'),
    color: list('One for all, or one per item.'),
    track: z.string().optional().describe('e.g. Quotes.'),
    reply_to: z.string().optional().describe('Comment, e.g. "4".'),
    tick: list('Done comments, e.g. ["4"].'),
    untick: list('To reopen.'),
    edit: list('New text: "m3 Goal Reyes".'),
    move: list('New time or range: "m3 12:10-12:31".'),
    recolor: list('"m3 green".'),
    delete: list('["m3", "4"]; replies go along.'),
    undo: z.string().optional().describe('run of an earlier answer.'),
    threads: z.string().optional().describe('Handle from read_notes.'),
    version: oneVersion,
  },
  output: {
    added: integer,
    ticked: integer,
    unticked: integer,
    changed: integer,
    deleted: integer,
    already_there: integer,
    items: strings,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    run: text,
    notes: strings,
  },
  validate: contradiction,
  preview: async (args, context) => {
    const plan = await planAnnotations(context, args);
    return {
      preview: previewOf(plan),
      plan,
      skipConfirm: plan.isSmall,
      touches: [plan.subject.id],
    };
  },
  run: async (_, context, plan: Plan) => {
    const { subject, look } = plan;
    const added = await writeNotes(context, subject, look, plan.additions);
    const changed = await writeChanges(context, subject, plan.changes);
    const deleted = await deleteNotes(context, subject, plan.removals);
    const failed = [...added.failed, ...changed.failed, ...deleted.failed];
    // If everything failed, the error itself names the missing role or right.
    if (failed[0] && failed.length === countOf(plan)) throw failed[0].error;
    return report(context, plan, { added, changed, deleted, numbers: await numbersOf(context, plan, added) });
  },
});
