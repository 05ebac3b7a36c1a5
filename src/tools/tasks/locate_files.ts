import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { countFittingLines } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { type Copies, type Copy, copiesOf, sizeLine } from '../library/files.ts';
import { findAsset } from '../library/objects.ts';
import { oneAsset, oneVersion } from '../library/selection.ts';
import { pickVersion, versionsOf } from '../library/versions.ts';
import { integer, strings, text } from '../params.ts';
import { createReport } from '../run/report.ts';

const MAX_LINES = 40;
const MAX_TOKENS = 7_000;

export const locate_files = task({
  title: 'Locate files',
  description:
    'Show where the original of an asset and every copy of it are: format, storage, path or s3:// address, online, archived or missing, size and checksum. For download links use get_asset_files.',
  effect: 'read',
  roles: ['can_read_assets', 'can_read_formats', 'can_read_files', 'can_read_storages'],
  input: {
    asset: oneAsset,
    version: oneVersion,
    after: z.int().min(0).optional().describe('Lines to skip.'),
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
    const versions = await versionsOf(context, id);
    if (!versions.latest)
      return { asset: `"${versions.title}" · ${id}`, total: 0, shown: 0, copies: [], notes: [NO_VERSION] };
    const chosen = pickVersion(versions, version);
    const report = createReport(context);
    const found = await copiesOf(context, report, { asset_id: id, version_id: chosen.id });
    const { copies } = found;
    const page = copies.slice(after, after + MAX_LINES).map(copyLine);
    const lines = page.slice(0, countFittingLines(page, 0, MAX_TOKENS));
    const remaining = copies.length - after - lines.length;
    if (remaining > 0) report.note(`${remaining} more: call again with after: ${after + lines.length}.`);
    const older = versions.list.length - 1;
    if (older > 0 && version === 'current')
      report.note(`Files of ${plural(older, 'older version')} are not listed: give version.`);
    return {
      asset: `"${versions.title}" · ${id}`,
      version: `${chosen.name}${chosen === versions.latest ? ', current' : ''}`,
      original: originalState(found),
      total: copies.length,
      shown: lines.length,
      copies: lines,
      ...(report.notes.length > 0 && { notes: [...report.notes] }),
    };
  },
});

const NO_VERSION = 'The asset has no version and therefore no files.';

/** Whether one can work with the original now. */
function originalState({ copies, isComplete }: Copies): string {
  const originals = copies.filter(({ format }) => format === 'ORIGINAL');
  const states = originals.map(({ state }) => state);
  if (states.includes('online')) return 'online';
  const archived = states.find((state) => state.startsWith('archived'));
  if (archived) return 'archived: restore it before use';
  if (states.length > 0) return [...new Set(states)].join('; ');
  return isComplete ? 'none: there is no original file' : 'not known';
}

/** Iconik's word for a file that is all there; any other says what is not. */
const COMPLETE = 'CLOSED';

/** `ORIGINAL · Harbour originals (S3) · "s3://bucket/key" · online · 35.9 GB (35880019910 bytes) · checksum …`. */
function copyLine({ format, storage, place, state, size, checksum, status }: Copy): string {
  return [
    format,
    storage,
    `"${place}"`,
    state,
    sizeLine(size),
    checksum ? `checksum ${checksum}` : 'no checksum',
    status === COMPLETE ? '' : status,
  ]
    .filter(Boolean)
    .join(' · ');
}
