import * as z from 'zod';
import { firstOf, plural } from '../../../text/english.ts';
import { task } from '../../define.ts';
import { reasonOf, ToolError } from '../../errors.ts';
import { namesIn, type Requests, requestsOf } from '../../library/approvals.ts';
import { idsOf, keepWritten } from '../../library/kept_selections.ts';
import { guestOrUser, namesOf, personLabel } from '../../library/people.ts';
import { byCollection, COLLECTIONS } from '../../library/plans/by_collection.ts';
import { rightsFields, rightsNotes } from '../../library/plans/rights.ts';
import { labelOf, titleOf } from '../../library/plans/titles.ts';
import type { Doc } from '../../library/search.ts';
import { assetsToChange, documentsOf, oneWay } from '../../library/selection.ts';
import { approvals } from '../../operations/approvals.ts';
import { integer, strings, text } from '../../params.ts';
import { each } from '../../run/each.ts';
import { outOfTime, showing } from '../../run/notes.ts';
import { checkGuests } from '../../share_domains.ts';
import type { Context } from '../../types.ts';
import { type Ask, type People, sortRequests } from './plan.ts';
import { MAX_NAMED, reminderNotes } from './reminder.ts';

const MAX_LINES = 50;
/** Assets of one call: each is read twice before. */
const MAX_ASSETS = 200;

interface Plan {
  readonly asks: readonly Ask[];
  /** Assets that nobody is asked about, each with the reason. */
  readonly left: readonly string[];
  /** What to do where they wait on people who were asked before. */
  readonly reminder: readonly string[];
  /** `Maria Almeida, guest anna@client.example (external); all who are asked have to approve` */
  readonly who: string;
}

export const request_approval = task({
  title: 'Request approval',
  description:
    'Ask people by name or e-mail to approve the current version of assets, or remind them. Iconik mails them. Returns a plan to confirm first. What waits: list_approvals.',
  effect: 'create',
  outbound: true,
  idempotent: true,
  roles: ['can_write_approval_request', 'can_read_approval_request'],
  input: {
    ...assetsToChange,
    people: z.array(z.string().min(1)).min(1).max(50).optional().describe('Names of users, or e-mail addresses.'),
    again: z.boolean().optional().describe('Remind: ask anew where nobody answered.'),
    enough: z.int().min(1).optional().describe('Approvals needed. Default: all.'),
  },
  output: {
    asked: integer,
    requests: strings,
    not_written: strings,
    failed: strings,
    remaining: integer,
    selection: text,
    notes: strings,
  },
  validate: (args) =>
    args.people || args.again ? oneWay(args) : 'people: say whom to ask, by name or e-mail address.',
  preview: async ({ people: words = [], enough, again = false, ...targets }, context) => {
    const { people, named } = await peopleOf(context, words, enough, again);
    // Guests get to see what they are asked about.
    const rights = people.externals.length > 0 ? await rightsFields(context) : undefined;
    const { docs, notes } = await documentsOf(context, targets, [...(rights?.names ?? []), COLLECTIONS]);
    if (docs.length > MAX_ASSETS)
      throw new ToolError(
        `${docs.length} assets are too many for one call: at most ${MAX_ASSETS}. Use first, or fewer assets.`,
      );
    const { list, failed } = await requestsOf(context, docs, true);
    const names = new Map([...(await namesIn(context, list)), ...(await namesOf(context, people.users))]);
    const { asks, lines, skipped, waiting } = sortRequests(list, people, names);
    // Their request may be from a time when other guests were allowed.
    checkGuests(
      asks.flatMap(({ how, externals: guests }) => (how === 'again' ? guests : [])),
      context.shareDomains,
    );
    const reminder = await reminderNotes(context, waiting, again);
    const left = leftLines(skipped, failed);
    const who = whoOf(asks, people, named);
    const rule = ruleOf(asks, people);
    return {
      preview: {
        summary: summaryOf(asks, who, rule),
        affected: lines.slice(0, MAX_LINES),
        notes: [
          ...notes,
          ...(await byCollection(context, docs, asks)),
          ...(rights ? rightsNotes(rights, askedOf(docs, asks)) : []),
          // Where nobody is asked, the answer itself has these in `not_written`.
          ...(asks.length > 0 ? left.map((line) => `Skipped: ${line}`) : []),
          ...(asks.length > 0 ? reminder : []),
          ...(again && people.users.length + people.externals.length > 0 ? aloneNote(asks, named) : []),
          ...(lines.length > MAX_LINES ? [showing(MAX_LINES, lines.length)] : []),
        ],
      },
      plan: { asks, left, reminder, who: `${who}; ${rule}` },
      touches: asks.map(({ id }) => id),
      skipConfirm: asks.length === 0,
    };
  },
  run: async ({ selection }, context, { asks, left, reminder, who }: Plan) => {
    const { done, failed, rest } = await each(asks, context, (ask) => send(context, ask));
    return {
      asked: done.length,
      ...(done.length > 0 && { requests: done.slice(0, MAX_LINES).map(({ item }) => `${item.label} (${item.id})`) }),
      ...(asks.length === 0 && left.length > 0 && { not_written: [...left] }),
      ...(failed.length > 0 && {
        failed: failed.slice(0, MAX_LINES).map(({ item, error }) => `${labelOf(item)}: ${reasonOf(error)}`),
      }),
      ...(rest.length > 0 && { remaining: rest.length }),
      ...keepWritten(context, 'request_approval', selection, idsOf(done.map(({ item }) => item))),
      notes: [
        ...(asks.length === 0 ? ['Nobody was asked.', ...reminder] : []),
        ...(done.length > 0
          ? [
              `Asked: ${who}. Iconik mails them.${context.offers('list_approvals') ? ' list_approvals says who has answered.' : ''}`,
            ]
          : []),
        ...(done.length > MAX_LINES ? [showing(MAX_LINES, done.length)] : []),
        ...(rest.length > 0 ? [outOfTime(rest.length)] : []),
      ],
    };
  },
});

