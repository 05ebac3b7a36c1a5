import { formatAge } from '../../../media/units.ts';
import { withName } from '../../../text/compare.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { quoted } from '../../library/names.ts';
import { findAsset } from '../../library/objects.ts';
import { runsNamed } from '../../library/plans/own_runs.ts';
import { faultOfPattern } from '../../library/plans/patterns.ts';
import { ACTIVE, page } from '../../library/search.ts';
import { thereNotes, twiceNotes } from '../../library/segments/already_there.ts';
import type { Kind, Look } from '../../library/segments/note_writing.ts';
import { type Note, requireNoteLength, sorted } from '../../library/segments/notes.ts';
import { kindsOf, pickNotes, THREADS, type Threads } from '../../library/segments/numbers.ts';
import { PLACE_WORDS, placesAt } from '../../library/segments/places.ts';
import { mergedRuns, RUNS, type Run, runOn } from '../../library/segments/runs.ts';
import { existingSegments } from '../../library/segments/segments.ts';
import { isTickable, type NumberedNote, notesOf, numbered, ofVersion } from '../../library/segments/threads.ts';
import { type Subject, subjectAt } from '../../library/subject.ts';
import { instead } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { type AskedChanges, numbersIn, planChanges } from './changes.ts';
import { itemColors, onlyColor, wrongColors } from './colors.ts';
import { notesAt, readItems } from './items.ts';
import type { Change, Removal } from './note_changes.ts';
import { planDeletion, requireApart } from './removals.ts';
import { planUndo, type Undo } from './undo.ts';

/** The arguments of annotate_asset. */
export interface Asked extends AskedChanges {
  readonly asset: string;
  readonly at_places?: string | undefined;
  readonly text?: string | undefined;
  readonly kind?: Kind | undefined;
  readonly track?: string | undefined;
  readonly reply_to?: string | undefined;
  readonly delete?: readonly string[] | undefined;
  readonly undo?: string | undefined;
  readonly threads?: string | undefined;
  readonly version?: string | undefined;
}

export interface Plan {
  readonly subject: Subject;
  readonly look: Look;
  readonly additions: readonly Note[];
  readonly changes: readonly Change[];
  readonly removals: readonly Removal[];
  /** An earlier call that is taken back, ` of 2 min ago`, and how many of the removals are notes that it added. */
  readonly undone?: {
    readonly run: string;
    readonly age: string;
    readonly removals: number;
    /** Notes that it added, and what of it stays. */
    readonly added: number;
    readonly stays: readonly string[];
  };
  /** Requested items and changes that are there already, counted. */
  readonly existing: number;
  /** What these have otherwise than asked for, as sentences. */
  readonly there: readonly string[];
  /** A single change that loses nothing. */
  readonly isSmall: boolean;
  readonly notes: readonly string[];
}

/** Items, or numbers of notes, in one call. */
const MAX_ITEMS = 500;

/** One sentence about arguments that exclude each other or are incomplete. */
export function contradiction(asked: Asked): string | undefined {
  const { items, at_places, reply_to, undo, tick = [], untick = [], text, kind, recolor = [] } = asked;
  const sources = Object.entries({ items, at_places, reply_to }).filter(([, value]) => value !== undefined);
  if (sources.length > 1) return `${sources.map(([name]) => name).join(', ')}: give only one of these per call.`;
  const numbers = [
    ...tick,
    ...untick,
    ...(asked.edit ?? []),
    ...(asked.move ?? []),
    ...recolor,
    ...(asked.delete ?? []),
  ];
  const deletions = asked.delete?.length ?? 0;
  if (undo !== undefined && sources.length + numbers.length > deletions)
    return 'undo: give it with the asset alone, or with delete.';
  if (undo === undefined && sources.length + numbers.length === 0)
    return 'Nothing to do: give items, at_places, reply_to, tick, untick, edit, move, recolor, delete or undo.';
  const count = Math.max(items?.length ?? 0, numbers.length);
  if (count > MAX_ITEMS) return `${count} items: give at most ${MAX_ITEMS} per call.`;
  if (reply_to !== undefined && !text?.trim()) return 'text is missing: give the text of the reply.';
  if (reply_to !== undefined && kind !== undefined && kind !== 'COMMENT')
    return `kind: a ${kind} cannot reply to a comment. Leave kind out.`;
  const wrong = wrongColors(asked) ?? wrongPattern(asked);
  if (wrong) return wrong;
  const both = tick.find((one) => untick.includes(one));
  return both === undefined ? undefined : `untick: ${both} is also in tick. Give it in one of them.`;
}

