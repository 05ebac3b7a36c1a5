import { reasonOf } from '../../errors.ts';
import type { File, Storage } from '../../library/files.ts';
import { hasMedia } from '../../library/masters/masters.ts';
import { all, type Doc } from '../../library/search.ts';
import { fileLists } from '../../operations/file_lists.ts';
import { files } from '../../operations/files.ts';
import { each } from '../../run/each.ts';
import { allOf, pagesByLastId } from '../../run/pages.ts';
import type { Report } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { ORIGINAL_FIELDS, type Original, originalsOf } from './originals.ts';

/** Assets whose files are read one by one, and checksums that are looked for in the library. */
const MAX_READS = 1_000;
/** Milliseconds kept for reading where copies are used. */
const RESERVED_MS = 8_000;

/**
 * The originals of assets. The index has their files; where it has none, or none with a checksum, they are read one asset
 * at a time (`GET /files/v1/assets/{id}/files/`). Notes what could not be looked at.
 */
export async function readOriginals(
  context: Context,
  report: Report,
  docs: readonly Doc[],
  stores: readonly Storage[],
): Promise<Original[]> {
  const media = docs.filter(hasMedia);
  const known = new Map(media.map((doc) => [doc, originalsOf(doc, doc.files ?? [], stores)]));
  const unknown = media.filter((doc) => {
    const own = known.get(doc) ?? [];
    return own.length === 0 || own.some(({ checksum }) => checksum === undefined);
  });
  const { done, failed, rest } = await each(
    unknown.slice(0, MAX_READS),
    context,
    ({ id: asset_id = '' }) =>
      allOf(pagesByLastId((paging) => context.use(files.tools.get_asset_files, { asset_id, ...paging }))),
    { reserve: RESERVED_MS },
  );
  for (const { item, result } of done) known.set(item, originalsOf(item, result, stores));
  const unread = failed.length + rest.length + Math.max(0, unknown.length - MAX_READS);
  const [error] = failed;
  if (unread > 0)
    report.note(
      `The files of ${unread} of ${media.length} assets were not read${error ? ` (${reasonOf(error.error)})` : ''}: compared only as far as the index tells. Narrow the selection to look at them.`,
    );
  if (docs.length > media.length)
    report.note(
      `${docs.length - media.length} sub-clips, placeholders and links have no files of their own: left out.`,
    );
  const found = [...known.values()];
  const without = found.filter((list) => list.length === 0).length;
  if (without > 0) report.note(`${without} assets have no original file that is known: not compared.`);
  const originals = found.flat();
  const unsure = originals.filter(({ checksum }) => checksum === undefined).length;
  if (unsure > 0)
    report.note(
      `${unsure} of ${originals.length} originals have no checksum: compared by size, name and duration, which is weaker.`,
    );
  return originals;
}

/** The originals of other assets that hold the same files (`GET /files/v1/files/checksum/{checksum}/`). */
export async function readElsewhere(
  context: Context,
  report: Report,
  originals: readonly Original[],
  stores: readonly Storage[],
): Promise<Original[]> {
  const here = new Set(originals.map(({ asset }) => asset.id));
  const sums = [...new Set(originals.flatMap(({ checksum }) => checksum ?? []))].filter((one) => !one.includes(' '));
  const { done, failed, rest } = await each(
    sums.slice(0, MAX_READS),
    context,
    (checksum) =>
      allOf(pagesByLastId((paging) => context.use(fileLists.tools.list_files_by_checksum, { checksum, ...paging }))),
    { reserve: RESERVED_MS },
  );
  const unread = failed.length + rest.length + Math.max(0, sums.length - MAX_READS);
  if (unread > 0) report.note(`${unread} of ${sums.length} checksums were not looked for in the rest of the library.`);
  if (sums.length < originals.length)
    report.note('Only files with a checksum are looked for in the rest of the library.');
  const others: readonly File[] = done.flatMap(({ result }) => result).filter(({ asset_id }) => !here.has(asset_id));
  const ids = [...new Set(others.flatMap(({ asset_id }) => asset_id ?? []))];
  const criteria = { doc_types: ['assets'] as const, terms: [{ name: 'id', value_in: ids }] };
  const docs = ids.length > 0 ? await all(context, criteria, ['title', ...ORIGINAL_FIELDS]) : [];
  const hidden = ids.filter((id) => !docs.some((doc) => doc.id === id));
  if (hidden.length > 0)
    report.note(`${hidden.length} assets with the same file are in the recycle bin, or this user may not see them.`);
  return docs.flatMap((doc) =>
    originalsOf(
      doc,
      others.filter(({ asset_id }) => asset_id === doc.id),
      stores,
    ),
  );
}
