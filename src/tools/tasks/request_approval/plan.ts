import {
  answersLine,
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
}

/** One asset, and the request that it gets. */
export interface Ask extends Titled {
  readonly id: string;
  readonly title: string;
  /** `"Season trailer 2025" v3` */
  readonly label: string;
  /** `new`: in place of what was there. `add`: those who were not asked yet join the open request, whose answers stay. */
  readonly how: 'new' | 'add';
  readonly users: readonly string[];
  readonly externals: readonly string[];
  readonly min_number: number;
}

export interface Sorted {
  readonly asks: readonly Ask[];
  readonly lines: readonly string[];
  /** Assets that need nothing, with the reason. */
  readonly skipped: readonly string[];
  /** Of these, those whose people were asked and have not answered. */
  readonly waiting: number;
}

/** Sorts assets into those to ask about and those that are asked for or approved already. */
export function sortRequests(list: readonly Request[], people: People, names: Names): Sorted {
  const asks: Ask[] = [];
  const lines: string[] = [];
  const skipped: string[] = [];
  let waiting = 0;
  for (const request of list) {
    const found = askFor(request, people, names);
    if ('reason' in found) {
      skipped.push(`${requestLabel(request)}: ${found.reason}`);
      if (found.waits) waiting += 1;
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
  const isOpen = isCurrent && (status === 'REQUESTED' || status === 'MIXED');
  if (isCurrent && status === 'APPROVED')
    return { reason: `approved already (${answersLine(request, names)})`, waits: false };
  const asked = new Set([...users, ...externals.map((one) => one.toLowerCase())]);
  const missing = [...people.users, ...people.externals].filter((one) => !asked.has(one));
  if (isOpen && missing.length === 0) {
    const open = outstanding(request);
    const waits = open.length > 0;
    return {
      reason: waits ? `asked already, waits on ${peopleLine(open, names)}` : 'all have answered already',
      waits,
    };
  }
  const all = isOpen
    ? { users: [...new Set([...users, ...people.users])], externals: [...new Set([...externals, ...people.externals])] }
    : { users: people.users, externals: people.externals };
  const everybody = all.users.length + all.externals.length;
  const kept = isOpen && answer.min_number !== asked.size ? answer.min_number : undefined;
  const min_number = people.enough ?? kept ?? everybody;
  const ask: Ask = { id, title, apart, label, how: isOpen ? 'add' : 'new', ...all, min_number };
  if (isOpen) return { ask, line: `${label}: adds ${peopleLine(missing, names)} to the open request; answers stay` };
  return { ask, line: `${label}${status === 'N/A' ? '' : `: ends what was there: ${endedLine(request, names)}`}` };
}

/** `NOT_APPROVED for v2 (Grace Chen NOT_APPROVED)`. */
function endedLine(request: Request, names: Names): string {
  const answers = answersLine(request, names);
  return `${request.status} for ${request.version ?? 'an unknown version'}${answers ? ` (${answers})` : ', nobody had answered'}`;
}
