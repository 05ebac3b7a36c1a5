import type { Row, Store } from '../types.ts';
import { rowsOf } from '../values.ts';
import type { VERSIONED } from './common.ts';

/** A version of an asset, by ids. */
export interface VersionOfAsset {
  readonly asset: unknown;
  readonly version: unknown;
}

export const setVersions = (store: Store, asset: Row, versions: readonly Row[]): Row =>
  store.assets.update(String(asset.id), { versions });

const isNumbered = (asset: Row): boolean => rowsOf(asset.versions).some(({ version_number: number }) => number != null);

/** The number of the next version; undefined for an asset whose versions have none. */
export function nextNumber(asset: Row): number | undefined {
  if (!isNumbered(asset)) return undefined;
  return Math.max(0, ...rowsOf(asset.versions).map((version) => Number(version.version_number) || 0)) + 1;
}

/** Adds a version. Versions are listed oldest first, those without numbers newest first. */
export function addVersion(store: Store, asset: Row, version: Row): void {
  const versions = rowsOf(asset.versions);
  setVersions(store, asset, isNumbered(asset) ? [...versions, version] : [version, ...versions]);
}

/** Copies parts of one version to another, with new ids. */
export function copyParts(
  store: Store,
  from: VersionOfAsset,
  to: VersionOfAsset,
  tables: readonly (typeof VERSIONED)[number][],
  keep: (row: Row) => boolean = () => true,
): void {
  const newIds = new Map<unknown, string>();
  const renew = (id: unknown): unknown => newIds.get(id) ?? id;
  for (const name of tables) {
    const parts = store[name]
      .where('asset_id', from.asset)
      .filter((row) => row.version_id === from.version && keep(row));
    for (const part of parts) newIds.set(part.id, store.newId());
    for (const part of parts) {
      const copy = { ...structuredClone(part), id: renew(part.id), asset_id: to.asset, version_id: to.version };
      const links = ['format_id', 'file_set_id', 'proxy_id', 'parent_id'].filter((link) => link in part);
      store[name].insert({ ...copy, ...Object.fromEntries(links.map((link) => [link, renew(part[link])])) });
    }
  }
}
