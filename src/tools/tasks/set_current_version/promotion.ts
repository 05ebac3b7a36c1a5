import { setTimeout as sleep } from 'node:timers/promises';
import { formatAge } from '../../../media/units.ts';
import type { CacheKind } from '../../cache.ts';
import { statusOf, ToolError } from '../../errors.ts';
import { filesOf } from '../../library/files.ts';
import { pickVersion, type Versions, versionName, versionsOf } from '../../library/versions.ts';
import type { Version } from '../../operations/version_list.ts';
import { versions as operations } from '../../operations/versions.ts';
import type { Context } from '../../types.ts';

/** A promotion that was asked of Iconik: it works in the background and names no job. */
interface Begun {
  readonly asset_id: string;
  readonly source: Pick<Version, 'id' | 'name'>;
  /** Ids of the versions that there were. */
  readonly before: readonly string[];
  /** What the files of the source are; its copy has to have them, too. */
  readonly files: readonly string[];
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What has to be done to make a version the current one. */
export interface Way {
  /** `promote`: ask Iconik. `wait`: it was asked before. `done`: it is current. */
  readonly kind: 'promote' | 'wait' | 'done';
  readonly source: Pick<Version, 'id' | 'name'>;
  readonly before: readonly string[];
  readonly files: readonly string[];
  /** Of `done`, and of `wait` where it is there already. */
  readonly current?: Version;
  readonly notes: readonly string[];
}

/** So long a promotion that shows no result is waited for, in milliseconds, before it may be asked for anew. */
const PATIENCE = 10 * 60_000;

/** A day: longer than anybody continues a call that ended early. */
const PROMOTIONS: CacheKind<Begun> = { name: 'promotions', max: 1_000, ttl: 24 * 3_600_000 };

const keyOf = (asset_id: string, id: string): string => `${asset_id} ${id}`;

/**
 * How the version that `words` mean becomes the current one, without promoting anything twice: what was begun in a
 * call before is recognised, and so is a current version that holds the same files. Throws `ToolError`.
 */
export async function wayTo(context: Context, known: Versions, words: string): Promise<Way> {
  const begun = begunFor(context, known, words);
  const way = begun && (await wayOn(context, known, begun));
  if (way) return way;
  const source = pickVersion(known, words);
  const before = known.list.map(({ id }) => id);
  const { latest, asset_id } = known;
  if (!latest || source === latest) return { kind: 'done', source, before, files: [], current: source, notes: [] };
  const [own, current] = await Promise.all([
    printOf(context, asset_id, source.id),
    printOf(context, asset_id, latest.id),
  ]);
  if (own.length > 0 && same(own, current)) {
    const notes = [
      `The files of ${latest.name} are those of ${source.name} (checksum and size): it was promoted before.`,
    ];
    return { kind: 'done', source, before, files: own, current: latest, notes };
  }
  return { kind: 'promote', source, before, files: own, notes: [] };
}

function begunFor(context: Context, { asset_id }: Versions, words: string): Begun | undefined {
  const name = versionName(words);
  const own = context.cache.values(PROMOTIONS).filter((one) => one.asset_id === asset_id);
  return own.findLast(({ source }) => source.id === words.trim().toLowerCase() || source.name === name);
}

/** How a promotion goes on that was begun before; undefined where it is no longer what is current. */
async function wayOn(context: Context, known: Versions, begun: Begun): Promise<Way | undefined> {
  const { source, before, files, at, asset_id } = begun;
  const fresh = known.list.filter(({ id }) => !before.includes(id));
  const age = Date.now() - at;
  const way = { kind: 'wait' as const, source, before, files };
  const since = `The promotion of ${source.name} was begun ${formatAge(age)} ago, and is not begun again.`;
  if (fresh.length === 0 && age < PATIENCE) return { ...way, notes: [since] };
  const copy = await copyAmong(context, known, fresh, files);
  if (copy && copy === known.latest) {
    const notes = [`${source.name} was promoted before and is ${copy.name} now.`];
    return { ...way, current: copy, notes };
  }
  if (fresh.length > 0 && age < PATIENCE) {
    const names = fresh.map(({ name }) => name).join(', ');
    throw new ToolError(
      `Since ${source.name} began to be promoted, ${names} came to "${known.title}", and ${known.latest?.name} is not the copy of ${source.name}. Nothing was changed. Look at them with compare_versions, then name the one to be current by its id.`,
    );
  }
  context.cache.delete(PROMOTIONS, keyOf(asset_id, source.id));
  return undefined;
}

/** Of new versions the one that has become what was asked for: active, with all files of the source. */
async function copyAmong(
  context: Context,
  { asset_id }: Versions,
  fresh: readonly Version[],
  files: readonly string[],
): Promise<Version | undefined> {
  for (const version of fresh.toReversed()) {
    if (version.status !== undefined && version.status !== 'ACTIVE') continue;
    const now = await printOf(context, asset_id, version.id);
    // Of a version without files the copy has none either; one with files is somebody else's.
    if (files.length > 0 ? files.every((one) => now.includes(one)) : now.length === 0) return version;
  }
  return undefined;
}

/** What the files of a version are, whatever they are called: checksum and size. */
async function printOf(context: Context, asset_id: string, version_id: string): Promise<string[]> {
  const files = await filesOf(context, { asset_id, version_id });
  return files.map(({ checksum = '', size = '' }) => `${checksum} ${size}`).sort();
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

/** Asks Iconik to promote (`PUT …/promote/`). It is written down before it is sent, so that no repeat sends it again. */
export async function begin(context: Context, asset_id: string, { source, before, files }: Way): Promise<void> {
  const key = keyOf(asset_id, source.id);
  context.cache.set(PROMOTIONS, key, { asset_id, source, before, files, at: Date.now() });
  try {
    await context.use(operations.tools.promote_version, { asset_id, version_id: source.id });
  } catch (error) {
    // Refused: it was not begun. All else may have been.
    const status = statusOf(error);
    if (status !== undefined && status < 500) context.cache.delete(PROMOTIONS, key);
    throw error;
  }
}

/** Time that is kept for what comes after the waiting, in milliseconds. */
const RESERVE = 5_000;

/** Waits until the promoted copy is there, with its files; undefined where the time is over before. */
export async function landed(context: Context, asset_id: string, { before, files }: Way): Promise<Version | undefined> {
  const floor = Math.min(RESERVE, context.timeLeft() / 3);
  for (let wait = 250; ; wait = Math.min(2_000, wait * 1.5)) {
    const known = await versionsOf(context, asset_id);
    const fresh = known.list.filter(({ id }) => !before.includes(id));
    const copy = await copyAmong(context, known, fresh, files);
    if (copy) return copy;
    if (context.timeLeft() - wait < floor) return undefined;
    context.progress(0, 1, 'waiting for the promoted version');
    await sleep(wait, undefined, { signal: context.signal });
  }
}
