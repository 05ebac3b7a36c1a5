import * as z from 'zod';
import { plural } from '../../../text/english.ts';
import { task } from '../../define.ts';
import { reasonOf, ToolError } from '../../errors.ts';
import { namesIn, requestsOf } from '../../library/approvals.ts';
import {
  allLeft,
  allStorages,
  MEDIA_FIELDS,
  ONLINE,
  offlineNote,
  type Skipped,
  skippedNotes,
} from '../../library/archive/media.ts';
import { withFreshState } from '../../library/archive/moves.ts';
import { sizeLine } from '../../library/files.ts';
import { type Left, newestOf, startedOutput, startedReport, startJobs } from '../../library/jobs/start.ts';
import { byCollection } from '../../library/plans/by_collection.ts';
import { rightsFields, rightsNotes } from '../../library/plans/rights.ts';
import { all, type Doc } from '../../library/search.ts';
import { assetsToChange, documentsOf, type Only, oneWay, onlyForFirst } from '../../library/selection.ts';
import { exports } from '../../operations/exports.ts';
import { showing } from '../../run/notes.ts';
import type { Context } from '../../types.ts';
import { deliveredBefore, rememberDelivered } from './delivered.ts';
import { exportNotes } from './exported.ts';
import { egressNote, sameNameNotes } from './leaving.ts';
import { type Location, locationNamed } from './location.ts';
import { type Checked, type Delivery, NOBODY_ASKED, type Ready, readyLine, readyOf } from './ready.ts';

const MAX_LINES = 50;
/** Assets whose approval is read, with two reads each: of more, those that search knows a request for. */
const MAX_ASSETS = 200;

interface Plan {
  readonly ids: readonly string[];
  readonly to: string;
  readonly overwrite: boolean;
  readonly asset_folders: boolean | undefined;
  readonly left: Left;
}

export const deliver_assets = task({
  title: 'Deliver assets',
  description:
    'Deliver or send approved finals and masters to an export location by name (playout, client). Returns a plan first: what goes, how many GB, egress, what stays and why (not approved, archived, proxy only); then a handle for check_jobs.',
  effect: 'create',
  outbound: true,
  idempotent: true,
  roles: ['can_write_exports', 'can_read_export_locations', 'can_read_approval_request', 'can_search'],
  input: {
    ...assetsToChange,
    to: z.string().min(1).describe('Export location: name or id.'),
    unapproved: z.boolean().optional().describe('Also what nobody approved.'),
    overwrite: z.boolean().optional().describe('Deliver again, over files there.'),
    asset_folders: z.boolean().optional().describe('A folder each.'),
  },
  output: startedOutput,
  validate: oneWay,
  preview: async ({ to, unapproved = false, overwrite = false, asset_folders, ...targets }, context) => {
    const storages = await allStorages(context);
    const location = await locationNamed(context, to, storages);
    const only = onlyForFirst(targets, deliverable(location, unapproved));
    const rights = await rightsFields(context);
    const found = await documentsOf(context, targets, [...MEDIA_FIELDS, 'proxies', ...rights.names], only);
    const how = { location, storages, unapproved, overwrite };
    const { ready, skipped, notes } = await sortAssets(context, found.docs, how);
    const requests = ready.slice(0, MAX_LINES).flatMap(({ request }) => request ?? []);
    const [names, earlier] = await Promise.all([namesIn(context, requests), exportNotes(context, ready)]);
    const going = new Set(ready.map(({ id }) => id));
    const leaving = found.docs.filter(({ id = '' }) => going.has(id));
    const plan: Plan = {
      ids: ready.map(({ id }) => id),
      to: location.id,
      overwrite,
      asset_folders,
      left: allLeft(skipped),
    };
    return {
      preview: {
        summary: summaryOf(ready, location),
        affected: ready.slice(0, MAX_LINES).map((one) => readyLine(one, names)),
        notes: [
          ...found.notes,
          ...notes,
          ...(await byCollection(context, leaving, ready)),
          ...rightsNotes(rights, leaving),
          ...(location.takesOriginals ? offlineNote(leaving) : []),
          `The location takes: ${location.takes}.`,
          ...(ready.length > 0 ? egressNote(ready, location, storages) : []),
          ...earlier,
          ...(overwrite ? ['Files of the same name there are replaced.'] : []),
          ...(asset_folders || location.hasAssetFolders ? [] : sameNameNotes(ready)),
          ...skippedNotes(skipped),
          ...(ready.length > MAX_LINES ? [showing(MAX_LINES, ready.length)] : []),
        ],
      },
      plan,
      touches: plan.ids,
      skipConfirm: ready.length === 0,
    };
  },
  run: async ({ selection }, context, plan: Plan) => {
    const started = await startJobs(context, plan.ids, (some) => deliver(context, plan, some));
    rememberDelivered(context, plan.to, started);
    return startedReport(context, started, {
      tool: 'deliver_assets',
      selection,
      nothing: 'Nothing to deliver.',
      left: plan.left,
      progress: 'says when they have arrived',
      type: 'EXPORT',
    });
  },
});

