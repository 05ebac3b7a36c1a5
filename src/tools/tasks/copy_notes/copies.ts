import { oneLine } from '../../../text/quote.ts';
import type { Note } from '../../library/segments/notes.ts';
import type { Segment } from '../../library/segments/segments.ts';
import type { NoteKind, NumberedNote } from '../../library/segments/threads.ts';
import type { Subject } from '../../library/subject.ts';
import { segments } from '../../operations/segments.ts';
import type { InputOf } from '../../types.ts';
import type { Shift } from './offset.ts';

/** Characters of the author in the text of a copy. */
const MAX_AUTHOR = 120;

type Drawing = InputOf<typeof segments.tools.create_segment.input.shape>['drawing'];

/** A note to be copied. */
export interface Copy extends Note {
  readonly number: string;
  readonly kind: NoteKind;
  readonly done: boolean;
  readonly color?: string;
  readonly track?: string;
  readonly internal?: boolean;
  readonly drawing?: Drawing;
}

interface Places {
  readonly source: Subject;
  readonly target: Subject;
  readonly shift: Shift;
  readonly me: string | undefined;
}

/** A note of the source as it would be copied. */
export interface Candidate {
  readonly copy: Copy;
  readonly id: string;
  readonly under?: string;
  readonly outside: boolean;
  readonly isCut: boolean;
  readonly named: boolean;
  readonly losesDrawing: boolean;
}

export function copyOf(note: NumberedNote, row: Partial<Segment>, { source, target, shift, me }: Places): Candidate {
  const { number, id, kind, under, color, track, done } = note;
  const isOwn = me !== undefined && row.user_id === me && !row.share_id && !row.share_user_email;
  const from = source.id === target.id && source.version ? `, ${source.version.name}` : '';
  const drawn = segments.tools.create_segment.input.shape.drawing.safeParse(row.drawing ?? undefined);
  const { times, ...place } = placed(note, shift, target);
  return {
    copy: {
      number,
      kind,
      done,
      text: isOwn ? note.text : `[${oneLine(note.author, MAX_AUTHOR)}${from}] ${note.text}`,
      ...times,
      ...(color && { color }),
      ...(track && { track }),
      ...(row.is_internal === true && { internal: true }),
      ...(drawn.data && { drawing: drawn.data }),
    },
    id,
    ...(under && { under }),
    ...place,
    named: !isOwn,
    losesDrawing: note.drawing && !drawn.data,
  };
}

/** Where a note falls on the target; an unknown duration excludes nothing. */
function placed({ start, end = start }: NumberedNote, shift: Shift, { clip }: Subject) {
  if (start === undefined || end === undefined) return { times: {}, outside: false, isCut: false };
  const [from, to] = [shift(start), end === start ? shift(start) : shift(end)];
  const last = clip.duration ?? Number.POSITIVE_INFINITY;
  return {
    times: { start: Math.max(0, from), end: Math.min(to, last) },
    outside: to < 0 || from > last,
    isCut: from < 0 || to > last,
  };
}
