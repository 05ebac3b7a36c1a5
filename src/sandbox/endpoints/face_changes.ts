import { defaulting, flag, listOf, nullable, oneOf, required, text, uuid } from '../fields.ts';
import { may } from '../permissions.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row, type Store } from '../types.ts';
import { isRow, rowsOf, textsOf } from '../values.ts';
import { addHistoryEntry, created, latestVersion, noContent, ok, rowOr404, startJob } from './common.ts';
import { assetsNamed } from './named_assets.ts';

const FACES = '/API/ml/v1/face_recognition/';
const PERSON = `${FACES}persons/{person_id}/`;
const INSTANCE = `${PERSON}assets/{asset_id}/versions/{version_id}/`;

const personBody: Fields = { main_face_id: uuid, name: nullable(text) };

const personOf = ({ store, path }: Call): Row => rowOr404(store.persons, path.person_id, 'Person');

const edit = (call: Call): Reply => ok(call.store.persons.update(String(personOf(call).id), call.body));

const appearancesOf = (store: Store, id: unknown): Row[] => store.appearances.list((row) => row.person_id === id);

/** Brings what assets and persons say of finds into line with the finds. */
function settle(store: Store, assetIds: Iterable<unknown>, personIds: readonly unknown[]): void {
  for (const id of new Set(assetIds)) {
    const asset = store.assets.get(String(id));
    if (!asset) continue;
    const found = store.appearances.where('asset_id', id);
    const stateOf = (own: readonly Row[]): Row => ({
      person_ids: [...new Set(own.map((row) => row.person_id))],
      has_unconfirmed_persons: own.some(isOpen),
    });
    const versions = rowsOf(asset.versions).map((version) => ({
      ...version,
      ...stateOf(found.filter((row) => row.version_id === version.id)),
    }));
    const latest = latestVersion(asset)?.id;
    store.assets.update(String(id), { ...stateOf(found.filter((row) => row.version_id === latest)), versions });
  }
  for (const id of personIds)
    store.persons.update(String(id), { has_unconfirmed_instances: appearancesOf(store, id).some(isOpen) });
}

const isOpen = ({ status }: Row): boolean => status === 'UNCONFIRMED' || status === 'NEW';

/** Confirms finds of a person in the background: in these versions, or wherever it was found. */
function confirm(call: Call): Reply {
  const { store, body } = call;
  const person = personOf(call);
  const versions = textsOf(body.version_ids);
  const wanted = appearancesOf(store, person.id).filter(
    (row) =>
      (versions.length === 0 || versions.includes(String(row.version_id))) &&
      (body.all_instances_except_unconfirmed !== true || !isOpen(row)) &&
      may(store, 'read', 'assets', row.asset_id),
  );
  startJob(call, 'CONFIRM_PERSON', `Confirm ${person.name ?? 'person'}`, wanted.length, () => {
    for (const { id } of wanted) store.appearances.update(String(id), { status: 'USER_CONFIRMED' });
    store.persons.update(String(person.id), { status: 'USER_CONFIRMED' });
    settle(
      store,
      wanted.map((row) => row.asset_id),
      [person.id],
    );
  });
  return noContent;
}

/** Makes one find that of another person, who may be new. */
function change(call: Call): Reply {
  const { store, path, body, user } = call;
  const person = personOf(call);
  const found = rowOr404(store.appearances, `${person.id}/${path.version_id}`, 'Instance');
  const { new_person_id: id, new_person_name: name } = body;
  if (typeof id !== 'string' && typeof name !== 'string')
    throw new Refusal(400, 'new_person_id or new_person_name is needed');
  const target =
    typeof id === 'string'
      ? rowOr404(store.persons, id, 'Person')
      : store.persons.insert({
          ...person,
          id: store.newId(),
          name,
          status: 'USER_CONFIRMED',
          main_face_id: found.person_version_face_id,
          created_by_user: user.id,
        });
  store.appearances.remove(String(found.id));
  const moved = { ...found, id: `${target.id}/${path.version_id}`, person_id: target.id, status: 'USER_CONFIRMED' };
  if (!store.appearances.get(moved.id)) store.appearances.insert(moved);
  for (const row of store.segments.where('asset_id', path.asset_id))
    if (row.person_id === person.id && row.version_id === path.version_id)
      store.segments.update(String(row.id), { person_id: target.id });
  settle(store, [path.asset_id], [person.id, target.id]);
  const { id: _, person_id: __, ...instance } = moved;
  return created({ ...store.persons.get(String(target.id)), ...instance });
}

