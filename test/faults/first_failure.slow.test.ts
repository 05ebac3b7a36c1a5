import { expect, test } from 'vitest';
import { ASSET, against, audits, until } from './host.ts';
import { againstRunning } from './running.ts';

test.each([
  ['create_segment', { asset_id: ASSET, segment_type: 'COMMENT' }, 403, 'HTTP 403', 1],
  // What is not found is looked for once among all objects.
  ['get_asset', { asset_id: ASSET }, 404, 'HTTP 404', 2],
])('%s: a status counts though the body of the error drips', async (name, args, status, words, requests) => {
  const timers: NodeJS.Timeout[] = [];
  await againstRunning(
    (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.write('{"errors": ["');
      timers.push(setInterval(() => response.write('x'), 20));
    },
    async (host, up) => {
      const { isError, text } = await host.call(name, args);
      expect(isError).toBe(true);
      expect(text).toContain(words);
      expect(text).not.toMatch(/unknown|in time/);
      expect(up.seen).toHaveLength(requests);
      await until(() => up.sockets.size === 0);
    },
  );
  for (const timer of timers) clearInterval(timer);
});

test('a write under way leaves its audit line when the host goes', () =>
  against(
    () => undefined,
    async (host, up) => {
      const segment = { name: 'create_segment', arguments: { asset_id: ASSET, segment_type: 'COMMENT' } };
      host.write(JSON.stringify({ jsonrpc: '2.0', id: 77, method: 'tools/call', params: segment }));
      await until(() => up.seen.length === 1);
      host.child.stdin.end();
      expect(await host.exit).toBe(0);
      expect(audits(host)).toEqual([expect.objectContaining({ tool: 'create_segment', object: { asset_id: ASSET } })]);
    },
  ));
