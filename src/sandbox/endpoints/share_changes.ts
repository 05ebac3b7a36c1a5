import { dateTime, email, flag, listOf, nullable, oneOf, readOnly, required, text, uuid } from '../fields.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { rowsOf, textsOf } from '../values.ts';
import { accepted, created, noContent, objectInPath, ok } from './common.ts';
import { ON_OBJECT, shareOf, withoutGuests } from './shares.ts';

const ONE = `${ON_OBJECT}{share_id}/`;
const USERS = `${ONE}users/`;
const write = ['can_write_shares'];
const protection = oneOf('none', 'standard');

/** What all bodies have in common. */
const settings: Fields = {
  allow_approving_comments: required(flag),
  allow_comments: required(flag),
  allow_custom_actions: flag,
  allow_download: required(flag),
  allow_download_proxy: flag,
  allow_setting_approve_status: required(flag),
  allow_sync: nullable(flag),
  allow_upload: flag,
  allow_user_search_for_mentions: flag,
  allow_view_transcriptions: flag,
  allow_view_versions: flag,
  automatic_approval_share: flag,
  drm: protection,
  expires: dateTime,
  is_approval: nullable(flag),
  metadata_views: nullable(listOf(text)),
  review_experience_public_beta: nullable(flag),
  show_existing_comments: nullable(flag),
  show_watermark: nullable(flag),
  title: nullable(text),
  upload_storage_id: nullable(uuid),
  watermark: protection,
};
const place: Fields = { object_id: text, object_type: text, system_domain_id: text };

const mailBody: Fields = {
  ...settings,
  ...place,
  emails: required(listOf(email)),
  id: readOnly(text),
  message: text,
  owner_id: readOnly(text),
  password: nullable(text),
  project_id: nullable(uuid),
  title: text,
};
const urlBody: Fields = { ...settings, ...place, owner_id: text, password: nullable(text) };
const editBody: Fields = {
  ...settings,
  date_created: readOnly(dateTime),
  has_password: readOnly(flag),
  id: readOnly(text),
  message: nullable(text),
  object_id: readOnly(text),
  object_type: readOnly(text),
  owner_id: readOnly(text),
  population_status: oneOf('FINISHED', 'POPULATING'),
  project_id: nullable(uuid),
  system_domain_id: readOnly(text),
  url: nullable(readOnly(text)),
};
const guestBody: Fields = { email: required(email), id: text, internal_user_id: text, password: text };

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';

/** The code of a short link: eight letters of the id. */
const shortCode = (id: string): string =>
  (id.replaceAll('-', '').match(/..../g) ?? [])
    .map((part) => ALPHABET[Number.parseInt(part, 16) % ALPHABET.length])
    .join('');

function guestOf(call: Call, shareId: unknown, address: string): Row {
  const member = call.store.users.list((user) => user.email === address)[0];
  return {
    id: call.store.newId(),
    share_id: shareId,
    email: address,
    access_count: 0,
    last_access_date: null,
    ...(member && { internal_user_id: member.id, first_name: member.first_name, last_name: member.last_name }),
  };
}

/** A new share; the password is not kept, and the mail goes nowhere. */
function share(call: Call, addresses: readonly string[]): Row {
  const { store, user, path, body } = call;
  const object = objectInPath(call);
  if (object.status === 'DELETED') throw new Refusal(400, `${path.object_type} ${object.id} is deleted`);
  const id = store.newId();
  const { emails: _, message: __, password, object_id: ___, ...given } = body;
  return store.shares.insert({
    ...BLANK,
    ...given,
    id,
    object_type: path.object_type,
    object_id: object.id,
    title: given.title ?? object.title,
    owner_id: user.id,
    system_domain_id: user.system_domain_id,
    url: `https://icnk.io/u/${shortCode(id)}/`,
    has_password: typeof password === 'string' && password !== '',
    users: addresses.map((address) => guestOf(call, id, address)),
    date_created: store.now(),
  });
}

const BLANK: Row = {
  allow_custom_actions: false,
  allow_download_proxy: false,
  allow_upload: false,
  allow_user_search_for_mentions: false,
  allow_view_transcriptions: false,
  allow_view_versions: false,
  is_approval: false,
  metadata_views: [],
  project_id: null,
  show_watermark: false,
  upload_storage_id: null,
};

function mail(call: Call): Reply {
  const addresses = [...new Set(textsOf(call.body.emails))];
  if (addresses.length === 0) throw new Refusal(400, { emails: 'Length must be at least 1.' });
  return accepted(withoutGuests(share(call, addresses)));
}

function edit(call: Call): Reply {
  const { message: _, ...changes } = call.body;
  return ok(withoutGuests(call.store.shares.update(String(shareOf(call).id), changes)));
}

function remove(call: Call): Reply {
  call.store.shares.remove(String(shareOf(call).id));
  return noContent;
}

function invite(call: Call): Reply {
  const one = shareOf(call);
  const address = String(call.body.email);
  if (rowsOf(one.users).some((guest) => guest.email === address))
    throw new Refusal(400, { email: 'Already a guest of this share.' });
  const guest = guestOf(call, one.id, address);
  call.store.shares.update(String(one.id), { users: [...rowsOf(one.users), guest] });
  return created(guest);
}

function expel(call: Call): Reply {
  const one = shareOf(call);
  const guests = rowsOf(one.users).filter(({ id }) => id !== call.path.share_user_id);
  if (guests.length === rowsOf(one.users).length)
    throw new Refusal(404, `Share user ${call.path.share_user_id} does not exist`);
  call.store.shares.update(String(one.id), { users: guests });
  return noContent;
}

export const shareChangeEndpoints: readonly Endpoint[] = [
  { route: `POST ${ON_OBJECT}`, roles: write, body: mailBody, handle: mail },
  { route: `POST ${ON_OBJECT}url/`, roles: write, body: urlBody, handle: (call) => ok(withoutGuests(share(call, []))) },
  { route: `PUT ${ONE}`, roles: write, body: editBody, handle: edit },
  { route: `DELETE ${ONE}`, roles: ['can_delete_object_shares'], handle: remove },
  { route: `POST ${USERS}`, roles: write, body: guestBody, handle: invite },
  { route: `DELETE ${USERS}{share_user_id}/`, roles: write, handle: expel },
];
