import { formatTimecode } from '../../media/timecode.ts';
import { paragraphs } from '../../media/transcript.ts';
import { task } from '../define.ts';
import { ToolError } from '../errors.ts';
import { playable } from '../library/media/playable.ts';
import { transcriptOf } from '../library/media/transcript.ts';

import { NOTE_KINDS, type NumberedNote, notesOf, numbered, ofVersion } from '../library/segments/threads.ts';
import { oneAsset, oneVersion } from '../library/selection.ts';
import { olderOf, type Subject, subjectOf, versionLabel } from '../library/subject.ts';
import type { PlayerLine } from '../page_data.ts';
import { integer } from '../params.ts';
import { createReport } from '../run/report.ts';
import type { Context } from '../types.ts';
import { strokesOf } from './drawings.ts';

/** Characters of all lines: some hosts refuse an answer of a megabyte. */
const MAX_CHARACTERS = 400_000;
const MAX_TEXT = 4_000;

export const load_player = task({
  title: 'Load what a player shows',
  description: 'The proxy, notes and transcript of an asset, for a page that plays it.',
  effect: 'read',
  listed: false,
  forPages: ['player'],
  roles: ['can_read_assets'],
  input: { asset: oneAsset, version: oneVersion },
  output: { lines: integer },
  run: async ({ asset, version }, context) => {
    const subject = await subjectOf(context, asset, version);
    const report = createReport(context);
    const older = olderOf(subject);
    const [media, notes = [], said = []] = await Promise.all([
      report.part('proxy', playable(context, subject.id, older)),
      report.part('notes', noteLines(context, subject)),
      report.part('transcript', transcriptLines(context, subject)),
    ]);
    const all = [...notes, ...said];
    const lines = fitting(all);
    const left = all.length - lines.length;
    const end = lines.at(-1)?.start;
    if (left > 0)
      report.note(
        `${left} more lines have no room here${end === undefined ? '' : `, after ${formatTimecode(end, subject.clip.clock)}`}.`,
      );
    const { clock, duration } = subject.clip;
    context.show({
      kind: 'player',
      id: subject.id,
      title: subject.title,
      version: versionLabel(subject),
      ...(older && { versionId: older }),
      ...(duration !== undefined && { duration }),
      ...(clock && { clock }),
      ...(media && { media }),
      lines,
      notes: report.notes,
    });
    return { lines: lines.length };
  },
});

async function noteLines(context: Context, subject: Subject): Promise<PlayerLine[]> {
  const segments = ofVersion(await notesOf(context, subject.id, NOTE_KINDS), subject.version?.id);
  const drawings = new Map(segments.map(({ id, drawing }) => [String(id), strokesOf(drawing)]));
  return (await numbered(context, segments)).map((note) => noteLine(note, drawings.get(note.id)));
}

function noteLine(note: NumberedNote, drawing: PlayerLine['drawing']): PlayerLine {
  const { kind, number, author, text, start, end, done, under } = note;
  return {
    lane: kind,
    number,
    who: author,
    text: text.slice(0, MAX_TEXT),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(done && { done }),
    ...(under !== undefined && { isReply: true }),
    ...(drawing && drawing.length > 0 && { drawing }),
  };
}

async function transcriptLines(context: Context, subject: Subject): Promise<PlayerLine[]> {
  try {
    const { segments, speakers } = await transcriptOf(context, subject);
    return paragraphs(segments, { speakers }).map(({ start, end, speaker, text }) => ({
      lane: 'TRANSCRIPT',
      start,
      end,
      text: text.slice(0, MAX_TEXT),
      ...(speaker && { who: speaker }),
    }));
  } catch (error) {
    // There is none, which is no failure.
    if (error instanceof ToolError) return [];
    throw error;
  }
}

/** The first lines that have room. */
function fitting(lines: readonly PlayerLine[]): PlayerLine[] {
  let room = MAX_CHARACTERS;
  return lines.filter((line) => {
    room -= JSON.stringify(line).length;
    return room >= 0;
  });
}
