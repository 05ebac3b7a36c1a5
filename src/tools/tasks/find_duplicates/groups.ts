import { identityKey } from '../../../text/compare.ts';
import { groupBy } from '../../run/group_by.ts';
import type { Original } from './originals.ts';

/** Originals that hold the same media. */
export interface Group {
  readonly by: 'checksum' | 'size, name and duration';
  /** The asset created first comes first. */
  readonly originals: readonly Original[];
  /** Bytes that all but one of them take up, at least: the one with the most bytes counts as kept. */
  readonly wasted: number;
  /** Some of them are one file on the storage. */
  readonly sharesFile: boolean;
}

/**
 * Groups originals by checksum, and those without one by size, name and duration: also with originals that have a
 * checksum. The groups that waste most come first.
 */
export function groupsOf(originals: readonly Original[]): Group[] {
  const same = grouped(originals, ({ checksum }) => checksum);
  const alike = grouped(originals, likeness).filter((list) => list.some(({ checksum }) => checksum === undefined));
  return [
    ...same.map((list) => groupOf('checksum', list)),
    ...alike.map((list) => groupOf('size, name and duration', list)),
  ].sort((a, b) => b.wasted - a.wasted);
}

function grouped(originals: readonly Original[], keyOf: (one: Original) => string | undefined): Original[][] {
  const groups = groupBy(originals, keyOf);
  groups.delete(undefined);
  // Versions of one asset are no copies: what an asset holds is its own.
  return [...groups.values()].filter((list) => new Set(list.map(({ asset }) => asset.id)).size > 1);
}

const likeness = ({ size, name, duration }: Original): string | undefined =>
  size && duration !== undefined && name ? `${size} ${duration} ${identityKey(name)}` : undefined;

function groupOf(by: Group['by'], list: readonly Original[]): Group {
  const originals = list.toSorted((a, b) => (a.asset.date_created ?? '').localeCompare(b.asset.date_created ?? ''));
  const all = new Map(originals.flatMap(({ places }) => [...places]));
  const kept = Math.max(...originals.map(({ places }) => bytesIn(places)));
  return {
    by,
    originals,
    wasted: bytesIn(all) - kept,
    sharesFile: all.size < originals.reduce((sum, { places }) => sum + places.size, 0),
  };
}

/**
 * Ids of the assets that can go: of each group with the same checksum all but the oldest. Left out is what the other
 * groups keep, what is alike only, and what shares a file with the one that is kept.
 */
export function copiesIn(groups: readonly Group[]): string[] {
  const sure = groups.filter(({ by, sharesFile }) => by === 'checksum' && !sharesFile);
  const idsOf = (originals: readonly Original[]): string[] => originals.flatMap(({ asset }) => asset.id ?? []);
  const kept = new Set(
    groups.flatMap((group) => idsOf(sure.includes(group) ? group.originals.slice(0, 1) : group.originals)),
  );
  return [...new Set(sure.flatMap(({ originals }) => idsOf(originals.slice(1))))].filter((id) => !kept.has(id));
}

const bytesIn = (places: ReadonlyMap<string, number>): number =>
  [...places.values()].reduce((sum, one) => sum + one, 0);
