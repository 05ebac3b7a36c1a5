import * as z from 'zod';
import { countFittingLines } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { type Copy, copiesOf, isUnread, sizeLine } from '../library/files.ts';
import { findAsset } from '../library/objects.ts';
import { oneAsset, oneVersion } from '../library/selection.ts';
import { pickVersion, versionsOf } from '../library/versions.ts';
import { integer, strings, text } from '../params.ts';

/** Lines of one answer, and their tokens. */
const SHOWN = 40;
const TOKENS = 7_000;

export const locate_files = task({
  title: 'Locate files',
  description:
    'Where the original of an asset and every copy of it are: a line each with format, storage, path or s3:// address, online, archived or missing, size and checksum. No links to download: use get_asset_files. For all else about the asset use show_asset.',
  effect: 'read',
  roles: ['can_read_assets', 'can_read_formats', 'can_read_files', 'can_read_storages'],
  input: {
    asset: oneAsset,
    version: oneVersion,
    after: z.int().min(0).optional().describe('Skip so many lines, to see the rest. Default 0.'),
  },
  output: {
    asset: text,
    version: text,
    original: text,
    total: integer,
    shown: integer,
    copies: strings,
    notes: strings,
  },
  run: async ({ asset, version = 'current', after = 0 }, context) => {
    const { id } = await findAsset(context, asset);
    const known = await versionsOf(context, id);
    const notes: string[] = [];
    if (!known.latest)
      return { asset: `"${known.title}" · ${id}`, total: 0, shown: 0, copies: [], notes: [NO_VERSION] };
    const chosen = pickVersion(known, version);
    const copies = await copiesOf(context, { asset_id: id, version_id: chosen.id }, notes);
    const all = copies.slice(after, after + SHOWN).map(line);
    const lines = all.slice(0, countFittingLines(all, 0, TOKENS));
    const remaining = copies.length - after - lines.length;
    if (remaining > 0) notes.push(`${remaining} more: call again with after: ${after + lines.length}.`);
    const old = known.list.length - 1;
    if (old > 0 && version === 'current')
      notes.push(
        `${old} older ${old === 1 ? 'version has' : 'versions have'} files of their own: name one with version.`,
      );
    return {
      asset: `"${known.title}" · ${id}`,
      version: `${chosen.name}${chosen === known.latest ? ', current' : ''}`,
      original: verdict(copies, notes),
      total: copies.length,
      shown: lines.length,
      copies: lines,
      ...(notes.length > 0 && { notes }),
    };
  },
});

const NO_VERSION = 'The asset has no version, and so no files.';

/** In a word what people ask: can one work with the original now. */
function verdict(copies: readonly Copy[], notes: readonly string[]): string {
  const originals = copies.filter(({ format }) => format === 'ORIGINAL');
  const states = originals.map(({ state }) => state);
  if (states.includes('online')) return 'online';
  const archived = states.find((state) => state.startsWith('archived'));
  if (archived) return 'archived: restore it before use';
  if (states.length > 0) return [...new Set(states)].join('; ');
  return isUnread(notes) ? 'not known' : 'none: no file of an original';
}

function line({ format, storage, place, state, size, checksum, status }: Copy): string {
  return [
    format,
    storage,
    `"${place}"`,
    state,
    sizeLine(size),
    checksum ? `checksum ${checksum}` : 'no checksum',
    status,
  ]
    .filter(Boolean)
    .join(' · ');
}
