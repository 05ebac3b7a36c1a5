import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { ASSET, against, audits, json, pause, until } from './host.ts';
import { againstRunning } from './running.ts';

test('the first failure of a call ends its other requests', async () => {
  const open = new Set<ServerResponse>();
  let reads = 0;
  await againstRunning(
    ({ path }, response) => {
      if (path.startsWith(`/API/assets/v1/assets/${ASSET}/?`) || path === `/API/assets/v1/assets/${ASSET}/`) {
        reads += 1;
        if (reads === 1) return json(response, 200, { id: ASSET, title: 'A clip' });
        // Fails once the requests beside it are under way.
        return until(() => open.size > 0).then(() => json(response, 404, { errors: ['gone'] }));
      }
      open.add(response);
      response.on('close', () => open.delete(response));
    },
    async (host, up) => {
      const { isError, text } = await host.call('show_asset', { asset: ASSET });
      expect(isError).toBe(true);
      expect(text).toContain('HTTP 404');
      await until(() => open.size === 0);
      const sent = up.seen.length;
      await pause(300);
      expect(up.seen).toHaveLength(sent);
    },
  );
});

test('a change that was accepted is told as made where the rest of its answer is lost', () =>
  againstRunning(
    (_, response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.write('{"id": "');
      setTimeout(() => response.destroy(), 50);
    },
    async (host, up) => {
      const { isError, text } = await host.call('create_segment', { asset_id: ASSET, segment_type: 'COMMENT' });
      expect(isError).toBe(true);
      expect(text).toContain('accepted the change (HTTP 201)');
      expect(text).not.toMatch(/call again|unknown/i);
      expect(up.seen).toHaveLength(1);
      expect(audits(host)).toEqual([expect.objectContaining({ status: 201 })]);
    },
  ));

test('an error nested a hundred thousand deep is an error with its status', () =>
  againstRunning(
    (_, response) =>
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(`${'{"errors":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
    async (host) => {
      const { isError, text } = await host.call('get_asset', { asset_id: ASSET });
      expect(isError).toBe(true);
      expect(text).toContain('HTTP 400');
    },
  ));

test('unchecked certificates are warned of at start', () =>
  against(
    (_, response) => json(response, 200, { id: ASSET }),
    async (host) => {
      await host.call('get_asset', { asset_id: ASSET });
      const [line = ''] = host
        .stderr()
        .split('\n')
        .filter((one) => one.includes('NODE_TLS_REJECT_UNAUTHORIZED'));
      expect(JSON.parse(line)).toMatchObject({ level: 'warn', message: expect.stringContaining('certificates') });
    },
    { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
  ));
