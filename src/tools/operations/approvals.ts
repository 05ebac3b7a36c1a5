import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { operation, toolset } from '../define.ts';
import { assetId, clear, email, integer, paged, strings, text, uuid, uuids } from '../params.ts';
import { assets } from './assets.ts';
import { noneOfAsset } from './not_found.ts';
import { previewed, sharedObject } from './share_settings.ts';

/** One person's answer; `user` is an id, `external` the e-mail address of a guest. */
const approvalAnswer = z.looseObject({
  user: text,
  external: text,
  status: text,
  change_date: text,
  version_id: text,
});

/** An approval request, as reading and asking answer it. */
const requestAnswer = {
  status: text,
  user_status: text,
  version_id: text,
  requested_by: text,
  request_date: text,
  change_date: text,
  min_number: integer,
  users: strings,
  users_info: z.array(z.looseObject({ id: text, first_name: text, last_name: text })).optional(),
  groups: strings,
  externals: strings,
  share_id: text,
  approvals_by: z.array(approvalAnswer).optional(),
};

/** `maria@…, 2 users, 1 group`: whom a request goes to. */
function peopleIn(args: {
  readonly users?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly externals?: readonly string[] | undefined;
}): string {
  const { users = [], groups = [], externals = [] } = args;
  const some = [
    users.length > 0 && plural(users.length, 'user'),
    groups.length > 0 && plural(groups.length, 'group'),
    externals.length > 0 && `${plural(externals.length, 'guest')} (${externals.join(', ')})`,
  ];
  return some.filter(Boolean).join(', ');
}

export const approvals = toolset({
  name: 'approvals',
  description: 'Approvals: who was asked, and what they answered.',
  tools: {
    get_approval_request: operation({
      title: 'Get the approval of an asset',
      description: 'Approval state of an asset, who was asked and what they answered; N/A if nobody was asked.',
      effect: 'read',
      listed: false,
      roles: ['can_read_approval_request'],
      route: 'GET /assets/v1/assets/{asset_id}/approvals/request/',
      input: { asset_id: assetId },
      output: requestAnswer,
      onNotFound: async ({ asset_id }, { use }) => {
        await use(assets.tools.get_asset, { asset_id });
        return { status: 'N/A' };
      },
    }),

    list_asset_approvals: operation({
      title: 'List approvals of an asset',
      description: 'What each person answered about an asset.',
      effect: 'read',
      listed: false,
      roles: ['can_read_approval_request'],
      route: 'GET /assets/v1/assets/{asset_id}/approvals/',
      input: { asset_id: assetId },
      output: paged(approvalAnswer),
      onNotFound: noneOfAsset,
    }),

    create_approval_request: operation({
      title: 'Ask for approval',
      description:
        'Ask users, groups or guests to approve an asset, or what a collection holds: Iconik mails them, and an earlier request is replaced. The first call only shows who would be asked. To answer use set_approval_status.',
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_write_approval_request'],
      route: 'POST /assets/v1/{object_type}/{object_id}/approvals/request/',
      input: {
        ...sharedObject,
        users: uuids('Users to ask.').optional(),
        groups: uuids('Groups to ask.').optional(),
        externals: z.array(email).optional().describe('Guests to ask, by e-mail.'),
        min_number: z.int().min(1).optional().describe('Approvals that are enough. Default 1.'),
        share_id: uuid('Share through which guests answer.').optional(),
      },
      output: { ...requestAnswer, job_id: text },
      validate: (args) => (peopleIn(args) ? undefined : 'users, groups, externals: give at least one person to ask.'),
      preview: async (args, context) => {
        const { name, row } = await previewed(args, context);
        const enough = `${plural(args.min_number ?? 1, 'approval')} ${(args.min_number ?? 1) === 1 ? 'is' : 'are'} enough`;
        return {
          preview: { summary: `Asks ${peopleIn(args)} to approve ${name}; ${enough}.`, affected: [row] },
          plan: undefined,
        };
      },
    }),

    /** Leaves the answers that came so far, where a new request would begin without any. */
    update_approval_request: operation({
      title: 'Change a request for approval',
      description: 'Change whom an open request goes to, or how many approvals are enough; answers stay.',
      effect: 'update',
      outbound: true,
      listed: false,
      roles: ['can_write_approval_request'],
      route: 'PATCH /assets/v1/{object_type}/{object_id}/approvals/request/',
      input: {
        ...sharedObject,
        users: uuids('All users to ask.').optional(),
        groups: uuids('All groups to ask.').optional(),
        externals: z.array(email).optional().describe('All guests to ask, by e-mail.'),
        min_number: z.int().min(1).optional().describe('Approvals that are enough.'),
        share_id: uuid('Share through which guests answer.').optional(),
        clear: clear('share_id'),
      },
      output: requestAnswer,
      preview: async (args, context) => {
        const { name, row } = await previewed(args, context);
        return { preview: { summary: `Changes the request to approve ${name}.`, affected: [row] }, plan: undefined };
      },
    }),

    set_approval_status: operation({
      title: 'Approve or reject',
      description:
        "Give this user's own answer to an approval request of an asset or collection. Where answers differ the request becomes MIXED. Who was asked and who answered: show_asset.",
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_approval_status'],
      route: 'PUT /assets/v1/{object_type}/{object_id}/approvals/',
      input: {
        ...sharedObject,
        status: z.enum(['APPROVED', 'NOT_APPROVED']).describe('The answer.'),
      },
      output: { status: text, user: text, change_date: text, version_id: text },
    }),
  },
});
