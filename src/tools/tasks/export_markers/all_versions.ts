import { MARKER_FORMATS, type VersionMarkers } from '../../../media/markers/index.ts';
import { clean } from '../../../text/clean.ts';
import { plural } from '../../../text/english.ts';
import { truncate } from '../../../text/tokens.ts';
import { attachDocument } from '../../documents.ts';
import { type Segment, segmentsOf } from '../../library/segments/segments.ts';
import { type Subject, subjectAt, subjectOf } from '../../library/subject.ts';
import { each } from '../../run/each.ts';
import { groupBy } from '../../run/group_by.ts';
import type { Context } from '../../types.ts';
import { type Asked, DEFAULT_KINDS, DELIMITERS } from './asked.ts';
import { countsOf, isTopLevel, MAX_TEXT, markerOf, previewOf, repliesBelow, repliesLeft } from './note_markers.ts';
import { placeNotes, untickableNote } from './notes_document.ts';

/** Writes the notes of all versions as one table, oldest version first; those that belong to each stand there once. */
export async function exportAllVersions(context: Context, asked: Asked) {
  const { delimiter = 'comma', open_only, replies = false } = asked;
  const subject = await subjectOf(context, asked.asset);
  const { id, title, versions } = subject;
  const kinds = [...new Set(asked.kinds ?? DEFAULT_KINDS)];
  const filter = { include_all_versions: true, include_users: true };
  const lists = await Promise.all(kinds.map((segment_type) => segmentsOf(context, id, { segment_type, ...filter })));
  const all = lists.flat();
  const names = new Map(versions.map((one) => [one.id, one.name]));
  const kept = all
    .filter(({ segment_checked }) => !open_only || segment_checked !== true)
    .filter((one) => isTopLevel(one) && (one.version_id === undefined || names.has(one.version_id)));
  if (kept.length === 0)
    return {
      title,
      total: 0,
      notes: [`Nothing of kind ${kinds.join(' or ')} on any version: no document was written.`],
    };
  const below = repliesBelow(all);
  const made = await inVersions(context, subject, kept, (one) =>
    markerOf(one, replies ? (below.get(one.id) ?? []) : [], replies),
  );
  const uri = attachTable(context, subject, made, delimiter);
  return {
    title,
    total: kept.length,
    counts: countsOf(kept),
    uri,
    preview: made
      .flatMap(({ name, markers, clock }) =>
        previewOf(markers, { clock }).map((line) => (name ? `${name} ${line}` : line)),
      )
      .slice(0, PREVIEW_LINES),
    notes: [
      `CSV; ${made.map(({ name, markers }) => `${name ?? 'of each version'}: ${markers.length}`).join(', ')}. Each row counts the timecode of its version.`,
      ...(made.some(({ name }) => name !== undefined && name !== subject.version?.name)
        ? ['import_log places all rows on the current version: take out those of others before.']
        : []),
      ...placeNotes(kept),
      ...(open_only ? untickableNote(kept) : []),
      ...repliesLeft(all, replies),
    ],
  };
}

const PREVIEW_LINES = 5;

/** Adds the table to the answer; answers its address. */
function attachTable(
  context: Context,
  { id, title }: Subject,
  versions: readonly VersionMarkers[],
  delimiter: keyof typeof DELIMITERS,
): string {
  const { mime, write } = MARKER_FORMATS.csv;
  const uri = `iconik://asset/${id}/markers.csv`;
  const count = versions.reduce((sum, { markers }) => sum + markers.length, 0);
  const list = { title: clean(truncate(title, MAX_TEXT)), markers: [], versions, delimiter: DELIMITERS[delimiter] };
  const made = { of: plural(count, 'marker'), advice: 'Narrow it with kinds or a version.' };
  attachDocument(context, { uri, mimeType: mime, text: write(list) }, made);
  return uri;
}

type Write = (segment: Segment) => VersionMarkers['markers'][number];

async function inVersions(context: Context, subject: Subject, kept: readonly Segment[], write: Write) {
  const byVersion = groupBy(kept, ({ version_id = '' }) => version_id);
  const own = subject.versions.filter(({ id }) => byVersion.has(id));
  const quiet = { ...context, progress: () => undefined };
  const clock = async ({ id }: { readonly id: string }) =>
    (id === subject.version?.id ? subject : await subjectAt(context, subject, id)).clip.clock;
  const { done, failed } = await each(own, quiet, clock, { untimed: true });
  if (failed[0]) throw failed[0].error;
  const clocks = new Map(done.map(({ item, result }) => [item.id, result]));
  const of = (version_id: string) => (byVersion.get(version_id) ?? []).map(write);
  return [
    ...own.map(({ id, name }): VersionMarkers => ({ name, markers: of(id), clock: clocks.get(id) })),
    ...(byVersion.has('') ? [{ markers: of(''), clock: subject.clip.clock }] : []),
  ];
}
