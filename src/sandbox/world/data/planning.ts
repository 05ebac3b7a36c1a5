import type { Row } from '../../types.ts';
import { ids } from '../build/ids.ts';
import { addProposal } from '../build/proposals.ts';
import type { Archive } from '../build/types.ts';
import { who } from './people.ts';

const TAIL = '-5b1c-11ef-9c3a-0a580a3db916';
const made = { date_created: '2026-09-14T09:00:00.000000+00:00', date_modified: '2026-11-12T14:12:00.000000+00:00' };

const item = (number: number, assetId: string, start: number | null, end: number | null): Row => ({
  id: `91a1e${String(number).padStart(3, '0')}${TAIL}`,
  object_type: 'assets',
  object_id: assetId,
  version_id: null,
  time_start_milliseconds: start,
  time_end_milliseconds: end,
});

const playlist = (id: string, name: string, owner: string, items: readonly Row[], more: Row = {}): Row => ({
  id,
  name,
  created_by_user: owner,
  system_domain_id: ids.domain,
  playlist_items: [...items],
  ...made,
  ...more,
});

export const playlists: Row[] = [
  playlist(
    ids.playlist,
    'Screening, Thursday',
    who.maria,
    [item(1, ids.trailer, null, null), item(2, ids.interview, 60_000, 180_000), item(3, ids.drone, null, null)],
    { project_id: ids.project },
  ),
  playlist(`91a10002${TAIL}`, 'Goals of the season', who.tomOkafor, [item(4, ids.match, 1_200_000, 1_260_000)]),
];

export const projects: Row[] = [
  {
    id: ids.project,
    name: 'Spring Campaign 2026',
    status: 'ACTIVE',
    collection_id: ids.springCampaign,
    storage_id: null,
    created_by_user: who.maria,
    system_domain_id: ids.domain,
    ...made,
  },
];

const action = (id: string, title: string, context: string, type: string, url: string, more: Row = {}): Row => ({
  id,
  title,
  context,
  type,
  url,
  app_id: null,
  disabled: false,
  headers: {},
  metadata_view: null,
  status: 'HEALTHY',
  system_domain_id: ids.domain,
  ...made,
  ...more,
});

/** What the house has wired up. */
export const customActions: Row[] = [
  action(ids.customAction, 'Send to playout', 'ASSET', 'POST', 'https://playout.harbourmedia.example/in', {
    headers: { Authorization: 'Bearer sandbox-secret-playout' },
  }),
  action(`ac710002${TAIL}`, 'Order subtitles', 'BULK', 'POST', 'https://subtitles.example/orders?key=sandbox-secret', {
    status: 'FAILING',
    last_error: '503 from subtitles.example',
    last_error_date: '2026-11-18T16:02:11.000000+00:00',
  }),
  action(`ac710003${TAIL}`, 'Open the shot list', 'COLLECTION', 'OPEN', 'https://shots.harbourmedia.example/open'),
  action(`ac710004${TAIL}`, 'Send to the old newsroom', 'ASSET', 'POST', 'https://news.harbourmedia.example/in', {
    disabled: true,
  }),
];

/** What Iconik's AI proposes for the interview, and a person has still to decide on. */
export const addStoryProposal = ({ world }: Archive): void =>
  addProposal(world, {
    id: ids.proposalJob,
    asset: ids.interview,
    version: ids.interviewVersions[2],
    values: { keywords: ['interview', 'harbour', 'football'], location_name: ['Lisbon'] },
    date: '2026-11-20T07:30:00.000000+00:00',
  });
