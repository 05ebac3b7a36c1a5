import { reasonOf, statusOf, ToolError } from '../../errors.ts';
import { proposals as operations } from '../../operations/proposals.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { listJobs } from '../jobs/list.ts';
import { type Titled, toldApart } from '../plans/titles.ts';
import { ACTIVE, all, byIds, type Doc } from '../search.ts';
import { documentsOf } from '../selection.ts';
import { versionsOf } from '../versions.ts';
import { type Field, viewsOf } from './fields.ts';
import { storedIn, storedOf } from './stored.ts';
import { quotedValue, type Value } from './values.ts';

/** What the AI proposes for one field, and what the asset holds in it now. */
export interface Proposed {
  readonly field: Field;
  readonly values: readonly Value[];
  readonly now: readonly Value[];
}

/** What the AI proposes in one job for one version of an asset, and nobody has decided on. `id` is that of the asset. */
export interface Proposal extends Titled {
  readonly job_id: string;
  readonly asset_id: string;
  readonly title: string;
  readonly version_id: string;
  readonly permissions?: readonly string[] | undefined;
  readonly fields: readonly Proposed[];
  /** Names of fields that no view shows. */
  readonly unknown: readonly string[];
}

export interface Waiting {
  readonly proposals: readonly Proposal[];
  readonly notes: readonly string[];
}

interface Targets {
  readonly assets?: readonly string[] | undefined;
  readonly selection?: string | undefined;
  readonly collection?: string | undefined;
}

/** Assets whose proposals are read; there are several reads each. */
const MAX_ASSETS = 50;
const FIELDS = ['permissions'];

/** What waits for a decision, as far as it is read at once. */
export async function waitingProposals(context: Context, targets: Targets): Promise<Waiting> {
  const { docs, notes } = await assetsWaiting(context, targets);
  const { proposals, rest, notes: more } = await readProposals(context, docs);
  const left =
    rest.length > 0 ? [`${rest.length} more assets were not looked at: decide on these first, or narrow.`] : [];
  return { proposals, notes: [...notes, ...more, ...left] };
}

/** The proposals of the first of some assets, and the assets that are left. Throws where none can be read. */
export async function readProposals(
  context: Context,
  docs: readonly Doc[],
): Promise<Waiting & { rest: readonly Doc[] }> {
  const some = docs.slice(0, MAX_ASSETS);
  const { done, failed, rest } = await each(some, context, (doc) => proposalsOf(context, doc));
  const [first] = failed;
  if (first && done.length === 0) throw first.error;
  const without = done.filter(({ result }) => result.length === 0).length;
  return {
    proposals: done.flatMap(({ result }) => result),
    rest: [...rest, ...docs.slice(MAX_ASSETS)],
    notes: [
      ...(some.length > 0 ? ['Only current versions are looked at: what AI proposes for older ones is not here.'] : []),
      ...(without > 0 ? [`Nothing waits on the current version of ${without} of ${some.length} assets.`] : []),
      ...(first ? [`Could not be read: ${failed.length}, the first: ${reasonOf(first.error)}.`] : []),
    ],
  };
}

/**
 * The assets that are named, or those with a proposal. Iconik lists proposals by version alone, so these are found by
 * their jobs, of type METADATA_FILLING in the state PENDING_USER.
 */
export async function assetsWaiting(
  context: Context,
  targets: Targets,
): Promise<{ docs: readonly Doc[]; notes: readonly string[] }> {
  if (targets.assets !== undefined && targets.assets.length <= MAX_ASSETS) return documentsOf(context, targets, FIELDS);
  const ids = await idsWaiting(context);
  const isWhole = Object.values(targets).every((one) => one === undefined);
  const term = byIds(ids);
  if (!isWhole) return documentsOf(context, targets, FIELDS, { terms: [term], not: [] });
  const docs = await all(context, { doc_types: ['assets'], terms: [ACTIVE, term] }, [
    'title',
    'date_created',
    ...FIELDS,
  ]);
  return { docs: toldApart(docs), notes: ['Looked at the jobs of the whole library that wait for a decision.'] };
}

