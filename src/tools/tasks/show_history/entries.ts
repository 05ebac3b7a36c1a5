import { timeIn } from '../../../media/dates.ts';
import { inQuotes, oneLine } from '../../../text/quote.ts';
import { answersLine, type Names, peopleLine, type Request } from '../../library/approvals.ts';
import type { Titled } from '../../library/plans/titles.ts';
import { approvals } from '../../operations/approvals.ts';
import { assets } from '../../operations/assets.ts';
import { history } from '../../operations/history.ts';
import { shareChanges } from '../../operations/share_changes.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import { pagesByNumber } from '../../run/pages.ts';
import type { Report } from '../../run/report.ts';
import type { Context } from '../../types.ts';

/** Words for what was done, each with Iconik's types of history entries. */
export const KINDS: Readonly<Record<string, readonly string[]>> = {
  created: ['CREATED'],
  deleted: ['DELETE', 'DELETE_FILE', 'DELETE_FILESET', 'DELETE_FORMAT', 'VERSION_DELETE'],
  restored: ['RESTORE', 'RESTORE_FORMAT', 'RESTORE_FILESET'],
  downloaded: ['DOWNLOAD'],
  exported: ['EXPORT', 'TRANSFER'],
  shared: ['SHARE'],
  reviewed: ['REQUEST_APPROVAL', 'APPROVE', 'REJECT'],
  archived: ['ARCHIVE', 'RESTORE_ARCHIVE', 'RESTORE_FROM_GLACIER'],
  versions: ['VERSION_CREATE', 'VERSION_UPDATE', 'VERSION_PROMOTE', 'VERSION_DELETE'],
  metadata: ['METADATA'],
};

/** One thing that was done to an asset. */
export interface Entry {
  readonly asset_id: string;
  readonly title: string;
  /** ISO 8601. */
  readonly date: string;
  readonly type: string;
  readonly text?: string;
  /** `v3` */
  readonly version?: string;
  readonly user?: string;
  /** Who was asked: ids of users, `group` and the id of one, addresses of guests. */
  readonly asked?: readonly string[];
  /** Answers to a request for approval that have no date of their own. */
  readonly answers?: Answers;
}

type Answers = NonNullable<Request['answer']['approvals_by']>;

/** Who did it, and who answered: ids of users, addresses of guests. */
export const peopleOf = ({ user, answers = [] }: Entry): string[] =>
  [user, ...answers.map((one) => one.external ?? one.user)].filter((one) => one !== undefined);

export interface Range {
  readonly from?: string;
  readonly to?: string;
}

/** Entries that are read of one asset. */
const MAX_ENTRIES = 300;
const PAGE_SIZE = 100;

export const isIn = ({ from, to }: Range, date: string): boolean => {
  const at = Date.parse(date);
  return !(from !== undefined && at < Date.parse(from)) && !(to !== undefined && at >= Date.parse(to));
};

export interface AssetHistory extends Titled {
  readonly date_created?: string | undefined;
  readonly entries: readonly Entry[];
  /** Entries that Iconik has and that were not read. */
  readonly unread: number;
  /** What Iconik keeps of an asset beside its history: `last changed 2026-11-02 08:14 UTC`. */
  readonly state: string;
}

/** The history of an asset (`GET /assets/v1/assets/{id}/history/`), with its creation, the shares and the request for approval that are there. */
export async function historyOf(
  context: Context,
  report: Report,
  asset_id: string,
  { range, zone }: { readonly range: Range; readonly zone: string },
): Promise<AssetHistory> {
  const asset = await context.use(assets.tools.get_asset, { asset_id });
  const { title = asset_id, date_created, created_by_user: author } = asset;
  const names = new Map(sortedVersions(asset).list.map(({ id, name }) => [id, name]));
  const about = { asset_id, title };
  const [{ rows, unread }, shares, requests] = await Promise.all([
    rowsOf(context, asset_id, range),
    report.part('Shares', sharesOf(context, asset_id)),
    report.part('Requests for approval', requestsOf(context, asset_id, names)),
  ]);
  const entries: Entry[] = [
    ...rows.map(({ date_created: date = '', operation_type: type = 'OTHER', ...row }) => {
      const version = names.get(row.version_id ?? '');
      return {
        ...about,
        date,
        type,
        ...(row.operation_description && { text: row.operation_description }),
        ...(version && { version }),
        ...(row.user_id && { user: row.user_id }),
      };
    }),
    ...[...(shares ?? []), ...(requests ?? []).filter((one) => !isAmong(rows, one))].map((one) => ({
      ...about,
      ...one,
    })),
    ...(date_created ? [{ ...about, date: date_created, type: 'CREATED', ...(author && { user: author }) }] : []),
  ];
  const own = entries.filter(({ date }) => isIn(range, date));
  return { id: asset_id, title, date_created, entries: own, unread, state: stateOf(asset, zone) };
}

