import { durationOf } from '../documents.ts';
import { nullable, oneOf, pageQuery, readOnly, required, scrollQuery, text, uuid, whole } from '../fields.ts';
import { pageOf } from '../paging.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { partsOf, rowsOf } from '../values.ts';
import { created, liveVersions, ok, rowOr404 } from './common.ts';

const PLAYLISTS = '/API/assets/v1/playlists/';
const PROJECTS = '/API/assets/v1/projects/';
const ITEMS = `${PLAYLISTS}{playlist_id}/items/`;
const read = ['can_read_playlists'];

const item: Fields = {
  id: readOnly(uuid),
  object_id: required(uuid),
  object_type: required(oneOf('assets', 'sequences')),
  time_end_milliseconds: nullable(whole),
  time_start_milliseconds: nullable(whole),
  version_id: nullable(text),
};

const playlistOf = ({ store, path }: Call): Row => rowOr404(store.playlists, path.playlist_id, 'Playlist');
const chosen = (rows: readonly Row[], ids: unknown): Row[] => {
  const wanted = partsOf(ids);
  return rows.filter(({ id }) => wanted.length === 0 || wanted.includes(String(id)));
};
const hasStatus =
  ({ query }: Call) =>
  (row: Row): boolean =>
    query.status === undefined || row.status === query.status;

function list(call: Call): Reply {
  const rows = chosen(call.store.playlists.list(hasStatus(call)), call.query.ids);
  const shown = rows.map(({ playlist_items: items, ...row }) => ({ ...row, item_count: rowsOf(items).length }));
  return ok(pageOf(shown, call));
}

/** The assets of a playlist, each with the part that plays. */
function items(call: Call): Reply {
  const { store, query } = call;
  const rows = chosen(rowsOf(playlistOf(call).playlist_items), query.ids).flatMap((one, index): Row[] => {
    const asset = store.assets.get(String(one.object_id));
    if (!asset) return [];
    const { title, status, type, date_created } = asset;
    const duration = durationOf(store, asset);
    return [
      {
        ...{ id: asset.id, object_type: 'assets', title, status, type, date_created, position: index },
        ...(duration !== undefined && { duration_milliseconds: duration }),
        ...part(one),
      },
    ];
  });
  return ok({ objects: pageOf(rows, call).objects });
}

const part = ({ time_start_milliseconds: start, time_end_milliseconds: end }: Row): Row => ({
  ...(start != null && { time_start_milliseconds: start }),
  ...(end != null && { time_end_milliseconds: end }),
});

function add(call: Call): Reply {
  const { store, body } = call;
  const playlist = playlistOf(call);
  const asset = rowOr404(store.assets, String(body.object_id), 'Asset');
  if (body.version_id != null && !liveVersions(asset).some(({ id }) => id === body.version_id))
    throw new Refusal(400, { version_id: 'No such version of this asset.' });
  const added = { version_id: null, time_start_milliseconds: null, time_end_milliseconds: null, ...body };
  const row = { ...added, id: store.newId() };
  store.playlists.update(String(playlist.id), { playlist_items: [...rowsOf(playlist.playlist_items), row] });
  return created(row);
}

const listQuery: Fields = { ...pageQuery, ...scrollQuery, per_page: whole, status: text };

export const playlistEndpoints: readonly Endpoint[] = [
  { route: `GET ${PLAYLISTS}`, roles: read, query: { ...listQuery, ids: text }, handle: list },
  { route: `GET ${PLAYLISTS}{playlist_id}/`, roles: read, handle: (call) => ok(playlistOf(call)) },
  { route: `GET ${ITEMS}`, roles: read, query: { page: whole, per_page: whole, ids: text }, handle: items },
  { route: `POST ${ITEMS}`, roles: ['can_add_playlist_items'], body: item, handle: add },
  {
    route: `GET ${PROJECTS}`,
    roles: ['can_read_projects'],
    query: listQuery,
    handle: (call) => ok(pageOf(call.store.projects.list(hasStatus(call)), call)),
  },
];
