import { capitalized } from '../../../text/english.ts';
import { sharedKind } from '../../cache.ts';
import { ToolError } from '../../errors.ts';
import type { HandleKind } from '../../handles.ts';
import type { Context } from '../../types.ts';
import type { Subject } from '../subject.ts';
import { NOTE_KINDS, type NoteKind, type NumberedNote, PREFIXES } from './threads.ts';

/** What the numbers of one answer stood for, kept so that `tick: [4]` means the comment shown as 4. */
export interface Threads {
  readonly asset_id: string;
  readonly version_id?: string;
  readonly ids: Readonly<Record<string, string>>;
}

export const THREADS: HandleKind<Threads> = {
  prefix: 'thr',
  noun: 'the threads of an answer',
  argument: 'threads',
  renew: 'Call read_notes again and use the threads it returns.',
};

/** The numbers shown last, by asset and version. */
const LAST_SHOWN = sharedKind<Threads>({ name: 'threads shown last', max: 200, ttl: 24 * 3_600_000 });

const keyOf = ({ id, version }: Subject): string => `${id} ${version?.id ?? ''}`;

/** Keeps what the numbers stand for: under a handle, and as the numbers shown last of this version, kind by kind. */
export const keepThreads = (
  context: Context,
  subject: Subject,
  notes: readonly NumberedNote[],
  kinds: readonly NoteKind[],
): string => context.handles.keep(THREADS, keepShown(context, subject, notes, kinds));

/** The same without a handle: from now on the numbers of this version mean these notes. */
export function keepShown(
  context: Context,
  subject: Subject,
  notes: readonly NumberedNote[],
  kinds: readonly NoteKind[],
): Threads {
  const version_id = subject.version?.id;
  const about = { asset_id: subject.id, ...(version_id && { version_id }) };
  const ids = Object.fromEntries(notes.map(({ number, id }) => [number, id]));
  const shown = Object.entries(context.cache.get(LAST_SHOWN, keyOf(subject))?.ids ?? {});
  const others = Object.fromEntries(shown.filter(([number]) => !kinds.includes(kindOfNumber(number))));
  context.cache.set(LAST_SHOWN, keyOf(subject), { ...about, ids: { ...others, ...ids } });
  return { ...about, ids };
}

/** The kind that a number such as `m4` is of. */
const kindOfNumber = (number: string): NoteKind =>
  NOTE_KINDS.find((kind) => PREFIXES[kind] !== '' && number.startsWith(PREFIXES[kind])) ?? 'COMMENT';

const wordOf = (given: string): string => given.trim().replace(/^#/, '').toLowerCase();
const IS_NUMBER = /^[mtgq]?\d{1,6}(\.\d{1,6})?$/;

/** The kinds to read for these numbers or ids: an id may be of any kind. */
export const kindsOf = (wanted: readonly string[]): readonly NoteKind[] =>
  wanted.every((given) => IS_NUMBER.test(wordOf(given)))
    ? [...new Set(wanted.map((given) => kindOfNumber(wordOf(given))))]
    : NOTE_KINDS;

/**
 * The notes that numbers or ids mean. A number means what its handle showed. Without a handle it means what it means
 * now, which has to be what was shown last. Throws `ToolError`.
 */
export function pickNotes(
  context: Context,
  subject: Subject,
  notes: readonly NumberedNote[],
  wanted: readonly string[],
  handle: Threads | undefined,
): NumberedNote[] {
  const last = context.cache.get(LAST_SHOWN, keyOf(subject));
  return wanted.map((given) => {
    const word = wordOf(given);
    const now = notes.find(({ number, id }) => number === word || id === word);
    const isId = now?.id === word;
    const meant = isId ? word : (handle ?? last)?.ids[word];
    if (handle && !meant) throw new ToolError(noSuch(given, Object.keys(handle.ids), true));
    const found = meant && handle ? notes.find(({ id }) => id === meant) : now;
    const moved = meant !== undefined && found?.id !== meant;
    if (moved)
      throw new ToolError(
        `The ${nounOf(kindOfNumber(word))}s have changed since ${given} was shown: run read_notes again and take its numbers.`,
      );
    if (!found)
      throw new ToolError(
        noSuch(
          given,
          notes.map(({ number }) => number),
        ),
      );
    return found;
  });
}

const NOUNS: Readonly<Record<NoteKind, string>> = {
  COMMENT: 'comment',
  MARKER: 'marker',
  TAG: 'tag',
  GENERIC: 'segment',
  QC: 'QC note',
};
/** In the singular. */
export const nounOf = (kind: NoteKind): string => NOUNS[kind];

/** `There is no marker "m9". Markers: m1 to m4.` */
function noSuch(given: string, numbers: readonly string[], handle = false): string {
  const kind = kindOfNumber(wordOf(given));
  const noun = nounOf(kind);
  const nouns = `${noun}s`;
  const own = numbers.filter((number) => !number.includes('.') && kindOfNumber(number) === kind);
  const none = handle
    ? `The handle has no ${nouns}: call read_notes with kinds ${kind}.`
    : `This version has no ${nouns}.`;
  const known = own.length === 0 ? none : `${capitalized(nouns)}: ${own[0]} to ${PREFIXES[kind]}${own.length}.`;
  return `There is no ${noun} "${given}". ${known}`;
}
