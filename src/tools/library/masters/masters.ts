import { reasonOf } from '../../errors.ts';
import { files } from '../../operations/files.ts';
import { formats } from '../../operations/formats.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import { each } from '../../run/each.ts';
import { allOf, pagesByLastId } from '../../run/pages.ts';
import type { Report } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import type { File } from '../files.ts';
import { type Format, factText, type Tech, techOf, tracksOf } from '../media/tech.ts';
import type { Doc } from '../search.ts';

/** The media of the current version of an asset in one format, as far as they are known. */
export interface Master {
  readonly doc: Doc;
  /** Absent where the asset has none of this name, or where none could be read. */
  readonly format?: Format;
  readonly tech: Tech;
  readonly files: readonly File[];
}

/** What a rule finds in a master: undefined where it is not known. */
export interface Finding {
  readonly found: string;
  readonly passes: boolean;
}

/** Fields of a document that masters are made from. */
export const MASTER_FIELDS = ['versions', 'formats', 'files', 'proxies', 'duration_milliseconds'] as const;

/** Whether an asset has media of its own; sub-clips, placeholders and links have none. */
export const hasMedia = ({ type = '' }: Doc): boolean => !['SUBCLIP', 'PLACEHOLDER', 'LINK'].includes(type);

/** Assets whose formats are read one by one. */
const MAX_READS = 1_000;
const RESERVED_MS = 5_000;

/**
 * The masters of assets. The index has their formats; where it has none with technical data, they are read one asset at a
 * time (`GET /files/v1/assets/{id}/formats/`), `max` of them. Notes what could not be read.
 */
export async function readMasters(
  context: Context,
  report: Report,
  docs: readonly Doc[],
  name: string,
  max = MAX_READS,
): Promise<Master[]> {
  const known = new Map(docs.map((doc) => [doc, masterOf(doc, doc.formats ?? [], name)]));
  const bare = docs.filter((doc) => !known.get(doc)?.format?.components?.length);
  const { done, failed, rest } = await each(
    bare.slice(0, max),
    context,
    ({ id: asset_id = '' }) =>
      allOf(pagesByLastId((paging) => context.use(formats.tools.get_asset_formats, { asset_id, ...paging }))),
    { reserve: RESERVED_MS },
  );
  for (const { item, result } of done) known.set(item, masterOf(item, result, name));
  const unread = failed.length + rest.length + Math.max(0, bare.length - max);
  if (unread > 0) {
    const [first] = failed;
    report.note(
      `The formats of ${unread} of ${docs.length} assets were not read${first ? ` (${reasonOf(first.error)})` : ''}: what the index lacks is not known.`,
    );
  }
  return [...known.values()];
}

/**
 * The masters with the checksums of their files: where the index has none, their files are read one asset at a time (`GET
 * /files/v1/assets/{id}/files/`). Notes what could not be read.
 */
export async function withChecksums(context: Context, report: Report, masters: readonly Master[]): Promise<Master[]> {
  const bare = masters.filter(({ format, files: own }) => format && !own.some(({ checksum }) => checksum));
  const { done, failed, rest } = await each(
    bare,
    context,
    ({ doc: { id: asset_id = '' } }) =>
      allOf(pagesByLastId((paging) => context.use(files.tools.get_asset_files, { asset_id, ...paging }))),
    { reserve: RESERVED_MS },
  );
  const read = new Map(done.map(({ item, result }) => [item, filesOfFormat(result, item.format?.id)]));
  const [first] = failed;
  if (failed.length + rest.length > 0)
    report.note(
      `The files of ${failed.length + rest.length} assets were not read${first ? ` (${reasonOf(first.error)})` : ''}.`,
    );
  return masters.map((one) => ({ ...one, files: read.get(one) ?? one.files }));
}

const filesOfFormat = (list: readonly File[], id: string | undefined): File[] =>
  list.filter(
    ({ format_id, status, type }) =>
      id !== undefined && format_id === id && status !== 'DELETED' && type !== 'DIRECTORY',
  );

function masterOf(doc: Doc, rows: readonly Format[], name: string): Master {
  const { latest } = sortedVersions(doc);
  const ofVersion = ({ version_id }: { readonly version_id?: string | undefined }): boolean =>
    version_id === undefined || latest === undefined || version_id === latest.id;
  const own = rows.filter((row) => row.status !== 'DELETED' && ofVersion(row));
  const format = own.find((row) => row.name?.toUpperCase() === name.toUpperCase());
  const ownFiles = filesOfFormat(doc.files ?? [], format?.id);
  const proxy = doc.proxies?.filter(ofVersion).find(({ start_time_code }) => start_time_code);
  const tech = techOf(format);
  return {
    doc,
    ...(format && { format }),
    files: ownFiles,
    // Only what mediainfo read of the format itself, and the start that Iconik took over from it to a proxy.
    tech: { ...(proxy?.start_time_code && format && { timecode: proxy.start_time_code }), ...tech },
  };
}

/** The name of its file, or else that which mediainfo read. */
export const fileName = ({ files, format }: Master): string | undefined =>
  files[0]?.name ?? files[0]?.original_name ?? factText(tracksOf(format, 'GENERAL')[0], 'file_name');

/** Whether mediainfo has looked at the media, so that a track that it does not name is not there. */
export const isAnalysed = ({ format }: Master): boolean =>
  tracksOf(format, 'VIDEO').length + tracksOf(format, 'AUDIO').length + tracksOf(format, 'IMAGE').length > 0;
