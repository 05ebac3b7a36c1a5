import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { assetId, integer, paged, strings, text } from '../params.ts';
import { assets } from './assets.ts';
import { noneOfAsset } from './not_found.ts';

/** One person's answer; `user` is an id, `external` the e-mail address of a guest. */
const approvalAnswer = z.looseObject({
  user: text,
  external: text,
  status: text,
  change_date: text,
  version_id: text,
});

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
      output: {
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
      },
      onNotFound: async ({ asset_id }, { use }) => {
        await use(assets.tools.get_asset, { asset_id });
        return { status: 'N/A' };
      },
    }),

    list_approvals: operation({
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
  },
});