/** The text of places is a pattern. That of items is none, but a word of places in it was meant to be filled in. */
function wrongPattern({ at_places, items, text = '' }: Asked): string | undefined {
  if (at_places !== undefined) return faultOfPattern('text', text, PLACE_WORDS);
  const written = Object.entries({ text: items && text, items: items?.join(' ') });
  const found = written.flatMap(([name, words]) =>
    PLACE_WORDS.flatMap((one) => (words?.includes(`{${one}}`) ? [`${name}: {${one}}`] : [])),
  );
  return found[0] && `${found[0]} is known of at_places alone.`;
}

/**
 * What to write: titles, numbers and times resolved, existing items left out. Throws `ToolError` for what cannot be
 * resolved.
 */
export async function planAnnotations(context: Context, asked: Asked): Promise<Plan> {
  const { subject, places, handle, runs, run } = await subjectFor(context, asked);
  const kind = asked.reply_to === undefined ? (asked.kind ?? 'MARKER') : 'COMMENT';
  const notes = await numberedNotes(context, subject, allNumbersIn(asked));
  const pickAll = (some: readonly string[]) => pickNotes(context, subject, notes, some, handle);
  const pick = (number: string) => pickAll([number])[0] as NumberedNote;
  const reply = asked.reply_to === undefined ? [] : [replyTo(asked, notes, pick)];
  const read = readItems(asked.items ?? [], subject, asked.text, kind === 'MARKER', itemColors(asked));
  const wanted = [...read.items, ...(places ? notesAt(places, asked.text) : []), ...reply];
  for (const note of wanted) requireNoteLength(note.text);
  const filter = { segment_type: kind, version_id: subject.version?.id };
  const existing = wanted.length > 0 ? await existingSegments(context, subject.id, filter) : [];
  const look = { kind, color: onlyColor(asked), track: asked.track };
  const { fresh: additions, there, twice } = sorted(wanted, existing, subject, look.color);
  const changed = planChanges(asked, subject, pick);
  const deleted = planDeletion(pickAll(asked.delete ?? []), notes, subject);
  const undone = run ? await planUndo(context, subject, runs, deleted) : NO_UNDO;
  const removals = [...deleted, ...undone.removals];
  requireApart(removals, changed.changes);
  const changes = [...changed.changes, ...undone.changes];
  const count = additions.length + changes.length + removals.length;
  const rewords = changes.some(isReworded);
  const isSmall =
    count <= 1 && (count === 0 || run === undefined) && removals.length === 0 && !rewords && !read.isUnclear;
  return {
    subject,
    look,
    additions,
    changes,
    removals,
    ...(run && asked.undo !== undefined && { undone: undoneBy(asked.undo, run, undone) }),
    existing: wanted.length - additions.length + changed.existing,
    there: [...(await thereNotes(context, subject, there, { kind, look })), ...twiceNotes(twice, subject)],
    isSmall,
    notes: [
      ...read.notes,
      ...undone.notes,
      ...(rewords ? [REWORDED] : []),
      ...(isSmall ? [] : await namesakeNote(context, subject)),
    ],
  };
}

const allNumbersIn = (asked: Asked): string[] => [
  ...(asked.reply_to === undefined ? [] : [asked.reply_to]),
  ...numbersIn(asked),
  ...(asked.delete ?? []),
];

