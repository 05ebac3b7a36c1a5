import { searchKey } from '../../../text/compare.ts';
import { firstOf } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { isTickable, type NoteKind, type NumberedNote } from '../../library/segments/threads.ts';

/** The arguments of read_notes, and where an earlier answer ended. */
export interface NotesPage {
  readonly asset: string;
  readonly version?: string | undefined;
  readonly kinds?: readonly NoteKind[] | undefined;
  readonly state?: 'open' | 'done' | 'all' | undefined;
  /** Part of the name of an author. */
  readonly by?: string | undefined;
  /** The last number shown. */
  readonly after?: string;
  /** Of several assets or versions: those that were read, and the lines of the next ones that were shown. */
  readonly assets?: number;
  readonly lines?: number;
}

/** Authors that an error names. */
const MAX_AUTHORS = 20;

/** Throws `ToolError` with the authors there are. */
export function wroteNone(by: string, notes: readonly NumberedNote[], advice = ''): never {
  const authors = [...new Set(notes.map(({ author }) => author))];
  throw new ToolError(
    `by: ${inQuotes(by)} wrote none of these notes. Authors: ${firstOf(authors, MAX_AUTHORS, inQuotes)}.${advice}`,
  );
}

/** Ids of the threads in which somebody wrote whose name has these words in it. */
const threadsWith = (notes: readonly NumberedNote[], by: string): ReadonlySet<string> =>
  new Set(notes.filter(({ author }) => searchKey(author).includes(searchKey(by))).map(({ id, under }) => under ?? id));

/** The notes of one version that are asked for. Numbers do not depend on `state` and `by`: threads left out leave gaps. */
export function wantedOf(
  notes: readonly NumberedNote[],
  { state = 'all', by }: Pick<NotesPage, 'state' | 'by'>,
): NumberedNote[] {
  const states = new Map(notes.map(({ id, done }) => [id, done ? 'done' : 'open']));
  const written = by === undefined ? undefined : threadsWith(notes, by);
  return notes.filter(
    ({ id, kind, under }) =>
      (state === 'all' || !isTickable(kind) || states.get(under ?? id) === state) &&
      written?.has(under ?? id) !== false,
  );
}

/** Threads, and of those that can be ticked off how many are done. */
export function countedOf(notes: readonly NumberedNote[]) {
  const threads = notes.filter(({ under }) => !under);
  const tickable = threads.filter(({ kind }) => isTickable(kind));
  const done = tickable.filter((one) => one.done).length;
  return { total: threads.length, done, open: tickable.length - done };
}
