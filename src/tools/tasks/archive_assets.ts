import * as z from 'zod';
import { formatBytes } from '../../media/units.ts';
import { plural } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { task } from '../define.ts';
import {
  allLeft,
  allStorages,
  byStorage,
  MEDIA_FIELDS,
  ONLINE,
  type Original,
  offlineNote,
  originalLines,
  skippedNotes,
  sortOriginals,
  storageLabel,
  storageNamed,
} from '../library/archive/media.ts';
import { type Moves, startMoves, withFreshState } from '../library/archive/moves.ts';
import { sizeLine } from '../library/files.ts';
import { ageOf, causeOf } from '../library/jobs/groups.ts';
import { FAILED, type Job, listJobs } from '../library/jobs/list.ts';
import { startedOutput, startedReport } from '../library/jobs/start.ts';
import { byCollection } from '../library/plans/by_collection.ts';
import { LEAVE_OUT, namedOrKept } from '../library/plans/left_out.ts';
import { titleOf } from '../library/plans/titles.ts';
import type { Doc } from '../library/search.ts';
import { assetsToChange, documentsOf, oneWay, onlyForFirst } from '../library/selection.ts';
import { sharedNow } from '../library/shares/shares.ts';
import { countSubclips, subclipsOf } from '../library/subclips.ts';
import { showing } from '../run/notes.ts';
import { createReport } from '../run/report.ts';
import type { Context } from '../types.ts';

const MAX_LINES = 50;

export const archive_assets = task({
  title: 'Archive assets',
  description:
    'Archive the originals of many assets to cold storage, which frees space; proxies stay. Returns a plan first: TB, from where to where, what uses them, what is shared. Then a handle for check_jobs. Back: restore_media.',
  effect: 'update',
  outbound: true,
  idempotent: true,
  roles: ['can_archive_formats', 'can_search', 'can_read_storages'],
  input: {
    ...assetsToChange,
    to: z.string().min(1).optional().describe('Archive storage: name or id. Default: that of the library.'),
    keep_online: z.boolean().optional().describe('Copy: the media stays where it is, too.'),
  },
  output: startedOutput,
  validate: oneWay,
  preview: async ({ to, keep_online = false, ...targets }, context) => {
    const only = onlyForFirst(targets, ONLINE);
    const [found, storages] = await Promise.all([
      documentsOf(context, targets, MEDIA_FIELDS, only),
      allStorages(context),
    ]);
    const docs = await withFreshState(context, found.docs);
    const target = to === undefined ? undefined : storageNamed(storages, to, 'ARCHIVE');
    const { originals, skipped, bytes } = sortOriginals(docs, storages, false);
    const moving = new Set(originals.map(({ id }) => id));
    const leaving = docs.filter(({ id }) => id && moving.has(id));
    const usage = await usageNotes(context, leaving);
    const plan: Moves = { ids: [...moving], to: target?.id, removes: !keep_online, left: allLeft(skipped) };
    const place = target?.id ? storageLabel(storages, target.id) : "the library's archive storage";
    const after = keep_online
      ? 'They also stay where they are. That frees nothing.'
      : `They leave their present storage, which frees ${freedLine(originals)}, and are offline until they are restored.`;
    return {
      preview: {
        summary:
          originals.length === 0
            ? 'Nothing to archive.'
            : `Archives the originals of ${plural(originals.length, 'asset')}, ${sizeLine(bytes)}, to ${place}. ${after} Restoring can take hours and cost money.`,
        affected: originalLines(originals, MAX_LINES),
        notes: [
          ...found.notes,
          ...(originals.length > 0
            ? [
                `From: ${byStorage(originals, storages)}. Reading from a cloud storage can cost egress. Sizes are of one copy of the original of the current version.`,
              ]
            : []),
          ...offlineNote(leaving),
          ...(await byCollection(context, docs, originals)),
          ...usage,
          ...skippedNotes(skipped),
          ...(originals.length > MAX_LINES ? [showing(MAX_LINES, originals.length)] : []),
        ],
      },
      plan,
      touches: plan.ids,
      skipConfirm: originals.length === 0,
    };
  },
  run: async ({ selection }, context, plan: Moves) =>
    startedReport(context, await startMoves(context, plan, false), {
      tool: 'archive_assets',
      selection,
      left: plan.left,
      nothing: 'Nothing to archive.',
      progress: 'says how far it is',
      type: 'ARCHIVE',
    }),
});

