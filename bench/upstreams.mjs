import { once } from 'node:events';
import { join } from 'node:path';
import { spawnQuietly } from './binary.mjs';

export const ASSET = { asset_id: 'a55e7001-5b1c-11ef-9c3a-000000000000' };
export const PATH = `/API/assets/v1/assets/${ASSET.asset_id}/`;

/** An upstream process; `rate` is what it allows a second, without it any number. `stop` answers what it has seen. */
export async function startUpstream(rate) {
  const child = spawnQuietly([join(import.meta.dirname, 'upstream.mjs'), ...(rate ? [String(rate)] : [])], {});
  const [first] = await once(child.stdout, 'data');
  const { port, bytes } = JSON.parse(first);
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  return {
    url: `http://127.0.0.1:${port}`,
    bytes,
    async stop() {
      child.stdin.end();
      await once(child, 'close');
      return JSON.parse(text);
    },
  };
}
