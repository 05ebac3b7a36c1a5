import { shorten } from '../../../text/tokens.ts';
import { ageOf, causeOf, createdLine, type Group, nextAction } from '../../library/jobs/groups.ts';
import type { Job } from '../../library/jobs/list.ts';
import { type Titled, titleOf } from '../../library/plans/titles.ts';
import { storages } from '../../operations/storages.ts';
import { transcodes } from '../../operations/transcodes.ts';
import { createReport } from '../../run/report.ts';
import type { Context } from '../../types.ts';

/** Assets named in the line of a group. */
const EXAMPLES_PER_GROUP = 2;
/** Characters of a step, a reason or a storage name. */
const MAX_LENGTH = 140;
/** Storages checked for transcoders, and storages named in an answer. */
const MAX_CHECKED_STORAGES = 20;
const MAX_NAMED_STORAGES = 6;

type Titles = ReadonlyMap<string, Titled>;

/** The jobs whose assets the line of a group names: the oldest ones. */
export const examplesOf = ({ jobs }: Group): readonly Job[] => jobs.slice(0, EXAMPLES_PER_GROUP);

/** Kinds of many jobs of which no single one needs a look. */
const PLENTY: ReadonlySet<Group['kind']> = new Set(['waiting', 'running']);

/** `failed 3 × TRANSCODE · at "Upload": "No space left" · oldest 2 d, newest 1 d · "Title" … · next: …`. */
export function groupLine(group: Group, titles: Titles, now: number): string {
  const { kind, type, cause, jobs } = group;
  const [oldest] = jobs;
  const newest = jobs.at(-1);
  if (!oldest || !newest) return '';
  const [first, last] = [ageOf(oldest, now), ageOf(newest, now)];
  const ages = first === last ? first : `oldest ${first}, newest ${last}`;
  const names = [...new Set(examplesOf(group).map((job) => assetOf(job, titles)))];
  const rest = jobs.length - examplesOf(group).length;
  const more = rest > 0 ? ` and ${rest} more` : '';
  return [
    `${kind} ${jobs.length} × ${type}`,
    causeText(cause),
    ages,
    `${names.join(', ')}${more}`,
    jobs.length > 1 && createdLine(jobs, now),
    jobs.length === 1 ? `job ${oldest.id}` : !PLENTY.has(group.kind) && `oldest job ${oldest.id}`,
    `next: ${nextAction(group, now)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** `STARTED TRANSCODE · 62 % · 3 h old · "Title" · id`. */
export function jobLine(job: Job, titles: Titles, now: number): string {
  const { type, custom_type, status, progress, id } = job;
  const moving = progress !== undefined && status === 'STARTED' && `${progress} %`;
  const parts = [
    `${status} ${shorten(custom_type ?? type ?? '', MAX_LENGTH)}`,
    moving,
    causeText(causeOf(job)),
    `${ageOf(job, now)} old`,
    createdLine([job], now),
  ];
  return [...parts, assetOf(job, titles), id].filter(Boolean).join(' · ');
}

function causeText({ step, reason }: { readonly step?: string; readonly reason?: string }): string {
  return [step && `at "${shorten(step, MAX_LENGTH)}"`, reason && `"${shorten(reason, MAX_LENGTH)}"`]
    .filter(Boolean)
    .join(': ');
}

const assetOf = ({ object_id, title, id }: Job, titles: Titles): string =>
  titleOf(titles.get(object_id ?? '') ?? { id, title });

/** Why transcodes may wait: the length of the queue, storages with a problem, storages without a transcoder. */
export async function transcodeQueueNotes(context: Context): Promise<string[]> {
  const report = createReport(context);
  const { list_transcode_queue } = transcodes.tools;
  const [queue, listed] = await Promise.all([
    report.part('Transcode queue (role can_read_transcode_jobs)', context.use(list_transcode_queue, { per_page: 1 })),
    report.part('Storages (role can_read_storages)', context.use(storages.tools.get_storages, { per_page: 100 })),
  ]);
  const all = listed?.objects ?? [];
  const failing = all.filter(({ status }) => status && status !== 'ACTIVE');
  const idle = await report.part('Transcoders (role can_read_transcoders)', withoutTranscoder(context, all));
  return [
    ...(queue?.total === undefined ? [] : [`The transcode queue holds ${queue.total} in total.`]),
    ...failing
      .slice(0, MAX_NAMED_STORAGES)
      .map(
        ({ name, status, status_message: message }) =>
          `Storage "${shorten(name ?? '', MAX_LENGTH)}" is ${status}${message ? `: "${shorten(message, MAX_LENGTH)}"` : ''}.`,
      ),
    ...(failing.length > MAX_NAMED_STORAGES
      ? [`${failing.length - MAX_NAMED_STORAGES} more storages have a problem: get_storages lists all.`]
      : []),
    ...(idle && idle.length > 0 ? [`No transcoder is assigned to ${quotedNames(idle)}.`] : []),
    ...report.notes,
  ];
}

const quotedNames = (names: readonly string[]): string => {
  const more = names.length > MAX_NAMED_STORAGES ? ` and ${names.length - MAX_NAMED_STORAGES} more` : '';
  return `${names
    .slice(0, MAX_NAMED_STORAGES)
    .map((name) => `"${shorten(name, MAX_LENGTH)}"`)
    .join(', ')}${more}`;
};

interface StorageRow {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly purpose?: string | undefined;
}

/** Names of the storages for originals that have no transcoder. */
async function withoutTranscoder(context: Context, all: readonly StorageRow[]): Promise<string[]> {
  const names = await Promise.all(
    all
      .filter(({ purpose }) => purpose === 'FILES')
      .slice(0, MAX_CHECKED_STORAGES)
      .map(async ({ id = '', name = id }) => {
        const { objects } = await context.use(transcodes.tools.list_storage_transcoders, {
          storage_id: id,
          per_page: 1,
        });
        return objects.length === 0 ? [name] : [];
      }),
  );
  return names.flat();
}
