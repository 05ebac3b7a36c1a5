import * as z from 'zod';
import { operation, task, toolset } from '../define.ts';
import { ToolError } from '../errors.ts';
import { flag, free, integer, page, paged, perPage, text, uuid } from '../params.ts';

/** Without its URLs: anyone who has one gets in. */
export const shareAnswer = {
  id: text,
  title: text,
  object_type: text,
  object_id: text,
  owner_id: text,
  project_id: text,
  expires: text,
  date_created: text,
  has_password: flag,
  is_approval: flag,
  allow_comments: flag,
  allow_approving_comments: flag,
  allow_setting_approve_status: flag,
  allow_download: flag,
  allow_download_proxy: flag,
  allow_upload: flag,
  allow_view_versions: flag,
  allow_view_transcriptions: flag,
  show_watermark: flag,
  show_existing_comments: flag,
  watermark: text,
  drm: text,
};

/** Somebody who was let in by e-mail, as lists of all shares show it. */
const listedGuest = { id: text, email: text, access_count: integer, last_access_date: text };

/** The same in a single share; `internal_user_id` where the address is that of a user. */
export const guestAnswer = z.looseObject({ ...listedGuest, internal_user_id: text });

/** Lists of all shares say what is shared and with whom. */
const listedShare = {
  ...shareAnswer,
  object_title: text,
  approval: free,
  users: z.array(z.looseObject(listedGuest)).optional(),
};

const list_own_shares = operation({
  title: 'List shares',
  description: 'Shares that the user created; with include_member_of also those the user is a member of.',
  effect: 'read',
  listed: false,
  roles: ['can_read_shares'],
  route: 'GET /assets/v1/shares/',
  input: {
    // According to Iconik's description, share ids are not UUIDs.
    ids: z.array(z.string().min(1)).optional().describe('Only these.'),
    object_type: z.string().optional().describe('assets or collections.'),
    object_id: uuid('Object.').optional(),
    title: z.string().optional().describe('Title.'),
    query: z.string().optional().describe('Title; * is a wildcard.'),
    include_member_of: z.boolean().optional().describe('Include shares that the user is a member of.'),
    sort: z.string().optional().describe('e.g. date_created,desc.'),
    page,
    per_page: perPage(10, 100),
  },
  output: paged(z.looseObject(listedShare)),
});

/** In every system; whoever may not see the shares of others has `list_own_shares`. */
const list_all_shares = operation({
  title: 'List all shares',
  description: 'Shares of everybody, by owner, member or object.',
  effect: 'read',
  listed: false,
  roles: ['can_manage_all_shares'],
  route: 'GET /assets/v1/shares/all/',
  input: {
    ids: z.array(z.string().min(1)).optional().describe('Only these.'),
    object_type: z.string().optional().describe('assets or collections.'),
    object_id: uuid('Object.').optional(),
    owner_id: uuid('Who made it.').optional(),
    member_id: uuid('User it was given to.').optional(),
    title: z.string().optional().describe('Title.'),
    query: z.string().optional().describe('Title; * is a wildcard.'),
    sort: z.string().optional().describe('e.g. date_created,desc.'),
    page,
    per_page: perPage(10, 100),
  },
  output: paged(z.looseObject(listedShare)),
});

export const shares = toolset({
  name: 'shares',
  description: 'Shares: links given to people outside.',
  tools: {
    list_own_shares,
    list_all_shares,

    /** Iconik reads a share by id only under the object it shares, and that object is unknown here; hence the list. */
    get_share: task({
      title: 'Get a share',
      description: 'One share by its id, if the user created it or is a member of it.',
      effect: 'read',
      listed: false,
      roles: ['can_manage_shares'],
      input: { share_id: z.string().min(1).describe('Share id.') },
      output: listedShare,
      run: async ({ share_id }, { use }) => {
        const { objects } = await use(list_own_shares, { ids: [share_id], include_member_of: true });
        const share = objects.find(({ id }) => id === share_id);
        if (share) return share;
        throw new ToolError(
          `This user neither created share ${share_id} nor is a member of it. Name the asset or collection itself.`,
        );
      },
    }),
  },
});
