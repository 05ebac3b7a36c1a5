import { oneLine } from '../../text/quote.ts';
import { approvals } from '../operations/approvals.ts';
import { users } from '../operations/users.ts';
import { each, instead } from '../run/each.ts';
import { allOf, pagesByNumber } from '../run/pages.ts';
import type { Context, OutputOf } from '../types.ts';
import { isUuid } from './names.ts';
import { contactsOf, namesOf } from './people.ts';
import { type Titled, titleOf } from './plans/titles.ts';
import { type Versions, versionsOf } from './versions.ts';

type Answer = OutputOf<typeof approvals.tools.get_approval_request.output.shape>;

/** The request to approve an asset, as it is now, and the version that it is about. */
export interface Request extends Pick<Versions, 'latest'>, Titled {
  readonly id: string;
  readonly title: string;
  /** REQUESTED, MIXED, APPROVED, NOT_APPROVED; N/A where nobody was asked. */
  readonly status: string;
  readonly answer: Answer;
  /** `v3`; absent where it is unknown. */
  readonly version?: string;
  /** Whether that is the current version. */
  readonly isCurrent: boolean;
}

export interface Requests {
  readonly list: readonly Request[];
  /** Assets that could not be read, with the reason. */
  readonly failed: readonly { readonly item: Titled & { readonly id: string }; readonly error: Error }[];
  /** How many there was no time for. */
  readonly unread: number;
}

/** The requests for these assets, each with two reads: search is late about approvals. */
export async function requestsOf(context: Context, docs: readonly Titled[], untimed = false): Promise<Requests> {
  const items = docs.flatMap(({ id, title, apart }) => (id ? [{ id, title: title ?? id, apart }] : []));
  const { done, failed, rest } = await each(
    items,
    context,
    async ({ id, apart }) => ({ ...(await requestOf(context, id)), apart }),
    {
      untimed,
    },
  );
  return { list: done.map(({ result }) => result), failed, unread: rest.length };
}

async function requestOf(context: Context, asset_id: string): Promise<Request> {
  const [answer, { title, list, latest }] = await Promise.all([
    context.use(approvals.tools.get_approval_request, { asset_id }),
    versionsOf(context, asset_id),
  ]);
  const about = list.find(({ id }) => id === answer.version_id);
  return {
    id: asset_id,
    title,
    status: answer.status ?? 'N/A',
    answer,
    latest,
    ...(about && { version: about.name }),
    // Of a version that is gone nothing is current; where no version is said, the one there is.
    isCurrent: answer.version_id === undefined || answer.version_id === latest?.id,
  };
}

/** Names of people and groups by id. */
export type Names = ReadonlyMap<string, string>;

/** The names of everybody in these requests. */
export async function namesIn(context: Context, list: readonly Request[]): Promise<Names> {
  const people = list.flatMap(({ answer }) => [
    answer.requested_by,
    ...(answer.users ?? []),
    ...(answer.approvals_by ?? []).map(({ user }) => user),
  ]);
  const groups = [...new Set(list.flatMap(({ answer }) => answer.groups ?? []))];
  const known =
    groups.length === 0
      ? []
      : await allOf(
          pagesByNumber((paging) => context.use(users.tools.get_groups_basic, { ids: groups, ...paging }), {
            size: 100,
          }),
        );
  const named = known.flatMap(({ id, name }) => (id ? [[id, `group ${name ?? id}`] as const] : []));
  return new Map([...(await namesOf(context, people)), ...named]);
}

const MAX_NAME_LENGTH = 80;
const nameIn = (names: Names, id: string): string => oneLine(names.get(id) ?? id, MAX_NAME_LENGTH);

/** Ids and addresses of those who were asked and have not answered. Who of a group answered for it is not known. */
export function outstanding({ answer }: Request): string[] {
  const { users: asked = [], groups = [], externals = [], approvals_by = [] } = answer;
  const answered = new Set(approvals_by.flatMap(({ user, external }) => [user, external?.toLowerCase()]));
  return [...asked, ...externals, ...groups].filter((one) => !answered.has(one) && !answered.has(one.toLowerCase()));
}

/** `Maria Almeida, Tom Becker, guest anna@client.example`. */
export const peopleLine = (ids: readonly string[], names: Names): string =>
  ids.map((id) => (id.includes('@') ? `guest ${oneLine(id, MAX_NAME_LENGTH)}` : nameIn(names, id))).join(', ');

/** `Maria Almeida APPROVED, Grace Chen NOT_APPROVED`; empty where nobody has answered. */
export const answersLine = ({ answer }: Pick<Request, 'answer'>, names: Names): string =>
  (answer.approvals_by ?? [])
    .map(({ user, external, status = '?' }) => `${peopleLine([external ?? user ?? '?'], names)} ${status}`)
    .join(', ');

export const isOpen = ({ status }: Request): boolean => status === 'REQUESTED' || status === 'MIXED';

/** Epoch milliseconds; 0 where it is unknown. */
export const askedAt = ({ answer }: Request): number => Date.parse(answer.request_date ?? '') || 0;

/** `2026-11-17`; undefined where it is unknown. */
export const askedOn = (request: Request): string | undefined =>
  askedAt(request) > 0 ? new Date(askedAt(request)).toISOString().slice(0, 10) : undefined;

/** `2026-11-17 by Sam Reed`; `age` beside the date where it is given. Empty where nothing of it is known. */
export function askedLine(request: Request, names: Names, age?: string): string {
  const date = askedOn(request);
  const { requested_by: by } = request.answer;
  return [date && `${date}${age ? ` (${age} ago)` : ''}`, by && `by ${peopleLine([by], names)}`]
    .filter(Boolean)
    .join(' ');
}

/** People whose addresses are shown. */
const MAX_CONTACTS = 30;

/** How to reach colleagues who have not answered open requests: `Maria Almeida <maria@…>`. */
export async function contactsFor(context: Context, list: readonly Request[]): Promise<string[]> {
  const ids = list.filter(isOpen).flatMap(outstanding).filter(isUuid);
  return contactsOf(context, [...new Set(ids)].slice(0, MAX_CONTACTS)).catch(instead(context, []));
}

/** `"Season trailer 2025" v3`, with a word where that is not the current version. */
export function requestLabel({ version, isCurrent, latest, ...one }: Request): string {
  const old = isCurrent ? '' : `, not current (that is ${latest?.name ?? 'unknown'})`;
  return `${titleOf(one)} ${version ?? (isCurrent ? (latest?.name ?? '') : 'a version that is gone')}${old}`.trim();
}
