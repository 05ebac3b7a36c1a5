import { shorten } from '../../../text/tokens.ts';
import { TITLE } from '../../library/hit.ts';
import { storages } from '../../operations/storages.ts';
import { transcodes } from '../../operations/transcodes.ts';
import { forgiving } from '../../run/partial.ts';
import type { Context } from '../../types.ts';
import { ageOf, causeOf, type Group, nextFor } from './groups.ts';
import type { Job } from './list.ts';

/** Assets that a group names. */
const NAMED = 2;
const LENGTH = 140;

type Titles = ReadonlyMap<string, string>;

/** The jobs whose assets a group names: the oldest. */
export const examplesOf = ({ jobs }: Group): readonly Job[] => jobs.slice(0, NAMED);

/** One group as one line, from what is wrong to what to do. */
export function groupLine(group: Group, titles: Titles, now: number): string {
  const { kind, type, cause, jobs } = group;
  const [oldest] = jobs;
  const newest = jobs.at(-1);
  if (!oldest || !newest) return '';
  const ages = jobs.length === 1 ? ageOf(oldest, now) : `oldest ${ageOf(oldest, now)}, newest ${ageOf(newest, now)}`;
  const names = [...new Set(examplesOf(group).map((job) => `"${titleOf(job, titles)}"`))];
  const rest = jobs.length - examplesOf(group).length;
  const more = rest > 0 ? ` and ${rest} more` : '';
  return [
    `${kind} ${jobs.length} × ${type}`,
    causeWords(cause),
    ages,
    `${names.join(', ')}${more}`,
    `${jobs.length > 1 ? 'oldest job' : 'job'} ${oldest.id}`,
    `next: ${nextFor(group)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** One job as one line. */
export function jobLine(job: Job, titles: Titles, now: number): string {
  const { type, custom_type, status, progress, id } = job;
  const moving = progress !== undefined && status === 'STARTED' && `${progress} %`;
  const parts = [
    `${status} ${shorten(custom_type ?? type ?? '', LENGTH)}`,
    moving,
    causeWords(causeOf(job)),
    `${ageOf(job, now)} old`,
  ];
  return [...parts, `"${titleOf(job, titles)}"`, id].filter(Boolean).join(' · ');
}

function causeWords({ step, reason }: { readonly step?: string; readonly reason?: string }): string {
  const notes = reason && `"${shorten(reason, LENGTH)}"`;
  return [step && `at "${shorten(step, LENGTH)}"`, notes].filter(Boolean).join(': ');
}

const titleOf = ({ object_id, title, id }: Job, titles: Titles): string =>
  shorten(titles.get(object_id ?? '') ?? title ?? String(id), TITLE);

/** What stands behind waiting transcodes: the queue, storages with a problem, storages without a transcoder. */
export async function surroundings(context: Context): Promise<string[]> {
  const notes: string[] = [];
  const { list_transcode_queue } = transcodes.tools;
  const [queue, places] = await Promise.all([
    forgiving(
      context,
      notes,
      'Transcode queue (role can_read_transcode_jobs)',
      context.use(list_transcode_queue, { per_page: 1 }),
    ),
    forgiving(
      context,
      notes,
      'Storages (role can_read_storages)',
      context.use(storages.tools.get_storages, { per_page: 100 }),
    ),
  ]);
  const all = places?.objects ?? [];
  const broken = all.filter(({ status }) => status && status !== 'ACTIVE');
  const idle = await forgiving(
    context,
    notes,
    'Transcoders (role can_read_transcoders)',
    withoutTranscoder(context, all),
  );
  return [
    ...(queue?.total === undefined ? [] : [`${queue.total} in the whole transcode queue.`]),
    ...broken
      .slice(0, TOLD)
      .map(
        ({ name, status, status_message: why }) =>
          `Storage "${shorten(name ?? '', LENGTH)}" is ${status}${why ? `: "${shorten(why, LENGTH)}"` : ''}.`,
      ),
    ...(broken.length > TOLD ? [`And ${broken.length - TOLD} more storages: get_storages has all.`] : []),
    ...(idle && idle.length > 0 ? [`No transcoder works on ${quotedNames(idle)}.`] : []),
    ...notes,
  ];
}

const quotedNames = (names: readonly string[]): string => {
  const more = names.length > TOLD ? ` and ${names.length - TOLD} more` : '';
  return `${names
    .slice(0, TOLD)
    .map((name) => `"${shorten(name, LENGTH)}"`)
    .join(', ')}${more}`;
};

interface Place {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly purpose?: string | undefined;
}

/** Storages of originals that are looked at, and storages that are told. */
const LOOKED = 20;
const TOLD = 6;

async function withoutTranscoder(context: Context, all: readonly Place[]): Promise<string[]> {
  const names = await Promise.all(
    all
      .filter(({ purpose }) => purpose === 'FILES')
      .slice(0, LOOKED)
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
