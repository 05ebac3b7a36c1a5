import { COLOR_NAMES, colorOf } from '../../../media/markers/colors.ts';
import { closestTo } from '../../../text/nearest.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { findAsset } from '../../library/objects.ts';
import type { Kind, Look, Tick } from '../../library/segments/note_writing.ts';
import { missing, type Note, requireNoteLength } from '../../library/segments/notes.ts';
import { pickNotes, THREADS, type Threads } from '../../library/segments/numbers.ts';
import { PLACES } from '../../library/segments/places.ts';
import { existingSegments } from '../../library/segments/segments.ts';
import { type NumberedNote, notesOf, numbered, numberedLine, ofVersion } from '../../library/segments/threads.ts';
import { type Subject, subjectAt } from '../../library/subject.ts';
import type { Context } from '../../types.ts';
import { notesAt, readItems } from './items.ts';

/** The arguments of annotate_asset. */
export interface Asked {
  readonly asset: string;
  readonly items?: readonly string[] | undefined;
  readonly at_places?: string | undefined;
  readonly text?: string | undefined;
  readonly kind?: Kind | undefined;
  readonly color?: string | undefined;
  readonly track?: string | undefined;
  readonly reply_to?: string | undefined;
  readonly tick?: readonly string[] | undefined;
  readonly untick?: readonly string[] | undefined;
  readonly threads?: string | undefined;
  readonly version?: string | undefined;
}

export interface Plan {
  readonly subject: Subject;
  readonly look: Look;
  readonly additions: readonly Note[];
  readonly ticks: readonly Tick[];
  /** Requested items that already exist, counted. */
  readonly existing: { readonly notes: number; readonly ticks: number };
  readonly notes: readonly string[];
}

/** Items, or comments to tick and untick, in one call. */
const MAX_ITEMS = 500;

/** One sentence about arguments that exclude each other or are incomplete. */
export function contradiction(asked: Asked): string | undefined {
  const { items, at_places, reply_to, tick = [], untick = [], text, kind } = asked;
  const sources = Object.entries({ items, at_places, reply_to }).filter(([, value]) => value !== undefined);
  if (sources.length > 1) return `${sources.map(([name]) => name).join(', ')}: give only one of these per call.`;
  if (sources.length + tick.length + untick.length === 0)
    return 'Nothing to do: give items, at_places, reply_to, tick or untick.';
  const count = Math.max(items?.length ?? 0, tick.length + untick.length);
  if (count > MAX_ITEMS) return `${count} items: give at most ${MAX_ITEMS} per call.`;
  if (reply_to !== undefined && !text?.trim()) return 'text is missing: give the text of the reply.';
  if (reply_to !== undefined && kind !== undefined && kind !== 'COMMENT')
    return `kind: a ${kind} cannot reply to a comment. Leave kind out.`;
  const look = unknownColor(asked.color);
  if (look) return look;
  const both = tick.find((one) => untick.includes(one));
  return both === undefined ? undefined : `untick: ${both} is also in tick. Give it in one of them.`;
}

/** Iconik takes any text for a colour; other systems know these. */
function unknownColor(color: string | undefined): string | undefined {
  if (color === undefined || colorOf(color)) return undefined;
  const near = closestTo(color, COLOR_NAMES);
  return `color: ${inQuotes(color)} is not known. Allowed: ${COLOR_NAMES.join(', ')}, or #rrggbb.${near ? ` Nearest: ${near}.` : ''}`;
}

/**
 * What to write: titles, numbers and times resolved, existing items left out. Throws `ToolError` for what cannot be
 * resolved.
 */
export async function planAnnotations(context: Context, asked: Asked): Promise<Plan> {
  const places = asked.at_places === undefined ? undefined : context.handles.get(PLACES, asked.at_places);
  const handle = asked.threads === undefined ? undefined : context.handles.get(THREADS, asked.threads);
  const asset = await findAsset(context, asked.asset);
  const handles = Object.entries({ at_places: places, threads: handle });
  for (const [name, one] of handles)
    if (one && one.asset_id !== asset.id)
      throw new ToolError(`${name} belongs to another asset (${one.asset_id}), not to ${inQuotes(asset.title)}.`);
  const subject = await subjectAt(context, asset, asked.version ?? places?.version_id ?? handle?.version_id);
  for (const [name, one] of handles) if (one) requireSameVersion(name, one, subject);
  const kind = asked.reply_to === undefined ? (asked.kind ?? 'MARKER') : 'COMMENT';
  const comments = await commentsFor(context, subject, asked);
  const reply = asked.reply_to === undefined ? [] : [replyTo(context, subject, comments, asked, handle)];
  const { items, notes } = readItems(asked.items ?? [], subject, asked.text, kind === 'MARKER');
  const wanted = [...items, ...(places ? notesAt(places, asked.text) : []), ...reply];
  for (const note of wanted) requireNoteLength(note.text);
  const filter = { segment_type: kind, version_id: subject.version?.id };
  const existing = wanted.length > 0 ? await existingSegments(context, subject.id, filter) : [];
  const additions = missing(wanted, existing, subject);
  const ticks = ticksOf(context, subject, comments, asked, handle);
  const changed = ticks.filter(({ tick, wasDone }) => tick.done !== wasDone).map(({ tick }) => tick);
  return {
    subject,
    look: { kind, color: asked.color === undefined ? undefined : colorOf(asked.color), track: asked.track },
    additions,
    ticks: changed,
    existing: { notes: wanted.length - additions.length, ticks: ticks.length - changed.length },
    notes,
  };
}

/** A handle stands for one version: `version` may only repeat it. */
function requireSameVersion(name: string, { version_id }: Pick<Threads, 'version_id'>, subject: Subject): void {
  if (version_id === subject.version?.id) return;
  const own = subject.versions.find(({ id }) => id === version_id);
  throw new ToolError(`${name} belongs to ${own?.name ?? version_id}. Leave out version.`);
}

async function commentsFor(
  context: Context,
  subject: Subject,
  { reply_to, tick, untick }: Asked,
): Promise<NumberedNote[]> {
  if (reply_to === undefined && !tick?.length && !untick?.length) return [];
  return numbered(context, ofVersion(await notesOf(context, subject.id, ['COMMENT']), subject.version?.id));
}

/** A reply is attached to the first comment of its thread, at that comment's time. */
function replyTo(
  context: Context,
  subject: Subject,
  comments: readonly NumberedNote[],
  { reply_to = '', text = '' }: Asked,
  handle: Threads | undefined,
): Note {
  const [found] = pickNotes(context, subject, comments, [reply_to], handle);
  const top = comments.find(({ id }) => id === (found?.under ?? found?.id));
  if (!top) throw new ToolError(`reply_to: there is no comment "${reply_to}".`);
  const { start, end, id, number } = top;
  return {
    ...(start !== undefined && { start, end: end ?? start }),
    text: text.trim(),
    parent_id: id,
    answers: number,
  };
}

function ticksOf(
  context: Context,
  subject: Subject,
  comments: readonly NumberedNote[],
  { tick = [], untick = [] }: Asked,
  handle: Threads | undefined,
): { readonly tick: Tick; readonly wasDone: boolean }[] {
  const chosen = pickNotes(context, subject, comments, [...tick, ...untick], handle);
  return chosen.map((one, index) => ({
    tick: { id: one.id, number: one.number, done: index < tick.length, line: numberedLine(one, subject) },
    wasDone: one.done,
  }));
}