async function idsWaiting(context: Context): Promise<string[]> {
  try {
    const { jobs } = await listJobs(context, 'PENDING_USER', { type: 'METADATA_FILLING' });
    return [...new Set(jobs.flatMap(({ object_id }) => object_id ?? []))];
  } catch (error) {
    if (statusOf(error) !== 403) throw error;
    throw new ToolError('Which assets have proposals is in the list of jobs, which you may not read. Name the assets.');
  }
}

/** The proposals for the current version of an asset. */
async function proposalsOf(context: Context, { id: asset_id = '', title = asset_id, apart, permissions }: Doc) {
  const { latest } = await versionsOf(context, asset_id);
  if (!latest) return [];
  const path = { asset_id, version_id: latest.id };
  const { proposals } = await context.use(operations.tools.list_metadata_proposals, path);
  const views = await viewsOf(context);
  return Promise.all(
    proposals.flatMap((raw): Promise<Proposal>[] => {
      const { job_id, view_id, values } = readProposal(raw);
      if (!job_id) return [];
      const known = views.toSorted((a, b) => Number(b.id === view_id) - Number(a.id === view_id));
      const fields = [...values].flatMap(([name, list]) => {
        const field = known.flatMap((view) => view.fields).find((one) => one.name === name);
        return field ? [{ field, values: list }] : [];
      });
      const unknown = [...values.keys()].filter((name) => !fields.some(({ field }) => field.name === name));
      return [
        storedOf(
          context,
          asset_id,
          fields.map(({ field }) => field),
        ).then((stored) => ({
          ...{ id: asset_id, job_id, title, apart, permissions, unknown },
          ...path,
          fields: fields.map((one) => ({ ...one, now: storedIn(stored, one.field.name) })),
        })),
      ];
    }),
  );
}

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isValue = (value: unknown): value is Value => ['string', 'number', 'boolean'].includes(typeof value);

/** The description says nothing of the answer: it is read as metadata is elsewhere. */
function readProposal(raw: unknown) {
  const { job_id, id, metadata_view_id, view_id = metadata_view_id, metadata_values } = isRow(raw) ? raw : {};
  const entries = Object.entries(isRow(metadata_values) ? metadata_values : {}).map(([name, entry]) => {
    const list = isRow(entry) && Array.isArray(entry.field_values) ? entry.field_values : [entry].flat();
    return [name, list.map((one) => (isRow(one) ? one.value : one)).filter(isValue)] as const;
  });
  const key = [job_id, id].find((one): one is string => typeof one === 'string');
  return { job_id: key, view_id, values: new Map(entries) };
}

/** Whether the asset holds all that is proposed. */
export const holdsProposed = ({ values }: Proposed, now: readonly Value[]): boolean =>
  values.every((value) => now.some((one) => String(one) === String(value)));

/** Whether the asset holds just what is proposed: accepting it writes nothing. */
export const isHeld = (one: Proposed): boolean => one.values.length === one.now.length && holdsProposed(one, one.now);

/** Fields in a line, values of a field, and characters of a value. */
const MAX_FIELDS = 20;
const MAX_VALUES = 10;
const MAX_VALUE_LENGTH = 120;

/** `Keywords: "a", "b" → "a", "c"`; `Location: "Porto" as it is` where the asset holds it. */
function proposedLine(one: Proposed): string {
  const { field, values, now } = one;
  const shown = (list: readonly Value[]): string =>
    list.length === 0
      ? 'empty'
      : `${list
          .slice(0, MAX_VALUES)
          .map((value) => quotedValue(field, value, MAX_VALUE_LENGTH))
          .join(', ')}${list.length > MAX_VALUES ? ` and ${list.length - MAX_VALUES} more` : ''}`;
  return `${field.label}: ${isHeld(one) ? `${shown(now)} as it is` : `${shown(now)} → ${shown(values)}`}`;
}

/** The same for several fields. */
export const proposedLines = (fields: readonly Proposed[]): string =>
  `${fields.slice(0, MAX_FIELDS).map(proposedLine).join('; ')}${fields.length > MAX_FIELDS ? ` and ${fields.length - MAX_FIELDS} more fields` : ''}`;
