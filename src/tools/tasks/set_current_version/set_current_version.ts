import * as z from 'zod';
import { task } from '../../define.ts';
import { reasonOf, ToolError } from '../../errors.ts';
import { findAsset } from '../../library/objects.ts';
import { oneAsset } from '../../library/selection.ts';
import { type Versions, versionsOf } from '../../library/versions.ts';
import type { Version } from '../../operations/version_list.ts';
import { versions as operations } from '../../operations/versions.ts';
import { integer, strings, text } from '../../params.ts';
import type { Context } from '../../types.ts';
import { versionLines } from './lines.ts';
import { begin, landed, type Way, wayTo } from './promotion.ts';

interface Plan {
  readonly asset_id: string;
  readonly way: Pick<Way, 'kind' | 'source' | 'before' | 'files'>;
  /** Which go once the other is current. */
  readonly going: readonly Pick<Version, 'id' | 'name'>[];
}

export const set_current_version = task({
  title: 'Set the current version',
  description:
    'Make a version of an asset the current one; with delete_old also delete all others, once Iconik shows that it is current. It first answers a plan: what goes, with its comments. Promoting makes a new version number. A repeat goes on where a call ended. To see what differs use compare_versions.',
  effect: 'delete',
  roles: ['can_read_assets', 'can_read_files', 'can_write_versions', 'can_delete_versions'],
  input: {
    asset: oneAsset,
    version: z.string().min(1).describe('Which: number such as v3, or version id.'),
    delete_old: z.boolean().optional().describe('Then delete all other versions. Default false.'),
  },
  output: { asset: text, current: text, deleted: strings, failed: strings, remaining: integer, notes: strings },
  preview: async ({ asset, version, delete_old = false }, context) => {
    const { id } = await findAsset(context, asset);
    const known = await versionsOf(context, id);
    const way = await wayTo(context, known, version);
    const going = delete_old ? known.list.filter((one) => goes(one, way)) : [];
    const { kind, source, before, files } = way;
    const isThere = way.current !== undefined;
    const plan: Plan = {
      asset_id: id,
      way: { kind, source, before, files },
      going: going.map((one) => ({ id: one.id, name: one.name })),
    };
    const nothing = going.length === 0 && kind !== 'promote';
    return {
      preview: {
        summary: willOf(known.title, way, going),
        affected: nothing ? [] : await versionLines(context, kind === 'wait' ? only(known, before) : known, going),
        // A promotion that was begun may end while one reads this: the plan stays the same, and so does the token.
        notes: [...(kind === 'wait' && going.length > 0 ? [] : way.notes), ...warnings(way, going)],
      },
      plan,
      touches: [id],
      skipConfirm: nothing && (isThere || kind === 'wait'),
    };
  },
  run: async ({ asset: _ }, context, plan: Plan) => {
    const { asset_id, way, going } = plan;
    const known = await versionsOf(context, asset_id);
    if (way.kind === 'promote') {
      const before = known.list.map(({ id }) => id);
      if (before.join() !== way.before.join()) throw new ToolError(CHANGED);
      await begin(context, asset_id, { ...way, notes: [] });
    }
    const copy = way.kind === 'done' ? undefined : await landed(context, asset_id, { ...way, notes: [] });
    if (way.kind !== 'done' && !copy) return notYet(known, plan);
    const now = await versionsOf(context, asset_id);
    // Where nothing has to be promoted, the last one is the one that is meant.
    const current = copy?.id ?? way.before.at(-1);
    if (now.latest?.id !== current) return overtaken(now, plan, copy);
    const outcome = await remove(context, plan, now);
    const after = going.length > 0 ? await versionsOf(context, asset_id) : now;
    return report(after, plan, outcome);
  },
});

const CHANGED = 'The versions have changed since the plan. Nothing was changed: call again for a new plan.';

/** All but the one that is, or becomes, the current one. */
function goes({ id }: Version, { kind, before, current }: Way): boolean {
  if (kind === 'wait') return before.includes(id);
  return id !== current?.id;
}

const only = (known: Versions, ids: readonly string[]): Versions => ({
  ...known,
  list: known.list.filter(({ id }) => ids.includes(id)),
  latest: undefined,
});

