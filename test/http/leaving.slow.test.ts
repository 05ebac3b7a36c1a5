import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { binary, start } from '../support/binary.ts';
import { json, upstream } from '../support/upstream.ts';
import { ids } from '../support/world.ts';

const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'x-iconik-app-id': 'app-of-ann',
  'x-iconik-auth-token': 'token-of-ann',
};
const UUID = /[-\da-f]{36}/;
const bodyFor = (asset_id: string): string =>
  JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'get_asset', arguments: { asset_id } },
  });

const megabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;

describe.skipIf(process.platform !== 'linux')('a thousand callers who leave in the middle of a call', () => {
  test('end what their calls do at Iconik, and leave nothing behind', async () => {
    let [closed, answers] = [0, false];
    const arrivals = new Map<string, () => void>();
    await using up = await upstream(({ path }, response) => {
      if (answers) return json(response, 200, { id: ids.match, title: 'A match' });
      response.once('close', () => {
        closed += 1;
      });
      arrivals.get(UUID.exec(path)?.[0] ?? '')?.();
    });
    const args = [binary, 'serve', '--port', '0', '--rate', '0', '--in-flight', '64'];
    const running = start({ args, env: { ICONIK_BASE_URL: up.url } });
    await once(running.child.stdout, 'data');
    const url = /serves (\S+)/.exec(running.stdout())?.[1] ?? '';
    const leave = async (): Promise<void> => {
      const id = crypto.randomUUID();
      const control = new AbortController();
      const arrived = new Promise<void>((resolve) => arrivals.set(id, resolve));
      const body = bodyFor(id);
      const asked = fetch(url, { method: 'POST', headers: HEADERS, body, signal: control.signal }).catch(
        () => undefined,
      );
      await arrived;
      control.abort();
      await asked;
    };
    const all = (times: number) =>
      Promise.all(
        Array.from({ length: 16 }, async () => {
          for (let count = 0; count < times / 16; count += 1) await leave();
        }),
      );
    await all(1_008);
    const before = megabytes(running.child.pid ?? 0);
    await all(1_008);
    // Less than a request to Iconik may take.
    await expect.poll(() => up.seen.length - closed, { timeout: 15_000 }).toBe(0);
    expect(up.seen.length).toBeGreaterThan(1_000);
    answers = true;
    const answer = await fetch(url, { method: 'POST', headers: HEADERS, body: bodyFor(ids.match) });
    expect(await answer.text()).toContain('A match');
    expect(megabytes(running.child.pid ?? 0)).toBeLessThan(before * 1.4 + 10);
    running.child.kill('SIGTERM');
    expect(await running.exit).toBe(0);
  });
});
