import { formatBytes } from '../../../media/units.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import { groupBy } from '../../run/group_by.ts';
import type { Context } from '../../types.ts';
import { type Storage, storagesOf } from '../files.ts';
import type { Left } from '../jobs/start.ts';
import { type Titled, titleOf, titlesOf } from '../plans/titles.ts';
import type { Doc } from '../search.ts';
import type { Only } from '../selection.ts';

export type Storages = ReadonlyMap<string, Storage>;

/** Fields of the index that say where the media of an asset are. */
export const MEDIA_FIELDS = [
  'type',
  'archive_status',
  'versions',
  'formats',
  'files',
  'in_collections',
  'ancestor_collections',
];

/** The original of the current version of an asset, as it lies on storages. */
export interface Original extends Titled {
  readonly id: string;
  readonly title: string;
  /** Of one copy. */
  readonly bytes: number;
  /** Bytes on each storage. */
  readonly on: ReadonlyMap<string, number>;
}

/** All storages by id. */
export const allStorages = async (context: Context): Promise<Storages> =>
  new Map((await storagesOf(context)).flatMap((one) => (one.id ? [[one.id, one] as const] : [])));

/** The storage for a purpose that words mean. Throws `ToolError` with those that there are. */
export function storageNamed(all: Storages, words: string, purpose: 'ARCHIVE' | 'FILES'): Storage {
  const fitting = [...all.values()].filter((one) => one.purpose === purpose);
  const key = words.trim().toLowerCase();
  const found = fitting.find(({ id, name = '' }) => id === key || name.toLowerCase() === key);
  if (!found) {
    const known = fitting.map(({ name, id }) => inQuotes(name ?? String(id))).join(', ');
    throw new ToolError(
      `to: no storage for ${purpose === 'ARCHIVE' ? 'the archive' : 'files'} is called ${inQuotes(words)}. There are: ${known || 'none'}.`,
    );
  }
  if (found.status !== undefined && found.status !== 'ACTIVE')
    throw new ToolError(`to: the storage ${inQuotes(found.name ?? words)} is ${found.status}. It takes no media now.`);
  return found;
}

/** `Harbour originals (S3)`. */
export const storageLabel = (all: Storages, id: string): string => {
  const { name = id, method } = all.get(id) ?? {};
  return `${inQuotes(name)}${method ? ` (${method})` : ''}`;
};

type FileRow = NonNullable<Doc['files']>[number];

/** The files of the original of the current version: those in the archive, or those that are not. */
export function originalFiles(doc: Doc, all: Storages, inArchive: boolean): FileRow[] {
  const { latest } = sortedVersions(doc);
  const formats = (doc.formats ?? []).filter(
    ({ name, version_id, status }) =>
      name === 'ORIGINAL' && status !== 'DELETED' && (version_id === undefined || version_id === latest?.id),
  );
  const ids = new Set(formats.map((one) => one.id));
  return (doc.files ?? []).filter(
    ({ format_id, status, storage_id = '' }) =>
      ids.has(format_id) && status !== 'DELETED' && (all.get(storage_id)?.purpose === 'ARCHIVE') === inArchive,
  );
}

/** Of these assets those whose originals cannot be reached, as Iconik knows it: its storage is away, or the file. */
export function offlineNote(docs: readonly Doc[]): string[] {
  const offline = docs.filter((doc) => {
    const { latest } = sortedVersions(doc);
    const originals = (doc.formats ?? []).filter(
      ({ name, version_id }) => name === 'ORIGINAL' && (version_id === undefined || version_id === latest?.id),
    );
    return originals.length > 0 && originals.every(({ is_online }) => is_online === false);
  });
  return offline.length === 0
    ? []
    : [
        `Offline now: ${offline.length} of ${docs.length}: ${titlesOf(offline)}. Their files are not within reach: the job may fail, and what is said of their bytes may not come true.`,
      ];
}

export const areComplete = (files: readonly FileRow[]): boolean =>
  files.every(({ status = 'CLOSED' }) => status === 'CLOSED');

