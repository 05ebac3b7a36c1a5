import {
  answersLine,
  askedAt,
  askedLine,
  askedOn,
  isOpen,
  type Names,
  outstanding,
  peopleLine,
  type Request,
  requestLabel,
} from '../../library/approvals.ts';
import { type Titled, titleOf } from '../../library/plans/titles.ts';

/** Whom to ask: ids of users, and addresses of guests. */
export interface People {
  readonly users: readonly string[];
  readonly externals: readonly string[];
  /** Approvals that are enough; all who are asked where it is left out. */
  readonly enough: number | undefined;
  /** Whether those are asked again who were asked and have not answered. */
  readonly again: boolean;
}

/** One asset, and the request that it gets. */
export interface Ask extends Titled {
  readonly id: string;
  readonly title: string;
  /** `"Season trailer 2025" v3` */
  readonly label: string;
  /** `new`: in place of what was there. `add`: those who were not asked yet join the open request, whose answers stay. `again`: in place of one that nobody has answered. */
  readonly how: 'new' | 'add' | 'again';
  readonly users: readonly string[];
  readonly externals: readonly string[];
  /** Of a request that is made again. */
  readonly groups?: readonly string[] | undefined;
  readonly share_id?: string | undefined;
  readonly min_number: number;
}

export interface Sorted {
  readonly asks: readonly Ask[];
  readonly lines: readonly string[];
  /** Assets that need nothing, with the reason. */
  readonly skipped: readonly string[];
  /** Of these, the requests that somebody has not answered. */
  readonly waiting: readonly Request[];
}

/** Sorts assets into those to ask about and those that are asked for or approved already. */
export function sortRequests(list: readonly Request[], people: People, names: Names): Sorted {
  const asks: Ask[] = [];
  const lines: string[] = [];
  const skipped: string[] = [];
  const waiting: Request[] = [];
  for (const request of list) {
    const found = askFor(request, people, names);
    if ('reason' in found) {
      skipped.push(`${requestLabel(request)}: ${found.reason}`);
      if (found.waits) waiting.push(request);
    } else {
      asks.push(found.ask);
      lines.push(found.line);
    }
  }
  return { asks, lines, skipped, waiting };
}

type Sorting = { readonly ask: Ask; readonly line: string } | { readonly reason: string; readonly waits: boolean };

function askFor(request: Request, people: People, names: Names): Sorting {
  const { id, title, apart, status, answer, latest, isCurrent } = request;
  const { users = [], externals = [] } = answer;
  const label = `${titleOf(request)} ${latest?.name ?? ''}`.trim();
  const isOpenNow = isCurrent && isOpen(request);
  if (isCurrent && status === 'APPROVED')
    return { reason: `approved already (${answersLine(request, names)})`, waits: false };
  const asked = new Set([...users, ...externals.map((one) => one.toLowerCase())]);
  const missing = [...people.users, ...people.externals].filter((one) => !asked.has(one));
  // A reminder asks for nothing that was not asked for, and nobody who was not asked.
  if (people.again && !isOpenNow)
    return { reason: 'not asked for approval yet, so there is nothing to remind of: leave out again', waits: false };
  if (isOpenNow && (people.again || missing.length === 0)) return remind(request, label, missing, people, names);
  const all = isOpenNow
    ? { users: [...new Set([...users, ...people.users])], externals: [...new Set([...externals, ...people.externals])] }
    : { users: people.users, externals: people.externals };
  const everybody = all.users.length + all.externals.length;
  const kept = isOpenNow && answer.min_number !== asked.size ? answer.min_number : undefined;
  const min_number = people.enough ?? kept ?? everybody;
  const ask: Ask = { id, title, apart, label, how: isOpenNow ? 'add' : 'new', ...all, min_number };
  if (isOpenNow) return { ask, line: `${label}: adds ${peopleLine(missing, names)} to the open request; answers stay` };
  return { ask, line: `${label}${status === 'N/A' ? '' : `: ends what was there: ${endedLine(request, names)}`}` };
}

/** A request that was made a moment ago is not made again: a call may be a repeat. */
const MIN_AGE_MS = 3_600_000;

/** What becomes of an open request whose people are asked already; those who were not are left out, and named. */
function remind(request: Request, label: string, missing: readonly string[], people: People, names: Names): Sorting {
  const sorted = askedAlready(request, label, people, names);
  if (missing.length === 0) return sorted;
  const out = `${peopleLine(missing, names)}: not asked for this one, which a reminder does not change`;
  return 'reason' in sorted
    ? { ...sorted, reason: `${sorted.reason}; ${out}` }
    : { ...sorted, line: `${sorted.line}; ${out}` };
}

/** Iconik has no reminder, and a new request begins without the answers of the old one: it is made where there are none. */
function askedAlready(request: Request, label: string, { again, enough }: People, names: Names): Sorting {
  const { id, title, apart, answer } = request;
  const open = outstanding(request);
  if (open.length === 0) return { reason: 'all have answered already', waits: false };
  const answers = answersLine(request, names);
  const isFresh = Date.now() - askedAt(request) < MIN_AGE_MS;
  const who = peopleLine(open, names);
  if (again && !answers && !isFresh) {
    const { users = [], externals = [], groups, share_id, min_number = 1 } = answer;
    const asked = { users, externals, groups, share_id, min_number: enough ?? min_number };
    const old = `the one of ${askedOn(request) ?? 'an unknown day'}, which nobody has answered`;
    return {
      ask: { id, title, apart, label, how: 'again', ...asked },
      line: `${label}: asks ${who} again, by a new request in place of ${old}`,
    };
  }
  const since = askedLine(request, names);
  const ends = answers ? `a new request would end the answers: ${answers}` : 'asked less than an hour ago';
  const detail = again ? `; ${ends}` : '';
  return { reason: `asked already${since && ` (${since})`}, waits on ${who}${detail}`, waits: true };
}

/** `NOT_APPROVED for v2 (Grace Chen NOT_APPROVED)`. */
function endedLine(request: Request, names: Names): string {
  const answers = answersLine(request, names);
  return `${request.status} for ${request.version ?? 'an unknown version'}${answers ? ` (${answers})` : ', nobody had answered'}`;
}
