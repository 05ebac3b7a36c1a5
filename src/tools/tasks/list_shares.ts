import * as z from 'zod';
import { countFittingLines } from '../../text/tokens.ts';
import { task } from '../define.ts';
import { doerIn, namesOf, type Person } from '../library/people.ts';
import { assetOrCollection, namedObject } from '../library/shares/shared_object.ts';
import {
  endLine,
  everyShare,
  guestsLine,
  guestsWho,
  type Internals,
  internalsOf,
  isLive,
  personWithShare,
  reachingShares,
  type Share,
  type Shared,
  sharedLabel,
  termsLine,
} from '../library/shares/shares.ts';
import { teamNote } from '../library/shares/team.ts';
import { integer, strings } from '../params.ts';
import { showing } from '../run/notes.ts';
import type { Context } from '../types.ts';

const MAX_LINES = 50;
const MAX_TOKENS = 6_000;

export const list_shares = task({
  title: 'List shares',
  description:
    'List who has access from outside: shares and share links of an asset, a collection (and those above it), a person, or all: what guests may do, who shared it and when it expires. To end shares use revoke_shares.',
  effect: 'read',
  roles: ['can_read_shares'],
  input: {
    ...assetOrCollection,
    person: z.string().min(1).optional().describe('Who has it or shared it: e-mail or name.'),
    ended: z.boolean().optional().describe('Also those that have ended.'),
  },
  output: { total: integer, shares: strings, notes: strings },
  validate: ({ asset, collection }) =>
    asset !== undefined && collection !== undefined ? 'asset, collection: name one of the two.' : undefined,
  run: async ({ person, ended = false, ...named }, context) => {
    const now = Date.now();
    const sharer = doerIn(person);
    const [of, { who, notes: whoNotes }] = await Promise.all([
      namedObject(context, named),
      person === undefined ? { who: undefined, notes: [] } : personWithShare(context, sharer ?? person),
    ]);
    const [{ list, notes }, team] = await Promise.all([sharesFor(context, of), of && teamNote(context, of)]);
    const isMeant = sharer === undefined ? isAbout : isFrom;
    const ofPerson = list.filter((one) => who === undefined || isMeant(one, who));
    const wanted = ofPerson.filter((one) => ended || isLive(one, now));
    const first = wanted.slice(0, MAX_LINES);
    const [names, internals] = await Promise.all([
      namesOf(
        context,
        first.map(({ owner_id }) => owner_id),
      ),
      internalsOf(context, first),
    ]);
    const lines = first.map((one) => lineOf(one, of, { names, internals, now }));
    const shown = lines.slice(0, countFittingLines(lines, 0, MAX_TOKENS));
    const past = ofPerson.length - wanted.length;
    return {
      total: wanted.length,
      shares: shown,
      notes: [
        ...notes,
        ...(team ? [team] : []),
        ...whoNotes,
        ...(past > 0 ? [`${past} have ended and are left out: ended: true shows them.`] : []),
        ...(shown.length < wanted.length
          ? [`${showing(shown.length, wanted.length)} Name an asset, a collection or a person for the others.`]
          : []),
      ],
    };
  },
});

async function sharesFor(context: Context, of: Shared | undefined): Promise<{ list: Share[]; notes: string[] }> {
  if (of) {
    const above = 'Also looked at: the shares of all collections that hold it.';
    return { list: await reachingShares(context, of), notes: [`${sharedLabel(of)} (${of.object_id}). ${above}`] };
  }
  const { list, isWhole } = await everyShare(context);
  const scope = isWhole
    ? 'Shares of everybody.'
    : 'Only the shares that you made or got: those of others need the role can_manage_all_shares. Those of one asset or collection can be listed.';
  return { list, notes: [`${scope} The list is some seconds behind.`] };
}

const isAbout = (share: Share, who: Partial<Person>): boolean => guestsWho(share, who).length > 0 || isFrom(share, who);

const isFrom = (share: Share, { id }: Partial<Person>): boolean => id !== undefined && share.owner_id === id;

interface Known {
  readonly names: ReadonlyMap<string, string>;
  readonly internals: Internals;
  readonly now: number;
}

/** `asset "…" · anna@client.example (external, …) · may look; … · until … · shared by Maria 2025-05-28 · id`. */
function lineOf(share: Share, of: Shared | undefined, { names, internals, now }: Known): string {
  const { owner_id, date_created, id } = share;
  const isOwn = of?.object_id === share.of.object_id;
  const where = of === undefined ? sharedLabel(share.of) : isOwn ? 'shared itself' : `through ${sharedLabel(share.of)}`;
  const by = names.get(owner_id ?? '') ?? owner_id ?? 'somebody';
  return [
    where,
    guestsLine(share, internals),
    termsLine(share),
    endLine(share, now),
    `shared by ${by} ${date_created?.slice(0, 10) ?? ''}`.trim(),
    id,
  ].join(' · ');
}
