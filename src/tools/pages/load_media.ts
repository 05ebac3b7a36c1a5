import * as z from 'zod';
import { task } from '../define.ts';
import { ToolError } from '../errors.ts';
import { mediaTypeOf } from '../library/media/playable.ts';
import { proxies } from '../operations/proxies.ts';
import { integer } from '../params.ts';

/** Bytes of a proxy: as base64 they are a third more, and some hosts refuse an answer of a megabyte. */
const MAX_BYTES = 650_000;

export const load_media = task({
  title: 'Load media',
  description: 'A small proxy as data, for a page that may not load it from the storage.',
  effect: 'read',
  listed: false,
  forPages: ['player'],
  roles: ['can_read_proxies'],
  input: { asset: z.string().min(1).describe('Its id.'), proxy: z.string().min(1).describe('Its id.') },
  output: { bytes: integer },
  run: async ({ asset, proxy }, context) => {
    const found = await context.use(proxies.tools.get_asset_proxy, {
      asset_id: asset,
      proxy_id: proxy,
      include_urls: true,
    });
    const type = mediaTypeOf(found);
    if (!found.url || !type) throw new ToolError('This proxy cannot be shown.');
    const answer = context.transfer(found.url, { method: 'GET', limit: MAX_BYTES });
    const { status, bytes } = await answer.catch((error: { readonly code?: unknown }) => {
      throw error.code === 'too_large' ? new ToolError(`This proxy is larger than ${MAX_BYTES} bytes.`) : error;
    });
    if (status !== 200) throw new ToolError(`The storage did not return the proxy (HTTP ${status}).`);
    context.show({ kind: 'media', address: `data:${type};base64,${Buffer.from(bytes).toString('base64')}` });
    return { bytes: bytes.byteLength };
  },
});
