import { inQuotes } from '../../text/quote.ts';
import type { Context, Preview } from '../types.ts';
import { assets } from './assets.ts';
import { formats } from './formats.ts';
import { linesOfObjects } from './object_lines.ts';
import { storages } from './storages.ts';

interface Destination {
  readonly destination_storage_id?: string | undefined;
  readonly delete_original?: boolean | undefined;
}

/** `the storage "Deep archive"`; `otherwise` where none is named. */
async function storageName(id: string | undefined, otherwise: string, { use }: Context): Promise<string> {
  if (!id) return otherwise;
  const { name } = await use(storages.tools.get_storage, { storage_id: id });
  return name ? `the storage ${inQuotes(name)}` : `storage ${id}`;
}

const ARCHIVE = "the library's archive storage";
const HOME = 'where it was before';
const REMOVED = ' The media then leaves its present storage: it is offline until it is restored.';
const STAYS = ' The media also stays on its present storage.';

/** What archiving or restoring one format moves. */
export async function moveOfFormat(
  verb: 'Archives' | 'Restores',
  args: Destination & { readonly asset_id: string; readonly format_id: string },
  context: Context,
): Promise<Preview> {
  const { asset_id, format_id, destination_storage_id: to, delete_original = false } = args;
  const [{ title }, { name = format_id, archive_status }, storage] = await Promise.all([
    context.use(assets.tools.get_asset, { asset_id }),
    context.use(formats.tools.get_asset_format, { asset_id, format_id }),
    storageName(to, verb === 'Archives' ? ARCHIVE : HOME, context),
  ]);
  const what = `the format ${name} of ${title ? inQuotes(title) : asset_id}`;
  return {
    summary: `${verb} ${what} to ${storage}.${after(verb, delete_original)}`,
    affected: [{ id: asset_id, ...(title && { title }), format: name, ...(archive_status && { archive_status }) }],
  };
}

/** The same for many objects. */
export async function moveOfObjects(
  verb: 'Archives' | 'Restores',
  what: string,
  objects: {
    readonly type: 'assets' | 'collections' | 'saved_searches' | 'playlists';
    readonly ids: readonly string[];
  },
  { destination_storage_id: to, delete_original = false }: Destination,
  context: Context,
): Promise<Preview> {
  const { type, ids } = objects;
  const [storage, affected] = await Promise.all([
    storageName(to, verb === 'Archives' ? ARCHIVE : HOME, context),
    // Playlists are not in the index.
    type === 'playlists' ? ids.map((id) => ({ id })) : linesOfObjects(type, ids, context),
  ]);
  return { summary: `${verb} ${what} to ${storage}.${after(verb, delete_original)}`, affected };
}

const after = (verb: 'Archives' | 'Restores', deletes: boolean): string =>
  verb === 'Restores' ? ' Retrieval can take hours and may cost money.' : deletes ? REMOVED : STAYS;
