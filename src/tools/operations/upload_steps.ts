import * as z from 'zod';
import type { TransferAnswer } from '../../client/types.ts';
import { shorten } from '../../text/tokens.ts';
import { textOfElement } from '../../text/xml.ts';
import { ToolError } from '../errors.ts';
import { integer, strings, text, textId } from '../params.ts';
import { pagesByNumber } from '../run/pages.ts';
import type { Context } from '../types.ts';

/** The steps of an upload that proxies and files have in common. */

export const uploadId = (from: string) => textId(`From ${from}.`);
export const partsNum = z.int().min(1).max(10_000).describe('Number of parts, each 5 MiB or more.');
export const fromPart = z
  .int()
  .min(1)
  .optional()
  .describe('First part to return: next_part of the previous call.')
  .meta({ local: true });
export const completion = {
  type: z.string().default('complete_url').describe('Or abort_url or list_parts_url.'),
  max_part_number: z.int().min(1).optional().describe('Highest part number uploaded.'),
};

export const startAnswer = { storage_method: text, upload_id: text, session_url: text, note: text };
export const part = z.looseObject({ number: integer, url: text });
export const partsAnswer = { parts_num: integer, parts: z.array(part), next_part: integer };
export const completeAnswer = { complete_url: text, abort_url: text, list_parts_url: strings };

/** What is uploaded, as Iconik answers it. */
interface Target {
  readonly status?: string | undefined;
  readonly storage_method?: string | undefined;
  readonly upload_url?: string | undefined;
  readonly multipart_upload_url?: string | undefined;
}

/** What it is called, and the tools of its next steps. */
interface Words {
  readonly noun: string;
  readonly parts: string;
  readonly update: string;
}

/** Starts an upload at the storage: on S3 one in parts, on GCS a session. */
export async function startUpload(target: Target, words: Words, transfer: Context['transfer']) {
  const method = target.storage_method ?? 'unknown';
  if (method === 'S3') {
    const url = required(target.multipart_upload_url, 'multipart_upload_url', target, words);
    const { text: xml } = accepted(await transfer(url, { method: 'POST' }), method);
    const upload_id = textOfElement(xml, 'UploadId');
    if (!upload_id) throw new ToolError('The S3 storage accepted the request, but its answer has no UploadId.');
    const note = `Next call ${words.parts} with this upload_id and the number of parts.`;
    return { storage_method: method, upload_id, note };
  }
  if (method === 'GCS') {
    const url = required(target.upload_url, 'upload_url', target, words);
    const headers = { 'x-goog-resumable': 'start' };
    const { headers: answered } = accepted(await transfer(url, { method: 'POST', headers }), method);
    const session_url = answered.get('location');
    if (!session_url)
      throw new ToolError('The GCS storage accepted the request, but its answer has no session URL (Location).');
    const note = `PUT the bytes to session_url, without Iconik headers. Then call ${words.update} with status CLOSED.`;
    return { storage_method: method, session_url, note };
  }
  throw new ToolError(
    `Only S3 and GCS storages have upload ids; this ${words.noun} is on ${method}. ${otherStorages(words)}`,
  );
}

type AskForParts = (paging: { page: number; per_page: number }) => Promise<{ objects: z.infer<typeof part>[] }>;

/** The URLs of all parts of an upload from part `first` on, as many as fit into one answer. */
export async function partUrls(ask: AskForParts, parts_num: number, first = 1) {
  const parts = new Map<number, string>();
  for await (const { objects } of pagesByNumber(ask, { size: 100, keyOf: ({ number }) => number })) {
    for (const { number, url } of objects) if (number !== undefined && url) parts.set(Number(number), url);
    if (parts.size >= parts_num) break;
  }
  if (parts.size < parts_num) throw new ToolError(`Iconik returned URLs for only ${parts.size} of ${parts_num} parts.`);
  const wanted = [...parts].filter(([number]) => number >= first).sort(([a], [b]) => a - b);
  const count = Math.max(1, countWithin(MAX_URL_LENGTH, wanted));
  const next_part = wanted[count]?.[0];
  return {
    parts_num,
    parts: wanted.slice(0, count).map(([number, url]) => ({ number, url })),
    ...(next_part !== undefined && { next_part }),
  };
}

/** Characters of all URLs in one answer; `from_part` returns the rest. */
const MAX_URL_LENGTH = 14_000;

/** How many of the URLs fit into `limit` characters. */
function countWithin(limit: number, parts: readonly (readonly [number, string])[]): number {
  let used = 0;
  const over = parts.findIndex(([, url]) => {
    used += url.length;
    return used > limit;
  });
  return over === -1 ? parts.length : over;
}

const otherStorages = ({ update }: Words): string =>
  `Call ${update} with status OPEN and include_urls. AZURE: PUT the bytes to upload_url with the header x-ms-blob-type: BlockBlob. B2: POST them to upload_url with the token from upload_credentials. FILE: the storage gateway transfers the file itself, nothing is uploaded. Then call ${update} with status CLOSED.`;

function required(url: string | undefined, field: string, { status = 'unknown' }: Target, { noun }: Words): string {
  if (url) return url;
  throw new ToolError(
    `Iconik returned no ${field} for this ${noun} (status ${status}). Create a new ${noun} and upload to that.`,
  );
}

/** Characters of a storage's own words. */
const MAX_MESSAGE = 200;

/** The storage's answer if it is a 2xx. The error leaves out the URL, which is a secret. */
function accepted(answer: TransferAnswer, method: string): TransferAnswer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  const message = textOfElement(answer.text, 'Message');
  const detail = message ? `: "${shorten(message, MAX_MESSAGE)}"` : '';
  if (answer.status >= 500) throw new ToolError(`The ${method} storage failed (HTTP ${answer.status})${detail}.`);
  throw new ToolError(
    `The ${method} storage refused to start the upload (HTTP ${answer.status})${detail}. No upload was started.`,
  );
}
