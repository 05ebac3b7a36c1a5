import { between, defaulting, flag, listOf, nullable, oneOf, required, text, uuid } from '../../fields.ts';
import { may } from '../../permissions.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../../types.ts';
import { isRow } from '../../values.ts';
import { latestVersion, ok, startJob } from '../common.ts';
import { assetsNamed } from '../named_assets.ts';
import { rowOf } from './rows.ts';
import { storageFor } from './storages.ts';

const ASSET = '/API/files/v1/assets/{asset_id}/';
const FILE = `${ASSET}files/{file_id}/`;
const PROXY = `${ASSET}proxies/{proxy_id}/`;
const roles = ['can_create_transcode_jobs'];
const body: Fields = {
  job_id: nullable(uuid),
  priority: nullable(between(1, 10)),
  set_as_custom_keyframe: nullable(flag),
  update_proxy_mediainfo: flag,
  use_storage_transcode_ignore_pattern: nullable(flag),
};

const bulkBody: Fields = {
  format_name: defaulting(text, 'ORIGINAL'),
  object_ids: required(listOf(uuid, { minItems: 1, maxItems: 500 })),
  object_type: required(oneOf('assets', 'collections', 'playlists', 'saved_searches')),
  prefer_any_cloud: flag,
  preferred_storage_id: uuid,
  preferred_storage_method: oneOf('AZURE', 'B2', 'CUSTOM', 'FILE', 'FTP', 'GCS', 'HTTP', 'PORTAL', 'S3', 'SFTP'),
  priority: between(1, 10),
};

/** Starts a job about the asset and answers its id. */
function begin(call: Call, type: string, title: string, work: () => void): Reply {
  const { store, path } = call;
  const { id } = startJob(call, type, title, 1, work);
  const priority = call.body.priority ?? 5;
  store.jobs.update(String(id), { object_id: path.asset_id, object_type: 'assets', priority });
  return ok({ job_id: id });
}

/** Adds a closed proxy or keyframe, unless the version has one of that type. */
function addOnce(call: Call, table: 'proxies' | 'keyframes', source: Row, row: Row): void {
  const { store } = call;
  const own = { asset_id: source.asset_id, version_id: source.version_id };
  const same = store[table]
    .where('asset_id', own.asset_id)
    .filter((other) => other.version_id === own.version_id && other.type === row.type);
  if (same.length > 0) return;
  const storage = storageFor(store, table === 'proxies' ? 'PROXIES' : 'KEYFRAMES');
  const [date, home] = [store.now(), { storage_id: storage.id, storage_method: storage.method }];
  const rest = { id: store.newId(), status: 'CLOSED', is_public: false, date_created: date, date_modified: date };
  store[table].insert({ ...rest, ...own, ...home, ...row });
}

function addKeyframes(call: Call, source: Row): void {
  const stem = stemOf(source);
  for (const type of ['KEYFRAME', 'KEYFRAME_MAP']) {
    const name = `${stem}_${type.toLowerCase()}`;
    const picture = { format: 'jpg', resolution: { width: 1280, height: 720 }, rotation: 0, is_custom_keyframe: false };
    addOnce(call, 'keyframes', source, { type, name, filename: `${name}.jpg`, ...picture });
  }
}

const stemOf = (row: Row): string =>
  String(row.original_name ?? row.filename ?? row.name ?? row.id).replace(/\.\w+$/, '');

function ofProxy(call: Call): Reply {
  const proxy = rowOf(call, 'proxies', call.path.proxy_id);
  return begin(call, 'KEYFRAMES', `Keyframes of ${stemOf(proxy)}`, () => addKeyframes(call, proxy));
}

function addPreviews(call: Call, file: Row): void {
  const stem = stemOf(file);
  const made = { format: 'mp4', codec: 'h264', resolution: { width: 1280, height: 720 }, rotation: 0 };
  addOnce(call, 'proxies', file, { name: `${stem}_proxy`, filename: `${stem}.mp4`, ...made });
  addKeyframes(call, file);
}

/** Adds a proxy and keyframes to the version of a file. */
function ofFile(call: Call): Reply {
  const file = rowOf(call, 'files', call.path.file_id);
  return begin(call, 'TRANSCODE', `Transcode ${stemOf(file)}`, () => addPreviews(call, file));
}

