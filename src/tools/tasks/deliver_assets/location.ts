import { withName } from '../../../text/compare.ts';
import { closestTo } from '../../../text/nearest.ts';
import { inQuotes, oneLine } from '../../../text/quote.ts';
import { NotFound, ToolError } from '../../errors.ts';
import { type Storages, storageLabel } from '../../library/archive/media.ts';
import { storageCare } from '../../operations/storage_care.ts';
import { allOf, pagesByLastId } from '../../run/pages.ts';
import type { Context, OutputOf } from '../../types.ts';

type Row = OutputOf<typeof storageCare.tools.list_export_locations.output.shape>['objects'][number];

const MAX_PATH_LENGTH = 120;

/** An export location, as an administrator has set it up. */
export interface Location {
  readonly id: string;
  readonly name: string;
  /** `"Broadcast playout" (folder playout/in on "Lisbon SAN" (FILE))`. */
  readonly label: string;
  readonly storage_id?: string | undefined;
  /** Whether it takes originals. Where it takes none, proxies have to be there. */
  readonly takesOriginals: boolean;
  readonly takesProxies: boolean;
  /** All that it takes: `originals, metadata as XML`. */
  readonly takes: string;
  /** Whether each asset gets a folder of its own there. */
  readonly hasAssetFolders: boolean;
}

/** The export location of a name or an id. Throws `ToolError` with all there are. */
export async function locationNamed(context: Context, words: string, storages: Storages): Promise<Location> {
  const list = await allOf(
    pagesByLastId((paging) => context.use(storageCare.tools.list_export_locations, paging), { size: 100 }),
  );
  const found = withName(list, ({ id = '', name = '' }) => [id, name], words);
  const [row] = found;
  if (row?.id && found.length === 1) return locationOf(row, storages);
  const labels = list.map(({ name = '' }) => name);
  const known = list.map((one) => `${inQuotes(one.name ?? '')} (takes ${takenBy(one).join(', ')})`).join(', ');
  if (found.length > 1)
    throw new ToolError(
      `to: ${found.length} export locations are called ${inQuotes(words)}. Give the id: ${found.map(({ id }) => id).join(', ')}.`,
    );
  const near = closestTo(words, labels);
  throw new NotFound(
    `to: there is no export location ${inQuotes(words)}.${near ? ` Nearest: ${inQuotes(near)}.` : ''} There are: ${known || 'none'}.`,
  );
}

function locationOf(row: Row, storages: Storages): Location {
  const { id = '', name = id, path, storage_id } = row;
  const storage = storage_id === undefined ? undefined : storages.get(storage_id);
  if (storage?.status !== undefined && storage.status !== 'ACTIVE')
    throw new ToolError(
      `to: ${inQuotes(name)} is on the storage ${inQuotes(storage.name ?? '')}, which is ${storage.status}. It takes no media now.`,
    );
  const place = [
    path && `folder ${oneLine(path, MAX_PATH_LENGTH)}`,
    storage_id && `on ${storageLabel(storages, storage_id)}`,
  ];
  return {
    id,
    name,
    label: `${inQuotes(name)} (${place.filter(Boolean).join(' ')})`,
    storage_id,
    takesOriginals: row.export_original === true,
    takesProxies: row.export_proxy === true,
    takes: takenBy(row).join(', '),
    hasAssetFolders: row.export_to_asset_folder === true,
  };
}

const takenBy = (row: Row): string[] => {
  const parts = [
    row.export_original && 'originals',
    row.export_proxy && 'proxies',
    row.export_posters && 'posters',
    row.export_transcriptions && 'transcripts',
    row.export_metadata && `metadata as ${row.metadata_format ?? 'a file'}`,
  ].filter((one) => typeof one === 'string');
  return parts.length > 0 ? parts : ['nothing that Iconik names'];
};
