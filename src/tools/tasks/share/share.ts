import * as z from 'zod';
import { formatMoment } from '../../../media/moments.ts';
import { task } from '../../define.ts';
import { ToolError } from '../../errors.ts';
import { usersByEmail } from '../../library/people.ts';
import { assetOrCollection, namedObject, notInBin } from '../../library/shares/shared_object.ts';
import { endLine, guestsWho, type Shared, sharedLabel, termsLine } from '../../library/shares/shares.ts';
import { teamNote } from '../../library/shares/team.ts';
import { shareChanges } from '../../operations/share_changes.ts';
import { email, integer, strings, text } from '../../params.ts';
import { checkGuests, checkLink } from '../../share_domains.ts';
import type { Context } from '../../types.ts';
import { contentsOf } from './contents.ts';
import { presentNotes, presentShares } from './present.ts';
import { hasTerms, permissions, protections, type Terms, termsOf } from './terms.ts';

interface Plan {
  readonly of: Shared;
  readonly terms: Terms;
  readonly zone: string;
  /** Who is mailed; empty for a link. */
  readonly emails: readonly string[];
  /** Who has such a share already, or the link that is open already. */
  readonly there: readonly { readonly share_id: string; readonly emails: readonly string[] }[];
}

export const share = task({
  title: 'Share',
  description:
    'Share an asset or collection with people by e-mail, or make a share link: until when, and what guests may do (only look by default, no download). Returns a plan to confirm first. To end it use revoke_shares.',
  effect: 'create',
  outbound: true,
  access: true,
  idempotent: true,
  roles: ['can_write_shares', 'can_read_shares'],
  input: {
    ...assetOrCollection,
    emails: z.array(email).min(1).max(50).optional().describe('Who gets the mail with the link.'),
    link: z.boolean().optional().describe('In place of emails: a link for anyone.'),
    until: z
      .string()
      .min(1)
      .optional()
      .describe('Friday, in 3 days, 2026-12-24 18:00; a day ends at midnight. Default: no end.'),
    time_zone: z.string().optional().describe('Of until. Default UTC.'),
    may: z.array(permissions).optional().describe('Beside looking. What is left out is forbidden.'),
    protect: z.array(protections).optional().describe('Default none.'),
    password: z.string().min(1).optional().describe('Guests need it; not in the mail.'),
    message: z.string().optional().describe('Text of the mail.'),
  },
  output: { share_id: text, shared: text, until: text, mailed: integer, link: text, revoke: text, notes: strings },
  validate: ({ asset, collection, emails, link }) => {
    if ((asset === undefined) === (collection === undefined)) return 'asset, collection: name exactly one of the two.';
    if ((emails === undefined) === !link) return 'emails, link: give the e-mail addresses, or link: true.';
    return undefined;
  },
  preview: async ({ emails, link, ...args }, context) => {
    const people = [...new Map((emails ?? []).map((one) => [one.toLowerCase(), one.toLowerCase()])).values()];
    if (link) checkLink(context.shareDomains);
    checkGuests(people, context.shareDomains);
    const terms = termsOf(args);
    const zone = args.time_zone ?? 'UTC';
    const of = await namedObject(context, args);
    if (!of) throw new ToolError('asset, collection: name one.');
    await notInBin(context, of);
    const [contents, users, present, team] = await Promise.all([
      contentsOf(context, of, terms.expires),
      usersByEmail(context, people),
      presentShares(context, of),
      teamNote(context, of),
    ]);
    const own = present.live.filter((one) => one.of.object_id === of.object_id);
    const same = own.filter((one) => args.password === undefined && hasTerms(one, terms));
    const there = same.flatMap((one) => {
      const found = people.filter((email) => guestsWho(one, { email }).length > 0);
      const isSame = link ? (one.users ?? []).length === 0 : found.length > 0;
      return isSame ? [{ share_id: one.id, emails: found }] : [];
    });
    const has = new Set(there.flatMap((one) => one.emails));
    const plan: Plan = { of, terms, zone, emails: people.filter((email) => !has.has(email)), there };
    const rows = plan.emails.map((email) => {
      const user = users.get(email);
      return user ? `${email}: internal, ${user.name}` : `${email}: external`;
    });
    return {
      preview: {
        summary: summaryOf(plan, contents.size, link ?? false, args.password !== undefined),
        affected: link ? ['anyone who has the link'] : rows,
        notes: [
          ...termsNotes(plan, args),
          ...contents.notes,
          ...(await presentNotes(context, plan, present, people)),
          team,
        ],
      },
      plan,
      touches: [of.object_id],
      skipConfirm: isDone(plan, link ?? false),
    };
  },
  run: async ({ link = false, password, message }, context, plan: Plan) => {
    const facts = {
      shared: `${sharedLabel(plan.of)} (${plan.of.object_id})`,
      until: endLine(plan.terms, Date.now(), plan.zone),
    };
    const [existing] = plan.there;
    if (isDone(plan, link) && existing)
      return { ...facts, ...(await existingShare(context, plan, existing.share_id, link)) };
    const { object_type, object_id } = plan.of;
    const body = { object_type, object_id, ...plan.terms, ...(password !== undefined && { password }) };
    const made = link
      ? await context.use(shareChanges.tools.create_share_url, body)
      : await context.use(shareChanges.tools.create_share, {
          ...body,
          emails: [...plan.emails],
          ...(message !== undefined && { message }),
        });
    const { url } = made as { readonly url?: string };
    return {
      ...(made.id && { share_id: made.id, revoke: howToRevoke(plan, made.id) }),
      ...facts,
      ...(link ? { link: url ?? 'Iconik did not tell it' } : { mailed: plan.emails.length }),
    };
  },
});

