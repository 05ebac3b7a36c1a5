import { defaulting, flag } from '../fields.ts';
import { pageOf } from '../paging.ts';
import { type Call, type Endpoint, Refusal, type Reply, type Row } from '../types.ts';
import { partsOf, rowsOf, textsOf } from '../values.ts';
import { userInfo } from './assets.ts';
import { assetOf, created, latestVersion, liveVersions, noContent, ok, rowOr404, startJob } from './common.ts';
import {
  bulkCreateBody,
  bulkDeleteBody,
  bulkEditBody,
  createBody,
  editable,
  editBody,
  listQuery,
  segmentTypes,
  typedQuery,
} from './segment_fields.ts';
import { segmentsFor } from './segment_query.ts';

const LIST = '/API/assets/v1/assets/{asset_id}/segments/';
const ONE = `${LIST}{segment_id}/`;
const subclipKeyframes = { generate_subclip_keyframes: defaulting(flag, true) };

function list(call: Call, type?: string): Reply {
  const { query, store } = call;
  const page = pageOf(segmentsFor(call, call.index, type), call);
  const includes = partsOf(query.includes);
  const show = (segment: Row): Row => {
    const shown = query.include_users === true ? { ...segment, user_info: userInfo(store, segment.user_id) } : segment;
    return includes.length === 0 ? shown : Object.fromEntries(includes.map((name) => [name, shown[name]]));
  };
  return ok({ ...page, objects: rowsOf(page.objects).map(show), facets: {} });
}

function segmentOf(call: Call, id = call.path.segment_id): Row {
  const segment = rowOr404(call.store.segments, id, 'Segment');
  if (segment.asset_id !== assetOf(call).id) throw new Refusal(404, `Segment ${id} does not exist`);
  return segment;
}

function checkFit(call: Call, asset: Row, segment: Row): void {
  const {
    time_start_milliseconds: start,
    time_end_milliseconds: end,
    version_id: version,
    parent_id: parent,
  } = segment;
  if (typeof start === 'number' && typeof end === 'number' && end < start) {
    throw new Refusal(400, { time_end_milliseconds: 'Must not be before time_start_milliseconds.' });
  }
  if (version !== undefined && !liveVersions(asset).some(({ id }) => id === version)) {
    throw new Refusal(400, { version_id: 'Not a version of this asset.' });
  }
  if (parent !== undefined && call.store.segments.get(String(parent))?.asset_id !== asset.id) {
    throw new Refusal(400, { parent_id: 'Not a segment of this asset.' });
  }
}

function insert({ store, user }: Call, asset: Row, body: Row): Row {
  const date = store.now();
  const id = store.newId();
  const parent = store.segments.get(String(body.parent_id));
  return store.segments.insert({
    ...blank(),
    id,
    asset_id: asset.id,
    version_id: latestVersion(asset)?.id,
    status: 'ACTIVE',
    segment_checked: false,
    top_level: !parent,
    path: parent ? `${parent.path}/${id}` : id,
    user_id: user.id,
    user_first_name: user.first_name,
    user_last_name: user.last_name,
    user_photo: user.photo ?? null,
    has_drawing: Boolean(body.drawing),
    date_created: date,
    date_modified: date,
    ...body,
  });
}

/** The optional columns of a segment, all null. */
function blank(): Row {
  const nullables = Object.entries(editable).filter(([, field]) => field.nullable);
  return Object.fromEntries(nullables.map(([name]) => [name, null]));
}

function edit(call: Call, replaces: boolean): Reply {
  const segment = segmentOf(call);
  checkFit(call, assetOf(call), { ...segment, ...call.body, parent_id: undefined });
  const rest = replaces ? { ...blank(), segment_checked: false } : {};
  return ok(change(call, segment, { ...rest, ...call.body }));
}

function change({ store }: Call, segment: Row, changes: Row): Row {
  const drawn = 'drawing' in changes ? { has_drawing: Boolean(changes.drawing) } : {};
  return store.segments.update(String(segment.id), { ...changes, ...drawn });
}

