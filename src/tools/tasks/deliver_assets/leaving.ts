import { formatBytes } from '../../../media/units.ts';
import { inQuotes } from '../../../text/quote.ts';
import { byStorage, type Storages } from '../../library/archive/media.ts';
import { titlesOf } from '../../library/plans/titles.ts';
import { groupBy } from '../../run/group_by.ts';
import type { Location } from './location.ts';
import type { Ready } from './ready.ts';

/** Storages of the cloud, where reading costs. */
const CLOUD = ['S3', 'GCS', 'B2', 'AZURE'];
/** Names of files that a note lists. */
const MAX_NAMES = 5;

/** `From: …` and `Egress: up to 35.9 GB …`: what is read from a cloud storage other than that of the location. */
export function egressNote(ready: readonly Ready[], to: Location, all: Storages): string[] {
  const taken = ready.filter(({ on }) => on.size > 0);
  const proxies = to.takesProxies ? ['Proxies go too; their size is not known.'] : [];
  if (taken.length === 0) return proxies;
  const isPaid = (id: string): boolean => id !== to.storage_id && CLOUD.includes(all.get(id)?.method ?? '');
  const paid = taken.flatMap(({ on }) => {
    const sizes = [...on].filter(([id]) => isPaid(id)).map(([, bytes]) => bytes);
    return sizes.length > 0 ? [Math.max(...sizes)] : [];
  });
  const bytes = paid.reduce((sum, one) => sum + one, 0);
  const copies = taken.some(({ on }) => on.size > 1) ? ' Of several copies, Iconik takes one.' : '';
  return [
    `From: ${byStorage(taken, all)}.${copies}`,
    paid.length > 0
      ? `Egress: ${copies ? 'up to ' : ''}${formatBytes(bytes)} leave cloud storage, which can cost money.`
      : 'Egress: none. No original leaves a cloud storage for another.',
    ...proxies,
  ];
}

/** Assets whose files have one name: they would meet in the folder of the location. */
export function sameNameNotes(ready: readonly Ready[]): string[] {
  const named = ready.flatMap((one) => one.files.map((name) => ({ name: name.toLowerCase(), one })));
  const twice = [...groupBy(named, ({ name }) => name)].filter(([, some]) => some.length > 1);
  return twice
    .slice(0, MAX_NAMES)
    .map(
      ([name, some]) =>
        `${some.length} files are called ${inQuotes(name)}, of ${titlesOf(some.map(({ one }) => one))}: asset_folders keeps them apart.`,
    )
    .concat(twice.length > MAX_NAMES ? [`${twice.length - MAX_NAMES} more names are there twice.`] : []);
}
