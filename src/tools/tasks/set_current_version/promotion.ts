import { setTimeout as sleep } from 'node:timers/promises';
import { formatAge } from '../../../media/units.ts';
import { inQuotes } from '../../../text/quote.ts';
import { sharedKind } from '../../cache.ts';
import { statusOf, ToolError } from '../../errors.ts';
import { filesOf } from '../../library/files.ts';
import { pickVersion, type Versions, versionName, versionsOf } from '../../library/versions.ts';
import type { Version } from '../../operations/version_list.ts';
import { versions as operations } from '../../operations/versions.ts';
import type { Context } from '../../types.ts';

/** A promotion that Iconik was asked for: it runs in the background, without a job to watch. */
interface StartedPromotion {
  readonly asset_id: string;
  readonly source: Pick<Version, 'id' | 'name'>;
  /** Ids of the versions before it. */
  readonly before: readonly string[];
  /** Fingerprints of the files of the source; the promoted copy has the same ones. */
  readonly files: readonly string[];
  /** Epoch milliseconds. */
  readonly at: number;
  /** A call has seen the copy as the current version. */
  readonly isSeen?: boolean;
}

/** What remains to be done to make a version the current one. */
export interface Promotion {
  /** `promote`: Iconik has to be asked. `wait`: it was asked in an earlier call. `done`: the version is current. */
  readonly kind: 'promote' | 'wait' | 'done';
  readonly source: Pick<Version, 'id' | 'name'>;
  readonly before: readonly string[];
  readonly files: readonly string[];
  /** Present for `done`, and for `wait` if the copy exists already. */
  readonly current?: Version;
  /** An earlier call has seen it as the current version: what it holds can be looked at. */
  readonly isSeen?: boolean;
  readonly notes: readonly string[];
}

/** Milliseconds after which a promotion without a result may be requested again. */
const RETRY_AFTER_MS = 10 * 60_000;

/** A day: longer than anybody takes to continue an unfinished call. */
const PROMOTIONS = sharedKind<StartedPromotion>({ name: 'promotions', max: 1_000, ttl: 24 * 3_600_000 });

const keyOf = (asset_id: string, id: string): string => `${asset_id} ${id}`;

/**
 * Plans how the version that `words` name becomes the current one. Nothing is promoted twice: a promotion started in an
 * earlier call is recognised, and so is a current version with the same files. Throws `ToolError`.
 */
export async function planPromotion(context: Context, known: Versions, words: string): Promise<Promotion> {
  const started = startedFor(context, known, words);
  const resumed = started && (await resumePromotion(context, known, started));
  if (resumed) return resumed;
  const source = pickVersion(known, words);
  const before = known.list.map(({ id }) => id);
  const { latest, asset_id } = known;
  if (!latest || source === latest) return { kind: 'done', source, before, files: [], current: source, notes: [] };
  const [own, current] = await Promise.all([
    fingerprintsOf(context, asset_id, source.id),
    fingerprintsOf(context, asset_id, latest.id),
  ]);
  if (own.length > 0 && own.join() === current.join()) {
    const notes = [
      `${latest.name} has the same files as ${source.name} (checksum and size): ${source.name} was promoted before.`,
    ];
    return { kind: 'done', source, before, files: own, current: latest, notes };
  }
  return { kind: 'promote', source, before, files: own, notes: [] };
}

function startedFor(context: Context, { asset_id }: Versions, words: string): StartedPromotion | undefined {
  const name = versionName(words);
  const own = context.cache.values(PROMOTIONS).filter((one) => one.asset_id === asset_id);
  return own.findLast(({ source }) => source.id === words.trim().toLowerCase() || source.name === name);
}

