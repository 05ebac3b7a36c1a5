import type { Row } from '../../types.ts';
import { ids } from '../build/ids.ts';
import type { Archive, Made } from '../build/types.ts';
import { who } from './people.ts';

const made = { date_created: '2026-03-02T10:00:00.000000+00:00', date_modified: '2026-11-12T14:12:00.000000+00:00' };

/** A metadata category: the views for one kind of object. */
const category = (objectType: string, name: string, label: string, views: readonly string[]): Row => ({
  id: `${objectType}/${name}`,
  object_type: objectType,
  name,
  label,
  view_ids: [...views],
  ...made,
});
export const categories: Row[] = [
  category('assets', 'footage', 'Footage', [ids.editorialView, ids.rightsView, ids.technicalView]),
  category('assets', 'sport', 'Sport', [ids.sportsView, ids.editorialView, ids.rightsView]),
  category('assets', 'delivery', 'Delivery', [ids.deliveryView, ids.rightsView]),
  category('collections', 'project', 'Project', [ids.editorialView, ids.rightsView]),
  category('segments', 'shot', 'Shot', [ids.editorialView, ids.sportsView]),
];

export const transcoders: Row[] = [
  {
    id: ids.edgeTranscoder,
    name: 'lisbon-edge-1',
    type: 'ICONIK_EDGE_TRANSCODER',
    settings: {},
    storage_ids: [ids.gatewayStorage],
    workers: [
      {
        id: '30b4e001-5b1c-11ef-9c3a-0a580a3db916',
        status: 'INACTIVE',
        last_update_date: '2026-11-18T21:04:11.000000+00:00',
      },
    ],
  },
  {
    id: ids.cloudTranscoder,
    name: 'cloud-eu',
    type: 'ELEMENTAL_MEDIACONVERT',
    settings: { region: 'eu-west-1' },
    storage_ids: [ids.s3Storage, ids.gcsStorage],
    workers: [],
  },
];

/** Short links of shares; they name no object. */
const SHORT_CODES: Readonly<Record<string, string>> = {
  [ids.share]: 'kP3vRt8Q',
  [ids.expiredShare]: 'Zc71mWbd',
  [ids.collectionShare]: '9hXq4LyT',
};

const share = (id: string, objectType: string, objectId: string, title: string, owner: string, more: Row): Row => ({
  id,
  object_type: objectType,
  object_id: objectId,
  title,
  owner_id: owner,
  url: `https://icnk.io/u/${SHORT_CODES[id]}/`,
  has_password: false,
  is_approval: false,
  allow_approving_comments: false,
  allow_comments: true,
  allow_custom_actions: false,
  allow_download: false,
  allow_download_proxy: false,
  allow_setting_approve_status: false,
  allow_upload: false,
  allow_user_search_for_mentions: false,
  allow_view_transcriptions: true,
  allow_view_versions: false,
  metadata_views: [],
  show_watermark: true,
  upload_storage_id: null,
  system_domain_id: ids.domain,
  project_id: null,
  users: [],
  ...more,
});
const guest = (shareId: string, number: number, email: string, visits: number, last: string | null): Row => ({
  id: `54a9e${shareId.slice(5, 8)}-${String(number).padStart(4, '0')}-11ef-9c3a-0a580a3db916`,
  share_id: shareId,
  email,
  access_count: visits,
  last_access_date: last,
});

export const shares: Row[] = [
  share(ids.share, 'assets', ids.interview, 'Reyes interview, cut 3', ids.me, {
    date_created: '2025-05-28T09:00:00.000000+00:00',
    watermark: 'standard',
    drm: 'none',
    show_existing_comments: true,
    expires: '2030-05-28T09:00:00.000000+00:00',
    users: [
      guest(ids.share, 1, 'anna@client.example', 6, '2026-11-19T17:20:00.000000+00:00'),
      guest(ids.share, 2, 'j.lund@client.example', 2, '2025-05-30T08:12:00.000000+00:00'),
    ],
  }),
  share(ids.expiredShare, 'assets', ids.match, 'Matchday 12 for the league', who.tomOkafor, {
    date_created: '2025-04-28T09:00:00.000000+00:00',
    expires: '2025-05-28T09:00:00.000000+00:00',
    allow_download: true,
    users: [guest(ids.expiredShare, 1, 'media@league.example', 1, '2025-04-29T10:00:00.000000+00:00')],
  }),
  share(ids.collectionShare, 'collections', ids.springCampaign, 'Spring, first look', who.maria, {
    date_created: '2026-03-03T09:00:00.000000+00:00',
    expires: '2029-12-31T23:00:00.000000+00:00',
    has_password: true,
    users: [guest(ids.collectionShare, 1, 'anna@client.example', 0, null)],
  }),
];

interface ApprovalSpec {
  /** Title of the asset. */
  readonly on: string;
  readonly status: string;
  /** User ids. */
  readonly users: readonly string[];
  readonly externals?: readonly string[];
  /** Who has answered so far, and how. */
  readonly answers?: readonly (readonly [user: string, status: string])[];
}

const APPROVALS: readonly ApprovalSpec[] = [
  { on: 'Interview Jordan Reyes, Lisbon', status: 'REQUESTED', users: [who.maria, who.tomBecker] },
  {
    on: 'Season trailer 2025',
    status: 'APPROVED',
    users: [ids.me, who.maria],
    answers: [
      [ids.me, 'APPROVED'],
      [who.maria, 'APPROVED'],
    ],
  },
  {
    on: 'Spring teaser, landscape, 30 seconds',
    status: 'MIXED',
    users: [who.maria, who.grace],
    externals: ['anna@client.example'],
    answers: [
      [who.maria, 'APPROVED'],
      [who.grace, 'NOT_APPROVED'],
    ],
  },
];

/** Adds an approval request of every status: open, approved, mixed. */
export function addApprovals({ world }: Archive, made: ReadonlyMap<string, Made>): void {
  for (const { on, status, users, externals = [], answers = [] } of APPROVALS) {
    const asset = made.get(on);
    if (!asset) throw new Error(`sandbox: no asset "${on}" to approve`);
    const object = { object_id: asset.id, object_type: 'assets', version_id: asset.versions.at(-1) };
    const date = '2026-11-17T10:00:00.000000+00:00';
    world.approvals.push({
      id: `assets/${asset.id}`,
      ...object,
      status,
      users: [...users],
      externals: [...externals],
      groups: [],
      min_number: users.length,
      requested_by: ids.me,
      request_date: date,
      change_date: date,
      share_id: null,
      approvals_by: answers.map(([user, answer]) => ({ ...object, user, status: answer, change_date: date })),
    });
  }
}
