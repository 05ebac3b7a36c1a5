import * as z from 'zod';
import { formatAge } from '../../media/units.ts';
import { plural } from '../../text/english.ts';
import { countFittingLines } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { reasonOf } from '../errors.ts';
import {
  answersLine,
  askedAt,
  askedLine,
  contactsFor,
  isOpen,
  type Names,
  namesIn,
  outstanding,
  peopleLine,
  type Request,
  requestLabel,
  requestsOf,
} from '../library/approvals.ts';
import { doerIn, guestOrUser, type Person } from '../library/people.ts';
import { ACTIVE, page } from '../library/search.ts';
import { documentsOf, type Found, manyAssets, oneWay } from '../library/selection.ts';
import { integer, strings } from '../params.ts';
import { showing } from '../run/notes.ts';
import type { Context } from '../types.ts';

/** Requests that are read; there are two reads each. */
const MAX_READ = 300;
const MAX_LINES = 50;
const MAX_TOKENS = 6_000;
const DAY_MS = 86_400_000;

/** Where some approved and others rejected it is `MIXED`: not approved, but rejected by somebody. */
const STATES = {
  waiting: ['REQUESTED', 'MIXED'],
  approved: ['APPROVED'],
  rejected: ['NOT_APPROVED', 'MIXED'],
  all: ['REQUESTED', 'MIXED', 'APPROVED', 'NOT_APPROVED'],
} as const;

export const list_approvals = task({
  title: 'List approvals',
  description:
    'List what waits for approval, oldest first: which version, who has not answered, since when, who asked. In the library, a collection, a selection; of one person; also what was approved.',
  effect: 'read',
  roles: ['can_read_approval_request', 'can_search'],
  input: {
    ...manyAssets,
    state: z.enum(['waiting', 'approved', 'rejected', 'all']).optional().describe('Default waiting.'),
    person: z.string().min(1).optional().describe('Only what waits on this one; "by me": what I asked.'),
    days: z.int().min(1).max(3650).optional().describe('Asked in the last days, e.g. 7.'),
  },
  output: { total: integer, approvals: strings, contact: strings, notes: strings },
  validate: (args) => {
    const named = [args.assets, args.selection, args.collection].some((one) => one !== undefined);
    return named ? oneWay(args) : undefined;
  },
  run: async ({ state = 'waiting', person, days, ...targets }, context) => {
    const asker = doerIn(person);
    const who = person === undefined ? undefined : await guestOrUser(context, asker ?? person);
    const { docs, total, notes } = await askedFor(context, targets, STATES[state]);
    const { list, failed, unread } = await requestsOf(context, docs.slice(0, MAX_READ));
    const now = Date.now();
    const wanted = list
      .filter((one) => stands(one, state))
      .filter((one) => days === undefined || now - askedAt(one) <= days * DAY_MS)
      .filter((one) => who === undefined || (asker ? one.answer.requested_by === who.id : waitsOn(one, who)))
      .sort((a, b) => askedAt(a) - askedAt(b));
    const first = wanted.slice(0, MAX_LINES);
    const names = await namesIn(context, first);
    const lines = first.map((one) => lineOf(one, names, now));
    const shown = lines.slice(0, countFittingLines(lines, 0, MAX_TOKENS));
    const skipped = Math.max(0, total - MAX_READ) + unread;
    const contact = await contactsFor(context, first.slice(0, shown.length));
    return {
      total: wanted.length,
      approvals: shown,
      ...(contact.length > 0 && { contact }),
      notes: [
        ...notes,
        ...(skipped > 0
          ? [`${plural(skipped, 'more asset')} were not looked at: narrow by collection or selection.`]
          : []),
        ...failed.slice(0, 5).map(({ item, error }) => `"${item.title}" could not be read: ${reasonOf(error)}.`),
        ...(shown.length < wanted.length ? [showing(shown.length, wanted.length)] : []),
        ...(first.some(isOpen) && context.offers('request_approval')
          ? [
              'To remind people: request_approval with again asks anew where nobody has answered, and has a line to send to the others.',
            ]
          : []),
        // Of assets that are named, the requests themselves were read.
        ...(targets.assets ? [] : ['A request made in the last seconds may be missing: search is late.']),
      ],
    };
  },
});

/** The assets that search knows to be in these states; of assets that are named, all. */
async function askedFor(
  context: Context,
  targets: Parameters<typeof documentsOf>[1],
  states: readonly string[],
): Promise<Found> {
  const term = { name: 'approval_status', value_in: states };
  if ([targets.assets, targets.selection, targets.collection].some((one) => one !== undefined)) {
    // What search knows of approvals is late: assets that are named are all looked at.
    const only = targets.assets ? undefined : { terms: [term], not: [] };
    const { docs, notes } = await documentsOf(context, targets, [], only);
    return { docs, total: docs.length, notes };
  }
  const criteria = {
    doc_types: ['assets' as const],
    terms: [ACTIVE, term],
    sort: [{ name: 'date_modified', order: 'desc' as const }],
  };
  const { docs, total } = await page(context, criteria, { per_page: MAX_READ, include_fields: ['id', 'title'] });
  return { docs, total, notes: [] };
}

/** Whether a request is in a state: a mixed one is rejected where somebody rejected it. */
const stands = ({ status, answer }: Request, state: keyof typeof STATES): boolean =>
  status === 'MIXED' && state === 'rejected'
    ? (answer.approvals_by ?? []).some((one) => one.status === 'NOT_APPROVED')
    : STATES[state].some((one) => one === status);

const waitsOn = (request: Request, { id, email }: Partial<Person>): boolean =>
  outstanding(request).some((one) => one === id || one.toLowerCase() === email?.toLowerCase());

/** `"…" v3 · REQUESTED · waits on Maria Almeida · asked 2026-11-17 (9 d ago) by Sam Reed · id`. */
function lineOf(request: Request, names: Names, now: number): string {
  const { answer, status, id } = request;
  const open = outstanding(request);
  const answers = answersLine(request, names);
  const enough = answer.min_number === undefined ? undefined : `enough: ${plural(answer.min_number, 'approval')}`;
  return [
    requestLabel(request),
    status,
    isOpen(request) &&
      (open.length > 0 ? `waits on ${peopleLine(open, names)}` : 'all have answered: somebody has to decide'),
    answers && `answers: ${answers}`,
    isOpen(request) && enough,
    `asked ${askedLine(request, names, formatAge(now - askedAt(request)))}`.trim(),
    id,
  ]
    .filter(Boolean)
    .join(' · ');
}