/** How a promotion that was started before continues; undefined if it has to be requested again. */
async function resumePromotion(
  context: Context,
  known: Versions,
  { source, before, files, at, asset_id, isSeen }: StartedPromotion,
): Promise<Promotion | undefined> {
  const added = known.list.filter(({ id }) => !before.includes(id));
  const age = Date.now() - at;
  const waiting = { kind: 'wait' as const, source, before, files };
  const since = `The promotion of ${source.name} was started ${formatAge(age)} ago and is not started again.`;
  if (added.length === 0 && age < RETRY_AFTER_MS) return { ...waiting, notes: [since] };
  const copy = await copyAmong(context, known, added, files);
  if (copy && copy === known.latest) {
    const notes = [`${source.name} was promoted before and is now ${copy.name}.`];
    return { ...waiting, current: copy, ...(isSeen && { isSeen }), notes };
  }
  if (added.length > 0 && age < RETRY_AFTER_MS) {
    const names = added.map(({ name }) => name).join(', ');
    throw new ToolError(
      `Since the promotion of ${source.name} started, ${names} ${added.length === 1 ? 'was' : 'were'} added to ${inQuotes(known.title)}, and ${known.latest?.name} is not the copy of ${source.name}. Nothing was changed. Compare them with compare_versions, then give the id of the one to make current.`,
    );
  }
  context.cache.delete(PROMOTIONS, keyOf(asset_id, source.id));
  return undefined;
}

/** The promoted copy among added versions: active, with all files of the source. */
async function copyAmong(
  context: Context,
  { asset_id }: Versions,
  added: readonly Version[],
  files: readonly string[],
): Promise<Version | undefined> {
  for (const version of added.toReversed()) {
    if (version.status !== undefined && version.status !== 'ACTIVE') continue;
    const present = await fingerprintsOf(context, asset_id, version.id);
    // The copy of a version without files has none either; a version with files is somebody else's.
    if (files.length > 0 ? files.every((one) => present.includes(one)) : present.length === 0) return version;
  }
  return undefined;
}

/** Checksum and size of each file of a version, sorted; names may change with a promotion. */
async function fingerprintsOf(context: Context, asset_id: string, version_id: string): Promise<string[]> {
  const files = await filesOf(context, { asset_id, version_id });
  return files.map(({ checksum = '', size = '' }) => `${checksum} ${size}`).sort();
}

/** Asks Iconik to promote (`PUT …/promote/`). Remembers the request before it is sent, so a repeat never sends it again. */
export async function startPromotion(
  context: Context,
  asset_id: string,
  { source, before, files }: Pick<Promotion, 'source' | 'before' | 'files'>,
): Promise<void> {
  const key = keyOf(asset_id, source.id);
  context.cache.set(PROMOTIONS, key, { asset_id, source, before, files, at: Date.now() });
  try {
    await context.use(operations.tools.promote_version, { asset_id, version_id: source.id });
  } catch (error) {
    // A refused request started nothing; any other failure may have.
    const status = statusOf(error);
    if (status !== undefined && status < 500) context.cache.delete(PROMOTIONS, key);
    throw error;
  }
}

/** Remembers that a promotion has ended: from now on its copy can be looked at. */
export function endPromotion({ cache }: Context, asset_id: string, { id }: Pick<Version, 'id'>): void {
  const started = cache.get(PROMOTIONS, keyOf(asset_id, id));
  if (started) cache.set(PROMOTIONS, keyOf(asset_id, id), { ...started, isSeen: true });
}

/** Milliseconds kept for what follows the wait. */
const RESERVED_MS = 5_000;

/** Waits for the promoted copy and its files; undefined if time runs out first. */
export async function waitForCopy(
  context: Context,
  asset_id: string,
  { before, files }: Pick<Promotion, 'before' | 'files'>,
): Promise<Version | undefined> {
  const reserved = Math.min(RESERVED_MS, context.timeLeft() / 3);
  for (let wait = 250; ; wait = Math.min(2_000, wait * 1.5)) {
    const known = await versionsOf(context, asset_id);
    const added = known.list.filter(({ id }) => !before.includes(id));
    const copy = await copyAmong(context, known, added, files);
    if (copy) return copy;
    if (context.timeLeft() - wait < reserved) return undefined;
    context.progress(0, 1, 'waiting for the promoted version');
    await sleep(wait, undefined, { signal: context.signal });
  }
}