/** Bytes of these files on each storage, by its id. */
export function bytesOn(files: readonly FileRow[]): Map<string, number> {
  const on = new Map<string, number>();
  for (const { storage_id = '', size = 0 } of files) on.set(storage_id, (on.get(storage_id) ?? 0) + size);
  return on;
}

/** What search keeps of assets whose originals are online; a sub-clip has none. */
export const ONLINE: Only = {
  terms: [{ name: 'archive_status', value_in: ['NOT_ARCHIVED', 'FAILED_TO_ARCHIVE'] }],
  not: ['type:SUBCLIP'],
  label: 'those that are online',
};

/** What search keeps of assets whose originals are in the archive. */
export const ARCHIVED: Only = {
  terms: [{ name: 'archive_status', value_in: ['ARCHIVED'] }],
  not: ['type:SUBCLIP'],
  label: 'those that are archived',
};

type Found = { readonly original: Original } | Pick<Skipped, 'reason' | 'isThere'>;

/** The original that would move, or why it does not. */
function originalIn(doc: Doc, all: Storages, isRestore: boolean): Found {
  const { id = '', title = id, apart, archive_status: state = 'NOT_ARCHIVED', type } = doc;
  if (type === 'SUBCLIP') return { reason: 'a sub-clip has no media of its own' };
  if (state === 'ARCHIVING') return { reason: 'it is on its way into the archive already', isThere: !isRestore };
  if (!isRestore && state === 'ARCHIVED') return { reason: 'it is archived already', isThere: true };
  if (isRestore && state !== 'ARCHIVED') return { reason: 'it is not archived', isThere: true };
  const here = originalFiles(doc, all, isRestore);
  if (here.length === 0)
    return { reason: isRestore ? 'no copy of its original is known in the archive' : 'it has no file of an original' };
  if (!isRestore && !areComplete(here)) return { reason: 'a file of it is not complete: Iconik would fail' };
  const on = bytesOn(here);
  return { original: { id, title, apart, bytes: Math.max(...on.values()), on } };
}

/** An asset that stays as it is, and why. */
export interface Skipped extends Titled {
  readonly reason: string;
  /** It is as it was to be. */
  readonly isThere?: boolean | undefined;
}

/** Sorts assets into the originals that would move and those that stay, with the reason. `isRestore`: from the archive. */
export function sortOriginals(docs: readonly Doc[], all: Storages, isRestore: boolean) {
  const originals: Original[] = [];
  const skipped: Skipped[] = [];
  for (const doc of docs) {
    const one = originalIn(doc, all, isRestore);
    if ('original' in one) originals.push(one.original);
    else skipped.push({ id: doc.id, title: doc.title, apart: doc.apart, ...one });
  }
  return { originals, skipped, bytes: originals.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** The reasons why assets stay where they are, each with how many and which: `3 skipped, it is archived already: "A", "B"`. */
export function skippedNotes(skipped: readonly Skipped[]): string[] {
  const groups = groupBy(skipped, ({ reason }) => reason);
  return [...groups].map(([reason, some]) => `Skipped ${some.length}, ${reason}: ${titlesOf(some)}.`);
}

/** For an answer without a plan: why all of these stay as they are. */
export const allLeft = (skipped: readonly Skipped[]): Left => ({
  reasons: skippedNotes(skipped),
  alreadyThere: skipped.filter(({ isThere }) => isThere).length,
});

/** `1.1 TB on "Harbour originals" (S3), 100 GB on "NAS" (FILE)`, largest first. */
export function byStorage(list: readonly Original[], all: Storages): string {
  const sums = new Map<string, number>();
  for (const { on } of list) for (const [id, bytes] of on) sums.set(id, (sums.get(id) ?? 0) + bytes);
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .map(([id, bytes]) => `${formatBytes(bytes)} on ${storageLabel(all, id)}`)
    .join(', ');
}

/** `"Matchday 12" · 35.9 GB`, the largest first. */
export function originalLines(list: readonly Original[], count: number): string[] {
  return list
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, count)
    .map((one) => `${titleOf(one)} · ${formatBytes(one.bytes)}`);
}
