import * as z from 'zod';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { task } from '../../define.ts';
import { reasonOf, ToolError } from '../../errors.ts';
import { findAsset } from '../../library/objects.ts';
import { oneAsset } from '../../library/selection.ts';
import { type Versions, versionsOf } from '../../library/versions.ts';
import type { Version } from '../../operations/version_list.ts';
import { versions as operations } from '../../operations/versions.ts';
import { integer, strings, text } from '../../params.ts';
import type { Context } from '../../types.ts';
import { type VersionLines, versionLines } from './lines.ts';
import { endPromotion, type Promotion, planPromotion, startPromotion, waitForCopy } from './promotion.ts';

interface Plan {
  readonly asset_id: string;
  readonly promotion: Pick<Promotion, 'kind' | 'source' | 'before' | 'files'>;
  /** Versions to delete after the promotion. */
  readonly toDelete: readonly Pick<Version, 'id' | 'name'>[];
  /** The current version, where nothing has to be promoted. */
  readonly current_id?: string;
}

export const set_current_version = task({
  title: 'Set the current version',
  description:
    'Promote a version of an asset to make it the current one; with delete_old then delete all other versions, once Iconik shows it as current. Returns a plan first. To see what differs use compare_versions.',
  effect: 'delete',
  roles: ['can_read_assets', 'can_read_files', 'can_write_versions', 'can_delete_versions'],
  input: {
    asset: oneAsset,
    version: z.string().min(1).describe('The one to make current, e.g. v3.'),
    delete_old: z.boolean().optional().describe('Then delete all other versions.'),
  },
  output: { asset: text, current: text, deleted: strings, failed: strings, remaining: integer, notes: strings },
  preview: async ({ asset, version, delete_old = false }, context) => {
    const { id } = await findAsset(context, asset);
    const known = await versionsOf(context, id);
    const promotion = await planPromotion(context, known, version);
    const { kind, source, before, files, current } = promotion;
    const toDelete = delete_old ? known.list.filter((one) => isOld(one, promotion)) : [];
    const plan: Plan = {
      asset_id: id,
      promotion: { kind, source, before, files },
      toDelete: toDelete.map((one) => ({ id: one.id, name: one.name })),
      ...(kind === 'done' && current && { current_id: current.id }),
    };
    const changesNothing = toDelete.length === 0 && kind !== 'promote';
    const shown = kind === 'wait' ? only(known, before) : known;
    const { lines, approval, comments }: VersionLines = changesNothing
      ? { lines: [] }
      : await versionLines(context, shown, toDelete);
    return {
      preview: {
        summary: summaryOf(known.title, promotion, toDelete),
        affected: lines,
        // A started promotion may finish while a person reads the plan: its notes would change, and invalidate the token.
        notes: [
          ...(kind === 'wait' && toDelete.length > 0 ? [] : promotion.notes),
          ...(toDelete.length > 0 ? warnings(promotion, newerThan(source, known, toDelete), comments) : []),
          ...(approval && kind === 'promote'
            ? [`${approval}. The copy that becomes current is not: request approval again.`]
            : []),
        ],
      },
      plan,
      touches: [id],
      skipConfirm: changesNothing && (current !== undefined || kind === 'wait'),
    };
  },
  run: async (_, context, plan: Plan) => {
    const { asset_id, promotion, toDelete } = plan;
    const known = await versionsOf(context, asset_id);
    if (promotion.kind === 'promote') {
      if (known.list.map(({ id }) => id).join() !== promotion.before.join()) throw new ToolError(CHANGED);
      await startPromotion(context, asset_id, promotion);
    }
    const copy = promotion.kind === 'done' ? undefined : await waitForCopy(context, asset_id, promotion);
    if (promotion.kind !== 'done' && !copy) return reportUnfinished(known, plan);
    const now = await versionsOf(context, asset_id);
    const expected = copy?.id ?? plan.current_id;
    if (now.latest?.id !== expected) return reportOvertaken(now, plan, copy);
    if (copy) endPromotion(context, asset_id, promotion.source);
    const deletion = await deleteVersions(context, plan, now);
    const after = toDelete.length > 0 ? await versionsOf(context, asset_id) : now;
    return report(after, plan, deletion);
  },
});

const CHANGED = 'The versions have changed since the plan. Nothing was changed. Call again for a new plan.';

/** Whether a version is neither the current one nor becomes it. */
function isOld({ id }: Version, { kind, before, current }: Promotion): boolean {
  return kind === 'wait' ? before.includes(id) : id !== current?.id;
}

const only = (known: Versions, ids: readonly string[]): Versions => ({
  ...known,
  list: known.list.filter(({ id }) => ids.includes(id)),
  latest: undefined,
});

function summaryOf(title: string, { kind, source, current }: Promotion, toDelete: readonly Version[]): string {
  const deletes = `${plural(toDelete.length, 'version')} (${toDelete.map(({ name }) => name).join(', ')})`;
  if (kind === 'done') {
    const isCurrent = `${current?.name ?? source.name} of ${inQuotes(title)} is already the current version.`;
    return toDelete.length === 0
      ? `Nothing to do: ${isCurrent}`
      : `${isCurrent} Deletes ${deletes}. This cannot be undone.`;
  }
  const promotes =
    kind === 'wait'
      ? `${source.name} of ${inQuotes(title)} was promoted in an earlier call.`
      : `Makes ${source.name} of ${inQuotes(title)} the current version: Iconik copies it to a new version with the next number.`;
  return toDelete.length === 0
    ? `${promotes} No version is deleted. A promotion cannot be undone, only followed by another.`
    : `${promotes} Then deletes ${deletes}, including the old ${source.name}. This cannot be undone.`;
}