/** History entries of an asset, newest first, in the range. */
async function rowsOf(context: Context, asset_id: string, { from, to }: Range) {
  const filter = [from && `date_created,gte,${from}`, to && `date_created,lt,${to}`].filter(Boolean).join(';');
  const rows: Awaited<ReturnType<typeof ask>>['objects'] = [];
  const ask = (paging: { readonly page: number; readonly per_page: number }) =>
    context.use(history.tools.list_asset_history, {
      asset_id,
      sort: 'date_created,desc',
      ...(filter && { filter }),
      ...paging,
    });
  let total = 0;
  for await (const page of pagesByNumber(ask, { size: PAGE_SIZE })) {
    rows.push(...page.objects);
    total = page.total ?? rows.length;
    if (rows.length >= MAX_ENTRIES) break;
  }
  return { rows, unread: Math.max(0, total - rows.length) };
}

/** Milliseconds between the date of an answer and that of its history entry. */
const SAME_TIME_MS = 60_000;

/** Whether the history has an entry of the same act. */
const isAmong = (
  rows: Awaited<ReturnType<typeof rowsOf>>['rows'],
  { date, type, user }: Omit<Entry, 'asset_id' | 'title'>,
) =>
  rows.some(
    (row) =>
      row.operation_type === type &&
      row.user_id === user &&
      Math.abs(Date.parse(row.date_created ?? '') - Date.parse(date)) < SAME_TIME_MS,
  );

/** The shares of an asset that are there, as entries. */
async function sharesOf(
  context: Context,
  object_id: string,
): Promise<Pick<Entry, 'date' | 'type' | 'text' | 'user'>[]> {
  const asked = { object_type: 'assets' as const, object_id, per_page: 100 };
  const { objects } = await context.use(shareChanges.tools.list_object_shares, asked);
  return objects.flatMap(({ date_created: date, owner_id: user, title, expires }) =>
    date
      ? [
          {
            date,
            type: 'SHARE',
            text: `share ${title ? inQuotes(title) : 'without a title'}, ${expires ? `until ${expires.slice(0, 10)}` : 'without an end'}`,
            ...(user && { user }),
          },
        ]
      : [],
  );
}

/** The request to approve an asset that is there, and its answers; of an earlier one nothing is kept. */
async function requestsOf(
  context: Context,
  asset_id: string,
  versions: ReadonlyMap<string, string>,
): Promise<Omit<Entry, 'asset_id' | 'title'>[]> {
  const request = await context.use(approvals.tools.get_approval_request, { asset_id });
  const { request_date: date, requested_by: user, status, users = [], externals = [], groups = [] } = request;
  if (!date) return [];
  const version = versions.get(request.version_id ?? '');
  const about = version ? { version } : {};
  const answers = request.approvals_by ?? [];
  const undated = answers.filter((one) => !one.change_date);
  return [
    {
      ...about,
      date,
      type: 'REQUEST_APPROVAL',
      asked: [...users, ...groups.map((id) => `group ${id}`), ...externals],
      ...(status && { text: `now ${status}` }),
      ...(undated.length > 0 && { answers: undated }),
      ...(user && { user }),
    },
    ...answers.flatMap(({ change_date, external, user: by = external, status: given = '' }) =>
      change_date && ANSWERED[given]
        ? [{ ...about, date: change_date, type: ANSWERED[given], ...(by && { user: by }) }]
        : [],
    ),
  ];
}

const ANSWERED: Readonly<Record<string, string>> = { APPROVED: 'APPROVE', NOT_APPROVED: 'REJECT' };

interface Dates {
  readonly date_modified?: string | undefined;
  readonly date_viewed?: string | undefined;
  readonly date_deleted?: string | undefined;
  readonly status?: string | undefined;
}

function stateOf({ date_modified, date_viewed, date_deleted, status }: Dates, zone: string): string {
  const parts = [
    date_modified && `last changed ${timeIn(date_modified, zone)}`,
    date_viewed ? `last viewed ${timeIn(date_viewed, zone)}` : 'no view recorded',
    status === 'DELETED' && `in the recycle bin${date_deleted ? ` since ${timeIn(date_deleted, zone)}` : ''}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** Characters of a description. */
const MAX_TEXT = 160;

/** `2026-11-02 08:14 UTC · Rui Esteves · delete · "Title" v3 · Moved to the recycle bin · id` */
export function entryLine(
  { asset_id, title, date, type, text, version, user, asked = [], answers }: Entry,
  names: Names,
  zone: string,
): string {
  const who = user ? (names.get(user) ?? user) : 'nobody named';
  const what = type.toLowerCase().replaceAll('_', ' ');
  const name = `${inQuotes(title)}${version ? ` ${version}` : ''}`;
  const people = asked.length > 0 && oneLine(`asked ${peopleLine(asked, names)}`, MAX_TEXT);
  const given =
    answers &&
    `${oneLine(`answers: ${answersLine({ answer: { approvals_by: answers } }, names)}`, MAX_TEXT)} (when is not known)`;
  return [timeIn(date, zone), oneLine(who, 80), what, name, people, text && oneLine(text, MAX_TEXT), given, asset_id]
    .filter(Boolean)
    .join(' · ');
}