/** Hits that are looked at for others with the title. */
const MAX_NAMESAKES = 20;

/** Says which asset is meant where another one has its title. */
async function namesakeNote(context: Context, { id, title }: Subject): Promise<string[]> {
  const criteria = { doc_types: ['assets'] as const, terms: [ACTIVE], query: `title:${quoted(title)}` };
  const read = page(context, criteria, { per_page: MAX_NAMESAKES, include_fields: ['id', 'title'] });
  const { docs } = await read.catch(instead(context, { docs: [] }));
  const others = withName(docs, (doc) => [doc.title ?? ''], title).filter((doc) => doc.id !== id);
  return others.length > 0 ? [`Another asset is called ${inQuotes(title)}, too: this is ${id}.`] : [];
}

/** The version that the arguments and their handles are about. */
async function subjectFor(context: Context, asked: Asked) {
  const places = asked.at_places === undefined ? undefined : placesAt(context, asked.at_places);
  const handle = asked.threads === undefined ? undefined : context.handles.get(THREADS, asked.threads);
  const asset = await findAsset(context, asked.asset);
  const named = asked.undo === undefined ? [] : runsNamed(context, RUNS, asked.undo);
  const runs = named.map(({ handle, run }) => ({ handle, run: runOn(run, asset.id) ?? run }));
  const run = mergedRuns(runs.map((one) => one.run));
  const undone = runs.map((one) => ['undo', one.run] as const);
  const handles = [...Object.entries({ at_places: places, threads: handle }), ...undone];
  for (const [name, one] of handles)
    if (one && one.asset_id !== asset.id)
      throw new ToolError(`${name} belongs to another asset (${one.asset_id}), not to ${inQuotes(asset.title)}.`);
  const version = asked.version ?? places?.version_id ?? handle?.version_id ?? run?.version_id;
  const subject = await subjectAt(context, asset, version);
  for (const [name, one] of handles) if (one) requireSameVersion(name, one, subject);
  return { subject, places, handle, runs, run };
}

const undoneBy = (handle: string, { at, made, sent }: Run, { removals, notes }: Undo): NonNullable<Plan['undone']> => ({
  run: handle.trim(),
  age: at === undefined ? '' : ` of ${formatAge(Math.max(1_000, Date.now() - at))} ago`,
  removals: removals.length,
  added: made.length + sent.length,
  stays: notes,
});

const NO_UNDO = { removals: [], changes: [], notes: [] };

/** Somebody's words become others under the same name: a person agrees first. */
const isReworded = ({ kind, patch }: Change): boolean => patch.segment_text !== undefined && isTickable(kind);
const REWORDED = 'The text of a comment changes under the name of its author.';

/** A handle stands for one version: `version` may only repeat it. */
function requireSameVersion(name: string, { version_id }: Pick<Threads, 'version_id'>, subject: Subject): void {
  if (version_id === subject.version?.id) return;
  const own = subject.versions.find(({ id }) => id === version_id);
  throw new ToolError(`${name} belongs to ${own?.name ?? version_id}. Leave out version.`);
}

async function numberedNotes(context: Context, subject: Subject, numbers: readonly string[]): Promise<NumberedNote[]> {
  if (numbers.length === 0) return [];
  const all = await notesOf(context, subject.id, kindsOf(numbers));
  return numbered(context, ofVersion(all, subject.version?.id));
}

/** A reply is attached to the first comment of its thread, at that comment's time. */
function replyTo(
  { reply_to = '', text = '' }: Asked,
  notes: readonly NumberedNote[],
  pick: (number: string) => NumberedNote,
): Note {
  const found = pick(reply_to);
  const top = notes.find(({ id }) => id === (found.under ?? found.id));
  if (top?.kind !== 'COMMENT') throw new ToolError(`reply_to: ${reply_to} is no comment.`);
  const { start, end, id, number } = top;
  return {
    ...(start !== undefined && { start, end: end ?? start }),
    text: text.trim(),
    parent_id: id,
    answers: number,
  };
}