function willOf(title: string, { kind, source, current }: Way, going: readonly Version[]): string {
  const all = `${going.length} ${going.length === 1 ? 'version' : 'versions'} (${going.map(({ name }) => name).join(', ')})`;
  const goes = going.length === 1 ? 'goes' : 'go';
  if (kind === 'done') {
    const is = `${current?.name ?? source.name} of "${title}" is the current version already`;
    return going.length === 0 ? `Nothing to do: ${is}.` : `${is}; ${all} ${goes}. This can not be undone.`;
  }
  const how =
    kind === 'wait'
      ? `${source.name} of "${title}" was promoted in a call before`
      : `${source.name} of "${title}" becomes the current version, as a new version with the next number`;
  if (going.length === 0)
    return `${how}; no version is deleted. A promotion can not be undone, only followed by another.`;
  return `${how}; once that is there, ${all} ${goes}, the old entry of ${source.name} included. This can not be undone.`;
}

function warnings({ kind, source }: Way, going: readonly Version[]): string[] {
  if (going.length === 0) return [];
  return [
    'Comments, markers, transcripts and sub-clips belong to a version and go with it.',
    ...(kind === 'done'
      ? []
      : [`Iconik copies ${source.name} to the new version; that all its comments come along is not promised.`]),
  ];
}

interface Outcome {
  readonly deleted: readonly string[];
  readonly failed: readonly string[];
  readonly remaining: number;
}

/**
 * Deletes the versions of the plan one by one. Iconik's own "all but the latest" would take the promoted version along
 * if somebody added another in that moment.
 */
async function remove(context: Context, { asset_id, going }: Plan, now: Versions): Promise<Outcome> {
  const live = going.filter(({ id }) => id !== now.latest?.id && now.list.some((one) => one.id === id));
  const deleted = going.filter((one) => !now.list.some(({ id }) => id === one.id)).map(({ name }) => name);
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

const AGAIN = 'Call again with the same arguments, without confirm: it goes on from here and promotes nothing twice.';

const headOf = ({ title, asset_id }: Versions): string => `"${title}" · ${asset_id}`;
const currently = ({ latest }: Versions): string => (latest ? `${latest.name} (${latest.id})` : 'none');

function notYet(known: Versions, { way, going }: Plan) {
  return {
    asset: headOf(known),
    current: currently(known),
    notes: [
      `The promotion of ${way.source.name} is begun, and Iconik does not show its result yet${going.length > 0 ? ': nothing was deleted' : ''}.`,
      `${AGAIN} Give it some seconds.`,
    ],
  };
}

function overtaken(now: Versions, { way, going }: Plan, copy: Version | undefined) {
  const was = copy ? `${way.source.name} was promoted as ${copy.name}, but` : 'Meanwhile';
  const kept = going.length > 0 ? ' Nothing was deleted.' : '';
  return {
    asset: headOf(now),
    current: currently(now),
    notes: [
      `${was} ${now.latest?.name ?? 'no version'} is the latest now: somebody else added it.${kept} Look with compare_versions, then decide.`,
    ],
  };
}

function report(after: Versions, { way, going }: Plan, { deleted, failed, remaining }: Outcome) {
  const gone = deleted.filter(
    (name) => !after.list.some((one) => one.name === name && going.some(({ id }) => id === one.id)),
  );
  const unseen = deleted.length - gone.length;
  const others = after.list.slice(0, -1).map(({ name }) => name);
  return {
    asset: headOf(after),
    current: currently(after),
    deleted: gone,
    ...(failed.length > 0 && { failed }),
    ...(remaining > 0 && { remaining }),
    notes: [
      way.kind === 'done' && going.length === 0
        ? 'Nothing had to change.'
        : `${way.source.name} is current, as ${after.latest?.name}.`,
      others.length > 0 ? `Versions beside it: ${others.join(', ')}.` : 'It is the only version.',
      ...(unseen > 0 ? [`${unseen} deleted but still listed by Iconik.`] : []),
      ...(failed.length + remaining > 0 ? [`Not all were deleted. ${AGAIN}`] : []),
    ],
  };
}