/** Nothing to make: each guest has such a share, or such a link is open. */
const isDone = ({ emails, there }: Plan, link: boolean): boolean => (link ? there.length > 0 : emails.length === 0);

/** With the object: the list of all shares is late. */
const howToRevoke = ({ of }: Plan, share_id: string): string =>
  `revoke_shares with ${of.object_type === 'assets' ? 'asset' : 'collection'} "${of.object_id}", shares ["${share_id}"]`;

async function existingShare(context: Context, plan: Plan, share_id: string, link: boolean) {
  const { object_type, object_id } = plan.of;
  const { url } = link
    ? await context.use(shareChanges.tools.get_object_share, { object_type, object_id, share_id })
    : {};
  return {
    share_id,
    revoke: howToRevoke(plan, share_id),
    ...(link ? { link: url ?? 'Iconik does not tell it again' } : { mailed: 0 }),
    notes: ['Nothing was sent: such a share is open already.'],
  };
}

function summaryOf({ of, terms, zone, emails }: Plan, size: string, link: boolean, password: boolean): string {
  const object = `the ${sharedLabel(of)} (${of.object_id})${size}`;
  const who = link
    ? `Opens ${object} to anyone who has the link`
    : `Mails ${emails.length === 1 ? '1 person' : `${emails.length} people`} a link to ${object}`;
  return `${who}: ${termsLine({ ...terms, has_password: password })}; ${endLine(terms, Date.now(), zone)}.`;
}

function termsNotes(
  { terms }: Plan,
  { until, time_zone }: { readonly until?: string | undefined; readonly time_zone?: string | undefined },
): string[] {
  const end =
    terms.expires === undefined
      ? 'No end: it stays open until somebody ends it.'
      : `until: "${until}" → ${formatMoment(Date.parse(terms.expires), time_zone ?? 'UTC')}${time_zone ? ` = ${formatMoment(Date.parse(terms.expires), 'UTC')}` : ' (no time_zone given)'}`;
  return [end, ...(terms.allow_upload ? ['Uploads go to the storage that Iconik takes by default.'] : [])];
}
