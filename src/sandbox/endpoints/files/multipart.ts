import {
  between,
  defaulting,
  flag,
  listOf,
  nullable,
  objectOf,
  readOnly,
  required,
  text,
  whole,
} from '../../fields.ts';
import { type Address, addressOf } from '../../storage/address.ts';
import { objectsOf } from '../../storage/objects.ts';
import { signedUrl } from '../../storage/signed_url.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../../types.ts';
import { rowsOf } from '../../values.ts';
import { ok } from '../common.ts';
import { rowOf } from './rows.ts';

const ASSET = '/API/files/v1/assets/{asset_id}/';
const FILE = `${ASSET}files/{file_id}/`;
const PROXY = `${ASSET}proxies/{proxy_id}/`;
const MAX_PARTS = 10_000;
const MAX_LISTED_PARTS = 1000;

const partsQuery: Fields = {
  upload_id: text,
  parts_num: required(between(1, MAX_PARTS)),
  per_page: defaulting({ type: 'integer', minimum: 1 }, 10),
  page: defaulting({ type: 'integer', minimum: 1 }, 1),
};
const urlsQuery: Fields = { upload_id: required(text), type: text, max_part_number: whole };
const temporary: Fields = { temporary: defaulting(flag, false) };
const cleanupBody: Fields = { abort_upload: flag, upload_id: text };
const fileCleanupBody: Fields = {
  ...cleanupBody,
  parts_group_number: nullable(whole),
  parts_number: { type: 'integer', minimum: 1 },
  temporary: defaulting(flag, false),
};
const part = objectOf({ checksum: nullable(text), part_number: between(1, MAX_PARTS), url: readOnly(text) });
const s3PartsBody: Fields = { parts: required(listOf(part, { minItems: 1 })), upload_id: required(text) };

function s3AddressOf(call: Call): Address {
  const { path, store } = call;
  const row = path.file_id === undefined ? rowOf(call, 'proxies', path.proxy_id) : rowOf(call, 'files', path.file_id);
  const address = addressOf(store, row);
  if (address?.service !== 's3') throw new Refusal(400, `${row.storage_method} storages have no S3 multipart uploads`);
  return address;
}

const signFor = ({ origin, store }: Call, address: Address, method: string, query: Record<string, string>): string =>
  signedUrl(origin, address, { method, query, now: store.now() });

/** One page of the URLs of parts 1 to `parts_num`; an empty list past the last page. */
function parts(call: Call): Reply {
  const address = s3AddressOf(call);
  const { upload_id: uploadId, parts_num: count, page = 1, per_page: perPage = 10 } = call.query;
  // The description has it optional because only S3 uses it; S3 requires it.
  if (typeof uploadId !== 'string') throw new Refusal(400, { upload_id: 'An S3 upload needs it.' });
  const first = (Number(page) - 1) * Number(perPage) + 1;
  const last = Math.min(Number(count), first + Number(perPage) - 1);
  const objects: Row[] = [];
  for (let number = first; number <= last; number += 1) {
    const url = signFor(call, address, 'PUT', { partNumber: String(number), uploadId });
    objects.push({ number, url, key: address.key });
  }
  return ok({ objects });
}

function s3Parts(call: Call): Reply {
  const address = s3AddressOf(call);
  const { upload_id: uploadId, parts: wanted } = call.body;
  const signed = rowsOf(wanted).map((one) => ({
    ...one,
    url: signFor(call, address, 'PUT', { partNumber: String(one.part_number), uploadId: String(uploadId) }),
  }));
  return ok({ upload_id: uploadId, parts: signed });
}

/** URLs that complete, abort and list an upload, or the one that `type` names. */
function urls(call: Call): Reply {
  const address = s3AddressOf(call);
  const { type, max_part_number: count = MAX_LISTED_PARTS } = call.query;
  const uploadId = String(call.query.upload_id);
  const lists = Array.from({ length: Math.max(1, Math.ceil(Number(count) / MAX_LISTED_PARTS)) }, (_, index) =>
    signFor(call, address, 'GET', {
      uploadId,
      'max-parts': String(MAX_LISTED_PARTS),
      'part-number-marker': String(index * MAX_LISTED_PARTS),
    }),
  );
  const all: Row = {
    complete_url: signFor(call, address, 'POST', { uploadId }),
    abort_url: signFor(call, address, 'DELETE', { uploadId }),
    list_parts_url: lists,
  };
  if (type === undefined) return ok(all);
  const name = String(type);
  if (!Object.hasOwn(all, name)) throw new Refusal(400, { type: `Must be one of: ${Object.keys(all).join(', ')}.` });
  return ok({ [name]: all[name] });
}

function cleanup(call: Call): Reply {
  s3AddressOf(call);
  const { upload_id: uploadId, abort_upload: abort } = call.body;
  if (abort === true) objectsOf(call.store).uploads.delete(String(uploadId));
  return ok({});
}

const proxyRoles = ['can_write_proxies'];
const fileRoles = ['can_write_files'];

export const multipartEndpoints: readonly Endpoint[] = [
  { route: `GET ${PROXY}multipart_url/part/`, roles: proxyRoles, query: partsQuery, handle: parts },
  { route: `GET ${PROXY}multipart_url/`, roles: proxyRoles, query: urlsQuery, handle: urls },
  { route: `POST ${PROXY}multipart/cleanup/`, roles: proxyRoles, body: cleanupBody, handle: cleanup },
  {
    route: `GET ${FILE}multipart_url/part/`,
    roles: fileRoles,
    query: { ...partsQuery, ...temporary },
    handle: parts,
  },
  { route: `GET ${FILE}multipart_url/`, roles: fileRoles, query: { ...urlsQuery, ...temporary }, handle: urls },
  {
    route: `POST ${FILE}multipart_url/s3/part/`,
    roles: fileRoles,
    query: temporary,
    body: s3PartsBody,
    handle: s3Parts,
  },
  { route: `POST ${FILE}multipart/cleanup/`, roles: fileRoles, body: fileCleanupBody, handle: cleanup },
];