function bulkCreate(call: Call): Reply {
  const asset = assetOf(call);
  const objects = rowsOf(call.body.objects);
  for (const object of objects) checkFit(call, asset, object);
  const create = (): void => {
    for (const object of objects) insert(call, asset, object);
  };
  return created(startJob(call, 'METADATA', `Create ${objects.length} segments`, objects.length, create));
}

function bulkEdit(call: Call): Reply {
  const objects = rowsOf(call.body.objects);
  const pairs = objects.map(({ id, ...changes }) => ({ segment: segmentOf(call, String(id)), changes }));
  const update = (): void => {
    for (const { segment, changes } of pairs) change(call, segment, changes);
  };
  return created(startJob(call, 'METADATA', `Edit ${objects.length} segments`, objects.length, update));
}

function bulkDelete(call: Call): Reply {
  const asset = assetOf(call);
  const { segment_ids: ids, segment_type: type, version_id: version } = call.body;
  if (ids === undefined && type === undefined) throw new Refusal(400, 'segment_ids or segment_type is needed');
  const wanted = new Set(textsOf(ids));
  const chosen = call.store.segments
    .where('asset_id', asset.id)
    .filter(
      (segment) =>
        (ids === undefined || wanted.has(String(segment.id))) &&
        (type === undefined || segment.segment_type === type) &&
        (version == null || segment.version_id === version),
    );
  for (const segment of chosen) call.store.segments.remove(String(segment.id));
  return noContent;
}

function remove(call: Call): Reply {
  const { store, query } = call;
  const segment = segmentOf(call);
  const replies = store.segments.where('asset_id', segment.asset_id).filter((row) => row.parent_id === segment.id);
  for (const { id } of [segment, ...replies]) {
    if (query.soft_delete === true) store.segments.update(String(id), { status: 'DELETED' });
    else store.segments.remove(String(id));
  }
  return noContent;
}

export const segmentEndpoints: readonly Endpoint[] = [
  { route: `GET ${LIST}`, roles: ['can_read_segments'], query: listQuery, handle: (call) => list(call) },
  {
    route: `POST ${LIST}`,
    roles: ['can_create_segments'],
    body: createBody,
    handle(call) {
      const asset = assetOf(call);
      checkFit(call, asset, call.body);
      return created(insert(call, asset, call.body));
    },
  },
  { route: `POST ${LIST}bulk/`, roles: ['can_create_segments'], body: bulkCreateBody, handle: bulkCreate },
  {
    route: `PUT ${LIST}bulk/`,
    roles: ['can_write_segments'],
    query: subclipKeyframes,
    body: bulkEditBody,
    handle: bulkEdit,
  },
  {
    route: `DELETE ${LIST}bulk/`,
    roles: ['can_delete_segments'],
    query: { immediately: defaulting(flag, true), ignore_reindexing: defaulting(flag, true) },
    body: bulkDeleteBody,
    handle: bulkDelete,
  },
  {
    route: `GET ${LIST}{segment_type}/`,
    roles: ['can_read_segments'],
    query: typedQuery,
    handle(call) {
      const type = String(call.path.segment_type);
      if (!segmentTypes.some((known) => known === type)) throw new Refusal(404, `No segment or segment type: ${type}`);
      return list(call, type);
    },
  },
  {
    route: `GET ${ONE}`,
    roles: ['can_read_segments'],
    query: { scroll: flag, scroll_id: { type: 'string' } },
    handle: (call) => ok(segmentOf(call)),
  },
  {
    route: `PUT ${ONE}`,
    roles: ['can_write_segments'],
    query: subclipKeyframes,
    body: editBody,
    handle: (call) => edit(call, true),
  },
  {
    route: `PATCH ${ONE}`,
    roles: ['can_write_segments'],
    query: subclipKeyframes,
    body: editBody,
    partial: true,
    handle: (call) => edit(call, false),
  },
  { route: `DELETE ${ONE}`, roles: ['can_delete_segments'], query: { soft_delete: flag }, handle: remove },
];