/** What search keeps of assets that can be delivered. */
const deliverable = ({ takesOriginals }: Location, unapproved: boolean): Only => ({
  terms: [
    ...(unapproved ? [] : [{ name: 'approval_status', value_in: ['APPROVED'] }]),
    ...(takesOriginals ? ONLINE.terms : []),
  ],
  not: ['type:SUBCLIP'],
  label: 'those that can be delivered',
});

interface How extends Delivery {
  readonly overwrite: boolean;
}

interface Sorted {
  readonly ready: readonly Ready[];
  readonly skipped: readonly Skipped[];
  readonly notes: readonly string[];
}

/** Sorts assets into those that can be delivered and those that stay, with the reason. */
async function sortAssets(context: Context, docs: readonly Doc[], how: How): Promise<Sorted> {
  const { location, unapproved, overwrite } = how;
  const { asked, notes } = unapproved ? { asked: docs, notes: [] } : await askedAbout(context, docs);
  const [fresh, { list, failed }, before] = await Promise.all([
    withFreshState(context, asked),
    unapproved && asked.length > MAX_ASSETS ? { list: [], failed: [] } : requestsOf(context, asked, true),
    overwrite ? new Set() : deliveredBefore(context, location.id, asked),
  ]);
  const requests = new Map(list.map((one) => [one.id, one]));
  const unread = new Map(failed.map(({ item, error }) => [item.id, error]));
  const known = new Map(fresh.map((doc) => [doc.id, doc]));
  const ready: Ready[] = [];
  const skipped: Skipped[] = [];
  for (const { id = '', title, apart } of docs) {
    const doc = known.get(id);
    const error = unread.get(id);
    const one: Checked = !doc
      ? { reason: NOBODY_ASKED }
      : error && !unapproved
        ? { reason: `its approval could not be read, ${reasonOf(error)}` }
        : readyOf(doc, requests.get(id), how);
    if ('reason' in one) skipped.push({ id, title, apart, reason: one.reason });
    else if (before.has(id)) skipped.push({ id, title, apart, reason: DELIVERED_BEFORE, isThere: true });
    else ready.push(one.ready);
  }
  const open = ready.filter((one) => one.unapproved !== undefined);
  return {
    ready,
    skipped,
    notes: [
      ...notes,
      ...(open.length > 0 ? [`Not approved, but delivered anyway: ${open.length} of ${ready.length}.`] : []),
    ],
  };
}

const DELIVERED_BEFORE = 'it was delivered there within the last hour: overwrite delivers it again';

/** The assets whose approval has to be read: of many, those that search knows a request for. Throws `ToolError` for too many. */
async function askedAbout(context: Context, docs: readonly Doc[]) {
  if (docs.length <= MAX_ASSETS) return { asked: docs, notes: [] };
  const terms = [
    { name: 'id', value_in: docs.flatMap(({ id }) => id ?? []) },
    { name: 'approval_status', value_in: ['REQUESTED', 'MIXED', 'APPROVED', 'NOT_APPROVED'] },
  ];
  const ids = new Set((await all(context, { doc_types: ['assets'], terms }, [])).map(({ id }) => id));
  if (ids.size > MAX_ASSETS)
    throw new ToolError(
      `${ids.size} assets with requests for approval are too many for one call: at most ${MAX_ASSETS}. Use first, or fewer assets.`,
    );
  return {
    asked: docs.filter(({ id }) => ids.has(id)),
    notes: ['Among so many, an approval of the last seconds may be missing: search is late.'],
  };
}

function summaryOf(ready: readonly Ready[], { label, takesOriginals }: Location): string {
  if (ready.length === 0) return 'Nothing to deliver.';
  const bytes = ready.reduce((sum, one) => sum + one.bytes, 0);
  const what = takesOriginals ? `, originals of ${sizeLine(bytes)},` : '';
  return `Delivers ${plural(ready.length, 'asset')}${what} to ${label}. What has arrived there cannot be called back.`;
}

/**
 * Starts one delivery (`POST /files/v2/assets/export_locations/{id}/bulk/export/`; of systems without it, `POST
 * /files/v1/export_locations/{id}/bulk_export/`). What is taken is set up at the location.
 */
function deliver(context: Context, { to, overwrite, asset_folders }: Plan, some: readonly string[]) {
  const { create_export_v2, create_export } = exports.tools;
  const how = {
    ...(overwrite && { overwrite }),
    ...(asset_folders !== undefined && { export_to_asset_folder: asset_folders }),
  };
  return newestOf(
    () => context.use(create_export_v2, { export_location_id: to, objects: some.map((id) => ({ id, ...how })) }),
    () => context.use(create_export, { export_location_id: to, object_type: 'assets', object_ids: [...some], ...how }),
  );
}