/** `51.7 GB`, or from one copy to all of them where there are several: Iconik does not say whether the others go, too. */
function freedLine(originals: readonly Original[]): string {
  const one = originals.reduce((sum, { bytes }) => sum + bytes, 0);
  const all = originals.reduce((sum, { on }) => sum + [...on.values()].reduce((size, copy) => size + copy, 0), 0);
  return all > one
    ? `${formatBytes(one)} to ${formatBytes(all)} (there are second copies, and Iconik does not say whether they go, too)`
    : formatBytes(one);
}

/** What else holds or shows these assets: collections, sub-clips, open shares. */
async function usageNotes(context: Context, docs: readonly Doc[]): Promise<string[]> {
  if (docs.length === 0) return [];
  const report = createReport(context);
  const ids = docs.flatMap(({ id }) => id ?? []);
  const [subclips, shared, failures] = await Promise.all([
    report.part('Sub-clips made of them', subclipsOf(context, ids)),
    report.part('Shares', sharedNow(context)),
    report.part('Earlier jobs', failedBefore(context, docs)),
  ]);
  const open = docs.filter(({ id, ancestor_collections = [] }) =>
    [id, ...ancestor_collections].some((one) => one && shared?.ids.has(one)),
  );
  const several = docs.filter(({ in_collections = [] }) => in_collections.length > 1);
  const which = (some: readonly Doc[], description: string): string =>
    `${some.length}: ${namedOrKept(context, some, description)}`;
  const cut = subclips && countSubclips(context, docs, subclips);
  const scope = shared && !shared.isWhole ? ' (of the shares that you may see)' : '';
  return [
    ...(shared === undefined
      ? []
      : open.length > 0
        ? [`Shared right now${scope}: ${which(open, 'assets shared')}. Guests keep the proxies and lose the originals.`]
        : [`Shared right now${scope}: none.`]),
    several.length > 0
      ? `In more than one collection: ${which(several, 'assets in several collections')}.`
      : 'In more than one collection: none.',
    ...(cut === undefined ? [] : subclipNotes(cut)),
    ...(open.length + several.length + (cut?.count ?? 0) > 0 ? [LEAVE_OUT] : []),
    ...(failures ?? []),
    ...report.notes,
  ];
}

const subclipNotes = ({ count, whose }: ReturnType<typeof countSubclips>): string[] =>
  count === 0
    ? ['Sub-clips made of them: none.']
    : [`${plural(count, 'sub-clip')} made of them ${count === 1 ? 'loses its' : 'lose their'} original, too.`, whose];

/** Pages of failed jobs that are looked through. */
const MAX_PAGES = 3;

/** The last time that archiving one of these failed, and why: it may fail again for the same reason. */
async function failedBefore(context: Context, docs: readonly Doc[]): Promise<string[]> {
  const known = new Map(docs.map((doc) => [doc.id, doc]));
  const lists = await Promise.all(FAILED.map((state) => listJobs(context, state, { type: 'ARCHIVE' }, MAX_PAGES)));
  const last = new Map<string, Job>();
  for (const job of lists.flatMap(({ jobs }) => jobs)) {
    const { object_id = '' } = job;
    if (known.has(object_id) && !last.has(object_id)) last.set(object_id, job);
  }
  const lines = [...last].slice(0, MAX_FAILURES).map(([id, job]) => {
    const { reason } = causeOf(job);
    return `${titleOf(known.get(id) ?? { id })}${reason ? ` (${inQuotes(reason)}, ${ageOf(job, Date.now())} ago)` : ''}`;
  });
  const more = last.size > lines.length ? ` and ${last.size - lines.length} more` : '';
  return last.size === 0 ? [] : [`Archiving failed before: ${lines.join(', ')}${more}. See check_jobs for what to do.`];
}

const MAX_FAILURES = 5;