const hasPicture = (store: Store, asset: Row): boolean =>
  store.formats
    .where('asset_id', asset.id)
    .some((format) => rowsOf(format.components).some(({ type }) => type === 'VIDEO' || type === 'IMAGE'));

/** Who the metadata says is on camera, if it is somebody that is known; else somebody new. */
function recognised({ store }: Call, asset: Row): Row {
  const values = store.values.get(`assets/${asset.id}`)?.metadata_values;
  const people = isRow(values) && isRow(values.people_on_camera) ? rowsOf(values.people_on_camera.field_values) : [];
  const names = people.map(({ value }) => value);
  const [known] = store.persons.list(({ name }) => name !== null && names.includes(name));
  if (known) return known;
  const [any = {}] = store.persons.list();
  return store.persons.insert({ ...any, id: store.newId(), name: null, status: 'NEW', created_by_user: null });
}

function addFind(call: Call, id: unknown): void {
  const { store } = call;
  const asset = store.assets.get(String(id));
  if (!asset) return;
  const version = latestVersion(asset);
  const versions = rowsOf(asset.versions).map((row) =>
    row.id === version?.id ? { ...row, face_recognition_status: 'DONE' } : row,
  );
  store.assets.update(String(id), { face_recognition_status: 'DONE', versions });
  const person = recognised(call, asset);
  const date = store.now();
  const own = { asset_id: asset.id, version_id: version?.id, person_id: person.id };
  const dates = { date_created: date, date_modified: date };
  const face = store.newId();
  const key = `${person.id}/${version?.id}`;
  if (!store.appearances.get(key))
    store.appearances.insert({ ...own, id: key, person_version_face_id: face, status: 'UNCONFIRMED', ...dates });
  store.segments.insert({
    ...own,
    id: store.newId(),
    segment_type: 'PERSON',
    segment_text: null,
    face_bounding_boxes: [{ person_version_face_id: face, bounding_box: [0.3, 0.1, 0.5, 0.4], timestamp_ms: 0 }],
    time_start_milliseconds: 0,
    time_end_milliseconds: 2_000,
    segment_checked: false,
    status: 'ACTIVE',
    ...dates,
  });
  settle(store, [asset.id], [person.id]);
  addHistoryEntry(call, asset, 'FACE_RECOGNITION', 'Faces recognized');
}

/** Without `force`, what was analyzed is left out. */
function extract(call: Call): Reply {
  const { store, body } = call;
  const wanted = assetsNamed(call).filter(
    (asset) =>
      may(store, 'write', 'assets', asset.id) &&
      hasPicture(store, asset) &&
      (body.force === true || asset.face_recognition_status !== 'DONE'),
  );
  for (const { id } of wanted) store.assets.update(String(id), { face_recognition_status: 'REQUESTED' });
  const pieces = Math.max(1, wanted.length);
  const work = (piece: number): void => addFind(call, wanted[piece]?.id);
  const job = startJob(call, 'FACE_RECOGNITION', `Recognize faces in ${wanted.length} assets`, pieces, work, pieces);
  const related_objects = wanted.map(({ id }) => ({ object_id: id, object_type: 'assets' }));
  store.jobs.update(String(job.id), { related_objects });
  // The description has no answer.
  return { status: 202 };
}

const EDITS = ['can_delete_person', 'can_edit_person'];

/** Names and confirmations of persons, and the start of face recognition. */
export const faceChangeEndpoints: readonly Endpoint[] = [
  { route: `PATCH ${PERSON}`, roles: ['can_edit_person'], body: personBody, partial: true, handle: edit },
  {
    route: `POST ${PERSON}confirm_person/`,
    roles: EDITS,
    body: {
      all_instances_except_unconfirmed: defaulting(flag, false),
      version_ids: nullable(listOf(uuid, { minItems: 1, maxItems: 100 })),
    },
    handle: confirm,
  },
  {
    route: `POST ${INSTANCE}change_person/`,
    roles: [...EDITS, 'can_add_person'],
    body: { new_person_id: nullable(uuid), new_person_name: nullable(text) },
    handle: change,
  },
  {
    route: `POST ${FACES}bulk/extract/`,
    roles: ['can_trigger_face_recognition'],
    body: {
      object_ids: required(listOf(uuid, { minItems: 1, maxItems: 500 })),
      object_type: required(oneOf('assets', 'collections', 'saved_searches')),
      face_image_analysis_profile_id: uuid,
      face_video_analysis_profile_id: uuid,
      force: defaulting(flag, false),
      include_assets: flag,
      include_collections: flag,
    },
    handle: extract,
  },
];
