import type { Bytes } from './objects.ts';
import { refusal } from './xml.ts';

/** Answers a download, or the part of it that the header `range` names. As with S3, several ranges get the whole object. */
export function ranged({ headers, method }: Request, body: Bytes, about: Readonly<Record<string, string>>): Response {
  const size = body.byteLength;
  const range = rangeIn(headers.get('range'), size);
  if (range === 'none') return refusal(416, 'InvalidRange', 'The requested range is not satisfiable');
  const [first, last] = range ?? [0, size - 1];
  const part = body.subarray(first, last + 1);
  const all = {
    ...about,
    'accept-ranges': 'bytes',
    'content-length': String(part.byteLength),
    ...(range && { 'content-range': `bytes ${first}-${last}/${size}` }),
  };
  return new Response(method === 'HEAD' ? null : part, { status: range ? 206 : 200, headers: all });
}

/** First and last byte; undefined: all of them. */
function rangeIn(header: string | null, size: number): readonly [number, number] | 'none' | undefined {
  const [, from = '', to = ''] = header?.match(/^bytes=(\d*)-(\d*)$/) ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return first > last ? 'none' : [first, last];
}