/** The versions to delete that are newer than the one that becomes current. */
function newerThan(source: Pick<Version, 'id'>, { list }: Versions, toDelete: readonly Version[]): string[] {
  const later = list.slice(list.findIndex(({ id }) => id === source.id) + 1).map(({ id }) => id);
  return toDelete.filter(({ id }) => later.includes(id)).map(({ name }) => name);
}

const warnings = (
  { kind, source, current, isSeen }: Promotion,
  newer: readonly string[],
  comments: VersionLines['comments'],
): string[] => [
  ...(kind === 'promote' && newer.length > 0
    ? [
        `Newer than ${source.name}, and deleted too: ${newer.join(', ')}. To keep a version, leave out delete_old and delete the others with delete_version.`,
      ]
    : []),
  'Comments, markers, transcripts and sub-clips belong to a version and are deleted with it.',
  ...(comments && current && current.id !== source.id && (kind === 'done' || isSeen)
    ? [`Comments of ${source.name}: ${comments(source.id)}; of ${current.name}: ${comments(current.id)}.`]
    : []),
  ...(kind === 'done' || isSeen
    ? []
    : [`Iconik copies ${source.name} to the new version, but does not promise to copy all its comments.`]),
];

interface Deletion {
  readonly deleted: readonly string[];
  readonly failed: readonly string[];
  readonly remaining: number;
}

/**
 * Deletes the versions of the plan one by one. Iconik's "all but the latest" would also delete the promoted version if
 * someone adds another one at that moment.
 */
async function deleteVersions(context: Context, { asset_id, toDelete }: Plan, now: Versions): Promise<Deletion> {
  const live = toDelete.filter(({ id }) => id !== now.latest?.id && now.list.some((one) => one.id === id));
  const deleted = toDelete.filter((one) => !now.list.some(({ id }) => id === one.id)).map(({ name }) => name);
  const failed: string[] = [];
  let remaining = live.length;
  for (const { id, name } of live) {
    if (context.timeLeft() <= 0) break;
    remaining -= 1;
    try {
      await context.use(operations.tools.delete_version, { asset_id, version_id: id });
      deleted.push(name);
    } catch (error) {
      if (context.signal.aborted) throw error;
      failed.push(`${name} (${id}): ${reasonOf(error)}`);
    }
    context.progress(live.length - remaining, live.length, 'deleting');
  }
  return { deleted, failed, remaining };
}

const AGAIN = 'with the same arguments, without confirm: it continues from here and promotes nothing twice.';

const assetLabel = ({ title, asset_id }: Versions): string => `${inQuotes(title)} · ${asset_id}`;
const currentLabel = ({ latest }: Versions): string => (latest ? `${latest.name} (${latest.id})` : 'none');

function reportUnfinished(known: Versions, { promotion, toDelete }: Plan) {
  const deleted = toDelete.length > 0 ? ' Nothing was deleted.' : '';
  return {
    asset: assetLabel(known),
    current: currentLabel(known),
    notes: [
      `${promotion.source.name} is being promoted; Iconik does not show the result yet.${deleted}`,
      `Call again in a few seconds ${AGAIN}`,
    ],
  };
}

function reportOvertaken(now: Versions, { promotion, toDelete }: Plan, copy: Version | undefined) {
  const promoted = copy ? `${promotion.source.name} was promoted as ${copy.name}, but ` : '';
  const deleted = toDelete.length > 0 ? ' Nothing was deleted.' : '';
  return {
    asset: assetLabel(now),
    current: currentLabel(now),
    notes: [
      `${promoted}${now.latest?.name ?? 'no version'} is now the current version: someone else added it.${deleted} Compare them with compare_versions, then decide.`,
    ],
  };
}

function report(after: Versions, { promotion, toDelete }: Plan, { deleted, failed, remaining }: Deletion) {
  const isListed = (name: string): boolean =>
    after.list.some((one) => one.name === name && toDelete.some(({ id }) => id === one.id));
  const gone = deleted.filter((name) => !isListed(name));
  const stillListed = deleted.length - gone.length;
  const others = after.list.filter((one) => one !== after.latest).map(({ name }) => name);
  return {
    asset: assetLabel(after),
    current: currentLabel(after),
    deleted: gone,
    ...(failed.length > 0 && { failed }),
    ...(remaining > 0 && { remaining }),
    notes: [
      promotion.kind === 'done' && toDelete.length === 0
        ? 'Nothing to change.'
        : `${promotion.source.name} is the current version, as ${after.latest?.name}.`,
      others.length > 0 ? `Other versions: ${others.join(', ')}.` : 'It is the only version.',
      ...(stillListed > 0 ? [`${stillListed} deleted, but Iconik still lists them.`] : []),
      ...(failed.length + remaining > 0 ? [`Not all were deleted. Call again ${AGAIN}`] : []),
    ],
  };
}
