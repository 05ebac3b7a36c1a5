import type { Clip } from '../../../media/time.ts';
import { reasonOf } from '../../errors.ts';
import { all } from '../../library/search.ts';
import { type Added, type Kind, writeNotes } from '../../library/segments/note_writing.ts';
import { missing, type Note, sorted, type There, type Twice } from '../../library/segments/notes.ts';
import { madeNote, type Run } from '../../library/segments/runs.ts';
import { existingSegments, type Segment } from '../../library/segments/segments.ts';
import { ofVersion } from '../../library/segments/threads.ts';
import type { Subject } from '../../library/subject.ts';
import { SEGMENT_TEXT_FIELDS } from '../../operations/documents.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Row } from './rows.ts';

/** Segments for the current version of one asset. */
export interface AssetSegments {
  readonly id: string;
  readonly title: string;
  readonly clip: Clip;
  /** Id of its current version. */
  readonly version?: string | undefined;
  readonly notes: readonly Note[];
}

export interface AddedSegments {
  /** Created and read back. */
  readonly created: number;
  /** What takes them back, by asset. */
  readonly runs: readonly Run[];
  /** Existed before. */
  readonly same: number;
  readonly failed: readonly { readonly item: AssetSegments; readonly error: string }[];
  /** Sent, but not read back yet. */
  readonly unconfirmed: readonly AssetSegments[];
  /** Not started: time ran out. */
  readonly rest: readonly AssetSegments[];
}

/** Milliseconds kept for the read-back and the answer. */
const RESERVED_MS = 4_000;

export const subjectOf = ({ id, title, clip }: Pick<AssetSegments, 'id' | 'title' | 'clip'>): Subject => ({
  id,
  title,
  clip,
  versions: [],
});

/** Creates the missing segments, asset by asset, and reads them back: a repeat creates nothing twice. */
export async function addSegments(
  context: Context,
  kind: Kind,
  marked: readonly AssetSegments[],
): Promise<AddedSegments> {
  const add = async (item: AssetSegments) => {
    const subject = subjectOf(item);
    const open = missing(item.notes, await existingSegments(context, item.id, { segment_type: kind }), subject);
    // Progress counts assets.
    const quiet = { ...context, progress: () => undefined };
    return { open, ...(await writeNotes(quiet, subject, { kind }, open)) };
  };
  const { done, failed, rest } = await each(marked, context, add, { reserve: RESERVED_MS });
  const errors = done.flatMap(({ item, result }) => {
    const [first] = result.failed;
    return first ? [{ item, error: reasonOf(first.error) }] : [];
  });
  return {
    runs: done.flatMap(({ item, result }) => runOf(item, kind, result)),
    created: done.reduce((sum, { result }) => sum + result.verified.length, 0),
    same: done.reduce((sum, { item, result }) => sum + item.notes.length - result.open.length, 0),
    failed: [...errors, ...failed.map(({ item, error }) => ({ item, error: reasonOf(error) }))],
    unconfirmed: done.filter(({ result }) => result.unconfirmed.length > 0).map(({ item }) => item),
    rest: [...rest, ...done.filter(({ result }) => result.rest.length > 0).map(({ item }) => item)],
  };
}

/** The same, with what is there already instead of it, and what rows say twice. */
export interface SortedSegments extends AssetSegments {
  readonly there: readonly There[];
  readonly twice: readonly Twice[];
}

function runOf({ id, version }: AssetSegments, kind: Kind, { made, unconfirmed }: Added): Run[] {
  if (made.length + unconfirmed.length === 0) return [];
  const about = { asset_id: id, at: Date.now(), ...(version && { version_id: version }) };
  return [{ ...about, kinds: [kind], made: made.map(madeNote), sent: unconfirmed }];
}

/**
 * The segments of the rows that do not exist yet, by asset; `same` counts those that do. Looks in the index with one
 * search, and asset by asset where the index may not know `recent` writes or has no texts.
 */
export async function missingSegments(
  context: Context,
  kind: Kind,
  rows: readonly Row[],
  recent: ReadonlySet<string>,
): Promise<{ readonly marked: AssetSegments[]; readonly found: SortedSegments[]; readonly same: number }> {
  const found = await withoutExisting(context, kind, segmentsByAsset(rows), recent);
  const wanted = rows.filter(({ segment }) => segment).length;
  const open = found.reduce((sum, { notes }) => sum + notes.length, 0);
  const marked = found.filter(({ notes }) => notes.length > 0).map(({ there: _, twice: __, ...one }) => one);
  return { marked, found, same: wanted - open };
}

function segmentsByAsset(rows: readonly Row[]): AssetSegments[] {
  const wanted = new Map<string, AssetSegments>();
  for (const { asset, clip, segment } of rows) {
    if (!segment) continue;
    const { id = '', title = id } = asset;
    const version = sortedVersions(asset).latest?.id;
    wanted.set(id, { id, title, clip, version, notes: [...(wanted.get(id)?.notes ?? []), segment] });
  }
  return [...wanted.values()];
}

async function withoutExisting(
  context: Context,
  kind: Kind,
  marked: readonly AssetSegments[],
  recent: ReadonlySet<string>,
): Promise<SortedSegments[]> {
  const indexed = marked.filter(({ id }) => !recent.has(id)).map(({ id }) => id);
  const known = new Map<string, readonly Segment[]>();
  const textless = new Set<string>();
  for (const segment of await indexedSegments(context, kind, indexed)) {
    const id = String(segment.asset_id);
    known.set(id, [...(known.get(id) ?? []), segment]);
    if (segment.segment_text === undefined) textless.add(id);
  }
  const { done } = await each(
    marked.filter(({ id }) => recent.has(id) || textless.has(id)),
    context,
    ({ id }) => existingSegments(context, id, { segment_type: kind }),
  );
  for (const { item, result } of done) known.set(item.id, result);
  return marked.map((one) => {
    const { fresh, ...rest } = sorted(one.notes, ofVersion(known.get(one.id) ?? [], one.version), subjectOf(one));
    return { ...one, notes: fresh, ...rest };
  });
}

async function indexedSegments(context: Context, kind: Kind, ids: readonly string[]): Promise<Segment[]> {
  if (ids.length === 0) return [];
  const terms = [
    { name: 'asset_id', value_in: ids },
    { name: 'segment_type', value_in: [kind] },
  ];
  const fields = [
    ...['id', 'asset_id', 'version_id', 'object_type', 'segment_color'],
    ...SEGMENT_TEXT_FIELDS,
    'time_start_milliseconds',
    'time_end_milliseconds',
    'status',
  ];
  const docs = await all(context, { doc_types: ['segments'], terms }, fields);
  return docs.filter(({ status }) => status !== 'DELETED');
}