/** The same for the latest versions of many assets, from the files of a format; what has none is left out. */
function ofMany(call: Call): Reply {
  const { store, body: given } = call;
  const files = assetsNamed(call).flatMap((asset) => {
    const version = latestVersion(asset)?.id;
    const format = store.formats
      .where('asset_id', asset.id)
      .find((row) => row.name === given.format_name && row.version_id === version && row.status !== 'DELETED');
    const sources = store.files
      .where('asset_id', asset.id)
      .filter((file) => file.format_id === format?.id && file.status === 'CLOSED');
    const source = sources.find((file) => file.storage_id === given.preferred_storage_id) ?? sources[0];
    return source && may(store, 'write', 'assets', asset.id) ? [source] : [];
  });
  const pieces = Math.max(1, files.length);
  const work = (piece: number): void => {
    const file = files[piece];
    if (file) addPreviews(call, file);
  };
  const job = startJob(call, 'TRANSCODE', `Transcode ${files.length} assets`, pieces, work, pieces);
  const related = files.map((file) => ({ object_id: file.asset_id, object_type: 'assets' }));
  store.jobs.update(String(job.id), { related_objects: related, priority: given.priority ?? 5 });
  return ok({ job_id: job.id });
}

/** Adds components to the format of a file that has none. */
function mediaInfo(call: Call): Reply {
  const { store } = call;
  const file = rowOf(call, 'files', call.path.file_id);
  return begin(call, 'MEDIAINFO', `Media information of ${stemOf(file)}`, () => {
    const format = store.formats.get(String(file.format_id));
    if (!format || (Array.isArray(format.components) && format.components.length > 0)) return;
    const metadata = { file_name: String(file.original_name), file_size: String(file.size ?? '') };
    const components = [{ id: store.newId(), name: 'General', type: 'GENERAL', metadata }];
    store.formats.update(String(format.id), { components });
  });
}

/** Adds a poster at the given time. Its frame number uses the rate of the version's other keyframes. */
function capture(call: Call): Reply {
  const { store, path, body: given } = call;
  const file = rowOf(call, 'files', path.file_id);
  const milliseconds = Number(path.milliseconds);
  if (!Number.isInteger(milliseconds) || milliseconds < 0)
    throw new Refusal(400, 'milliseconds must be a whole number');
  return begin(call, 'KEYFRAMES', `Poster of ${stemOf(file)}`, () => {
    const others = store.keyframes.where('asset_id', file.asset_id).filter((row) => row.version_id === file.version_id);
    const model = others.find(({ time_code: code }) => isRow(code));
    const code = isRow(model?.time_code) ? model.time_code : {};
    const base = isRow(code.time_base) ? code.time_base : { numerator: 1, denominator: 25 };
    const frame = Math.round((milliseconds * Number(base.denominator)) / (1000 * Number(base.numerator)));
    const { id: storageId, method } = storageFor(store, 'KEYFRAMES');
    const date = store.now();
    const poster = store.keyframes.insert({
      id: store.newId(),
      asset_id: file.asset_id,
      version_id: file.version_id,
      type: 'POSTER',
      name: `${stemOf(file)}_poster`,
      filename: `${stemOf(file)}_poster.jpg`,
      format: 'jpg',
      status: 'CLOSED',
      storage_id: storageId,
      storage_method: method,
      is_public: false,
      is_custom_keyframe: given.set_as_custom_keyframe === true,
      resolution: model?.resolution ?? { width: 1280, height: 720 },
      rotation: 0,
      time_code: { frames_number: frame, is_drop_frame: code.is_drop_frame === true, time_base: base },
      date_created: date,
      date_modified: date,
    });
    if (given.set_as_custom_keyframe === true)
      store.assets.update(String(file.asset_id), { custom_keyframe: poster.id });
  });
}

export const transcodeEndpoints: readonly Endpoint[] = [
  { route: 'POST /API/files/v1/assets/bulk/keyframes/', roles, body: bulkBody, handle: ofMany },
  { route: `POST ${PROXY}keyframes/`, roles, body, handle: ofProxy },
  { route: `POST ${FILE}keyframes/`, roles, body, handle: ofFile },
  { route: `POST ${FILE}capture/{milliseconds}/`, roles: ['can_create_poster'], body, handle: capture },
  { route: `POST ${FILE}mediainfo/`, roles, body, handle: mediaInfo },
];