/** Who is meant, each once: `named` has a label for each. Throws `ToolError` for guests that are not allowed. */
async function peopleOf(context: Context, words: readonly string[], enough: number | undefined, again: boolean) {
  const meant = await Promise.all(words.map((one) => guestOrUser(context, one)));
  const found = [...new Map(meant.map((one) => [one.id ?? one.email, one])).values()];
  const externals = found.flatMap(({ id, email }) => (id === undefined && email ? [email] : []));
  checkGuests(externals, context.shareDomains);
  if (enough !== undefined && found.length > 0 && enough > found.length)
    throw new ToolError(
      `enough: ${enough} approvals cannot come from ${found.length} asked. Give at most ${found.length}.`,
    );
  const people: People = { users: found.flatMap(({ id }) => id ?? []), externals, enough, again };
  const named = found.map(({ id, name = '', email }) => ({
    key: id ?? String(email),
    label: id === undefined ? `guest ${email} (external)` : personLabel({ id, name, ...(email && { email }) }),
  }));
  return { people, named };
}

const askedOf = (docs: readonly Doc[], asks: readonly Ask[]): Doc[] =>
  docs.filter((doc) => asks.some(({ id }) => id === doc.id));

const leftLines = (skipped: readonly string[], failed: Requests['failed']): string[] => [
  ...skipped.slice(0, MAX_LINES).map((line) => `${line}.`),
  ...(skipped.length > MAX_LINES ? [`${skipped.length - MAX_LINES} more.`] : []),
  ...failed.slice(0, MAX_LINES).map(({ item, error }) => `${titleOf(item)}: ${reasonOf(error)}.`),
];

const summaryOf = (asks: readonly Ask[], who: string, rule: string): string =>
  asks.length === 0
    ? 'Nobody to ask.'
    : `Asks ${who} to approve the current version of ${plural(asks.length, 'asset')}; ${rule}. Iconik mails them.`;

/** A request that is made again goes to all whom it asked. */
function aloneNote(asks: readonly Ask[], named: Named): string[] {
  const count = ({ users, externals, groups = [] }: Ask): number => users.length + externals.length + groups.length;
  if (!asks.some((ask) => ask.how === 'again' && count(ask) > named.length)) return [];
  const line = `Please approve or reject in Iconik: ${firstOf(asks, MAX_NAMED, ({ label }) => label)}.`;
  return [
    `people narrows no reminder: Iconik asks all of a request again. To remind ${named.map(({ label }) => label).join(', ')} alone, write to them: "${line}"`,
  ];
}

type Named = Awaited<ReturnType<typeof peopleOf>>['named'];

/** Whom the requests ask: one that is made again asks all whom the old one asked, and nobody else. */
function whoOf(asks: readonly Ask[], people: People, named: Named): string {
  const again = asks.filter(({ how }) => how === 'again');
  const asked = asks.flatMap(({ users, externals }) => [...users, ...externals.map((one) => one.toLowerCase())]);
  const some = people.again ? named.filter(({ key }) => asked.includes(key.toLowerCase())) : named;
  const others = again.some(
    ({ users, externals, groups = [] }) =>
      groups.length > 0 ||
      [...users, ...externals].some((one) => !some.some(({ key }) => key.toLowerCase() === one.toLowerCase())),
  );
  const labels = some.map(({ label }) => label).join(', ');
  return [labels, others && (labels ? 'whom else the old requests asked' : 'whom the old requests asked')]
    .filter(Boolean)
    .join(' and ');
}

/** How many approvals are enough; requests that are made again keep what they had. */
function ruleOf(asks: readonly Ask[], people: People): string {
  const again = asks.filter(({ how }) => how === 'again');
  if (people.enough !== undefined || again.length === 0) return enoughOf(people);
  const kept = 'as many approvals as before are enough';
  return again.length === asks.length ? kept : `${enoughOf(people)}; where they are asked again, ${kept}`;
}

/** `1 approval of 3 is enough`. */
function enoughOf({ enough, users, externals }: People): string {
  if (enough === undefined) return 'all who are asked have to approve';
  return `${plural(enough, 'approval')} of ${users.length + externals.length} ${enough === 1 ? 'is' : 'are'} enough`;
}

async function send(
  context: Context,
  { id, how, users, externals, groups = [], share_id, min_number }: Ask,
): Promise<void> {
  const { create_approval_request, update_approval_request } = approvals.tools;
  const body = {
    object_type: 'assets' as const,
    object_id: id,
    ...(users.length > 0 && { users: [...users] }),
    ...(externals.length > 0 && { externals: [...externals] }),
    ...(groups.length > 0 && { groups: [...groups] }),
    ...(share_id && { share_id }),
    min_number,
  };
  await context.use(how === 'add' ? update_approval_request : create_approval_request, body);
}
