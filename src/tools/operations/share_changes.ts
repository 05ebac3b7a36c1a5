import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { clear, email, perPage, text, uuid } from '../params.ts';
import type { Context } from '../types.ts';
import { permissionsOf, previewed, sharedObject, sharePath, shareSettings } from './share_settings.ts';
import { guestAnswer, shareAnswer } from './shares.ts';

/** Guests of a share that a preview names. */
const MAX_GUESTS = 20;

const get_object_share = operation({
  title: 'Get a share of an object',
  description: 'One share with its guests.',
  effect: 'read',
  listed: false,
  roles: [],
  route: 'GET /assets/v1/{object_type}/{object_id}/shares/{share_id}/',
  input: sharePath,
  output: {
    ...shareAnswer,
    users: z.array(guestAnswer).optional(),
    /** For a task that was asked for this link: anyone who has it gets in. */
    url: text,
  },
});

/** The share as it is, for a preview: its name, and a row for each guest. */
async function shareOf(
  { object_type, object_id, share_id }: z.output<z.ZodObject<typeof sharePath>>,
  context: Context,
) {
  const path = { object_type, object_id, share_id };
  const [{ name, row }, share] = await Promise.all([previewed(path, context), context.use(get_object_share, path)]);
  const guests = (share.users ?? []).slice(0, MAX_GUESTS).map(({ email, access_count }) => ({
    ...(email && { guest: email }),
    ...(access_count !== undefined && { visits: access_count }),
  }));
  const title = share.title ? ` ${inQuotes(share.title)}` : '';
  const affected = [{ ...row, share: share_id, ...(share.expires && { expires: share.expires.slice(0, 10) }) }];
  return { name: `the share${title} of ${name}`, affected: [...affected, ...guests] };
}

export const shareChanges = toolset({
  name: 'share_changes',
  description: 'Making, changing and ending shares.',
  tools: {
    get_object_share,

    list_object_shares: operation({
      title: 'List shares of an asset or collection',
      description:
        'List the shares of one asset or collection: title, end, what guests may do. The links themselves stay out of the answer.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_shares'],
      route: 'GET /assets/v1/{object_type}/{object_id}/shares/',
      input: {
        ...sharedObject,
        last_id: uuid('Next page: id of the last share seen.').optional(),
        per_page: perPage(10, 100),
      },
      output: { objects: z.array(z.looseObject(shareAnswer)).default([]) },
    }),

    create_share: operation({
      title: 'Share by e-mail',
      description:
        'Give people outside access to an asset or collection: Iconik mails each of them a link. The first call only shows who would get what. For a link without mail use create_share_url.',
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_write_shares'],
      route: 'POST /assets/v1/{object_type}/{object_id}/shares/',
      input: {
        ...sharedObject,
        emails: z.array(email).min(1).max(50).describe('Who gets the mail.'),
        message: z.string().optional().describe('Text of the mail.'),
        password: z.string().optional().describe('Guests need it, too; tell them yourself.'),
        project_id: uuid('Project it belongs to.').optional(),
        ...shareSettings,
      },
      output: shareAnswer,
      preview: async (args, context) => {
        const { name, row } = await previewed(args, context);
        const guarded = args.password ? '; with a password' : '';
        const summary = `Mails ${plural(args.emails.length, 'guest')} a link to ${name}: ${permissionsOf(args)}${guarded}.`;
        return {
          preview: { summary, affected: [row, ...args.emails.map((email) => ({ guest: email }))] },
          plan: undefined,
        };
      },
    }),

    create_share_url: operation({
      title: 'Share by link',
      description:
        'Make a link with which anyone who has it sees an asset or collection, and return it; nobody is mailed. The first call only shows what would be open. To mail people use create_share.',
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_write_shares'],
      route: 'POST /assets/v1/{object_type}/{object_id}/shares/url/',
      input: {
        ...sharedObject,
        password: z.string().optional().describe('Guests need it, too.'),
        ...shareSettings,
      },
      output: { ...shareAnswer, url: text },
      preview: async (args, context) => {
        const { name, row } = await previewed(args, context);
        const guarded = args.password ? 'and the password ' : '';
        const summary = `Opens ${name} to anyone with the link ${guarded}(no mail): ${permissionsOf(args)}.`;
        return { preview: { summary, affected: [row] }, plan: undefined };
      },
    }),

    update_share: operation({
      title: 'Change a share',
      description:
        'Change a share: make it longer or shorter with expires, allow or forbid downloads and comments. Fields left out may be reset, so give all that should hold. To end it use delete_share.',
      effect: 'update',
      outbound: true,
      listed: 'chosen',
      roles: ['can_write_shares'],
      route: 'PUT /assets/v1/{object_type}/{object_id}/shares/{share_id}/',
      input: {
        ...sharePath,
        message: z.string().optional().describe('Text for guests.'),
        project_id: uuid('Project it belongs to.').optional(),
        ...shareSettings,
        clear: clear(
          'is_approval',
          'message',
          'metadata_views',
          'project_id',
          'show_existing_comments',
          'show_watermark',
          'title',
          'upload_storage_id',
        ),
      },
      output: shareAnswer,
      preview: async (args, context) => {
        const { name, affected } = await shareOf(args, context);
        return { preview: { summary: `Changes ${name}: ${permissionsOf(args)}.`, affected }, plan: undefined };
      },
    }),

    delete_share: operation({
      title: 'End a share',
      description:
        'End a share at once: its link and its guests no longer get in; the asset or collection stays. The first call only shows whose access ends.',
      effect: 'delete',
      listed: 'chosen',
      roles: ['can_delete_object_shares'],
      route: 'DELETE /assets/v1/{object_type}/{object_id}/shares/{share_id}/',
      input: sharePath,
      output: {},
      preview: async (args, context) => {
        const { name, affected } = await shareOf(args, context);
        return {
          preview: { summary: `Ends ${name} for good; a new share has a new link.`, affected },
          plan: undefined,
        };
      },
    }),

    remove_share_guest: operation({
      title: 'Take a guest out of a share',
      description: 'End the access of one guest of a share; the other guests keep theirs.',
      effect: 'delete',
      listed: false,
      roles: ['can_write_shares'],
      route: 'DELETE /assets/v1/{object_type}/{object_id}/shares/{share_id}/users/{share_user_id}/',
      input: { ...sharePath, share_user_id: z.string().min(1).describe('Guest.') },
      output: {},
      preview: async (args, context) => {
        const { name, affected } = await shareOf(args, context);
        return { preview: { summary: `Takes one guest out of ${name}.`, affected }, plan: undefined };
      },
    }),
  },
});
