import { describe, expect, test } from 'vitest';
import { registry } from '../../src/tools/index.ts';
import { examples } from '../operations/examples.ts';
import type { Message } from '../support/binary.ts';
import type { Script } from '../support/upstream.ts';
import { ASSET, against, type Host, json, OLDER, OTHER, preload, SEGMENT, until, VERSION } from './host.ts';
import { againstRunning } from './running.ts';

const older = { asset_id: ASSET, version_id: OLDER };

/** An asset with two versions; `state` is what a test changes between two calls. */
function library(): { readonly script: Script; readonly state: { title: string; status: string } } {
  const state = { title: 'Interview Mara Lind', status: 'ACTIVE' };
  const script: Script = ({ method }, response) => {
    if (method === 'DELETE') return response.writeHead(204).end();
    const versions = [
      { id: OLDER, version_number: 1, status: state.status },
      { id: VERSION, version_number: 2, status: 'ACTIVE' },
    ];
    return json(response, 200, { id: ASSET, title: state.title, type: 'ASSET', versions });
  };
  return { script, state };
}

const deletes = (up: { readonly seen: readonly { readonly method: string; readonly path: string }[] }): string[] =>
  up.seen.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

/** Answers what the server asks the person. */
function answering(host: Host, action: string): void {
  const done = new Set<unknown>();
  host.child.stdout.on('data', () => {
    const asked = host
      .stdout()
      .split('\n')
      .filter((line) => line.endsWith('}') && line.includes('"elicitation/create"'));
    for (const { id } of asked.map((line) => JSON.parse(line) as Message)) {
      if (done.has(id)) continue;
      done.add(id);
      host.write(
        JSON.stringify({ jsonrpc: '2.0', id, result: { action, ...(action === 'accept' && { content: {} }) } }),
      );
    }
  });
}

describe.concurrent('a deleting tool', () => {
  test('without confirmation shows what would go and sends reads only', () => {
    const { script } = library();
    return againstRunning(script, async (host, up) => {
      for (const [name, args] of [
        ['delete_version', older],
        ['delete_version', { ...older, hard_delete: true }],
        ['delete_old_versions', { asset_id: ASSET }],
      ] as const) {
        const { isError, structured, text } = await host.call(name, args);
        expect(isError).toBe(false);
        expect(structured).toMatchObject({
          status: 'preview',
          confirm: expect.any(String),
          affected: [expect.stringMatching(/^v1\b/)],
        });
        expect(text).toMatch(/Nothing has changed/);
        expect(text).toContain('Interview Mara Lind');
      }
      expect(deletes(up)).toEqual([]);
      expect(up.seen.length).toBeGreaterThan(0);
    });
  });

  test('refuses a token of another object, of another tool, of other arguments, a made-up and a used one', () => {
    const { script } = library();
    return againstRunning(script, async (host, up) => {
      const { confirm } = (await host.call('delete_version', older)).structured;
      const wrong = [
        ['delete_version', { ...older, asset_id: OTHER, confirm }],
        ['delete_version', { ...older, version_id: VERSION, confirm }],
        ['delete_version', { ...older, hard_delete: true, confirm }],
        ['delete_old_versions', { asset_id: ASSET, confirm }],
        ['delete_version', { ...older, confirm: 'made-up-by-a-model' }],
        ['delete_version', { ...older, confirm: 'true' }],
      ] as const;
      for (const [name, args] of wrong) {
        const { isError, text } = await host.call(name, args);
        expect({ isError, text }).toMatchObject({
          isError: true,
          text: expect.stringMatching(/confirm token.*Nothing was changed/),
        });
      }
      expect(deletes(up)).toEqual([]);
      const fresh = (await host.call('delete_version', older)).structured.confirm;
      expect((await host.call('delete_version', { ...older, confirm: fresh })).isError).toBe(false);
      expect((await host.call('delete_version', { ...older, confirm: fresh })).isError).toBe(true);
      expect(deletes(up)).toEqual([`DELETE /API/assets/v1/assets/${ASSET}/versions/${OLDER}/`]);
    });
  });

  test('a token used twice at the same time works once', () => {
    const { script } = library();
    return againstRunning(script, async (host, up) => {
      const { confirm } = (await host.call('delete_version', older)).structured;
      const outcomes = await Promise.all([1, 2, 3].map(() => host.call('delete_version', { ...older, confirm })));
      expect(outcomes.filter(({ isError }) => !isError)).toHaveLength(1);
      expect(deletes(up)).toHaveLength(1);
    });
  });

  test('refuses a token that is older than the last change of the object', () => {
    const { script, state } = library();
    return againstRunning(script, async (host, up) => {
      const { confirm } = (await host.call('delete_version', older)).structured;
      state.status = 'IN_PROGRESS';
      const { isError, text } = await host.call('delete_version', { ...older, confirm });
      expect(isError).toBe(true);
      expect(text).toMatch(/changed since the preview/);
      // The name that the person agreed to is a part of it.
      const again = (await host.call('delete_version', older)).structured;
      state.title = 'Interview Mara Lind, final';
      const renamed = await host.call('delete_version', { ...older, confirm: again.confirm });
      expect(renamed).toMatchObject({ isError: true, text: expect.stringMatching(/changed since the preview/) });
      expect(deletes(up)).toEqual([]);
    });
  });

  test('refuses a token that is too old', () => {
    const { script } = library();
    return against(
      script,
      async (host, up) => {
        const { confirm, expires_in_seconds } = (await host.call('delete_version', older)).structured;
        expect(expires_in_seconds).toBeLessThanOrEqual(600);
        host.child.kill('SIGUSR2');
        await until(() => host.stderr().includes('ten minutes later'));
        const { isError, text } = await host.call('delete_version', { ...older, confirm });
        expect({ isError, text }).toMatchObject({ isError: true, text: expect.stringMatching(/too old/) });
        expect(deletes(up)).toEqual([]);
      },
      // Ten minutes go by at the signal.
      {
        env: preload(`const own = performance.now.bind(performance);
          let later = 0;
          performance.now = () => own() + later;
          process.on('SIGUSR2', () => { later = 601_000; console.error('ten minutes later') });`),
      },
    );
  });

  test('a token of one process (another credential) is nothing to another', async () => {
    const { script } = library();
    const confirm = await against(
      script,
      async (host) => (await host.call('delete_version', older)).structured.confirm,
    );
    await against(script, async (host, up) => {
      expect((await host.call('delete_version', { ...older, confirm })).isError).toBe(true);
      expect(deletes(up)).toEqual([]);
    });
  });

  test('a host without elicitation: the token alone goes on, and nothing is asked', () => {
    const { script } = library();
    return againstRunning(script, async (host, up) => {
      const { confirm } = (await host.call('delete_version', older)).structured;
      expect((await host.call('delete_version', { ...older, confirm })).structured).toMatchObject({ status: 'done' });
      expect(deletes(up)).toHaveLength(1);
      expect(host.stdout()).not.toContain('elicitation/create');
    });
  });

  test.each([
    ['accept', 1],
    ['decline', 0],
    ['cancel', 0],
  ])('a host with elicitation: the person says %s, and there are %i deletes', (action, count) => {
    const { script } = library();
    return against(
      script,
      async (host, up) => {
        answering(host, action);
        const { confirm } = (await host.call('delete_version', older)).structured;
        expect(deletes(up)).toEqual([]);
        const { isError } = await host.call('delete_version', { ...older, confirm });
        expect(isError).toBe(count === 0);
        expect(deletes(up)).toHaveLength(count);
        expect(host.stdout()).toContain('elicitation/create');
      },
      { capabilities: { elicitation: {} } },
    );
  });
});

describe.concurrent('read-only mode', () => {
  test('write tools are not listed and are refused by name; a search (POST) works and keeps no history', () =>
    againstRunning(
      (_, response) => json(response, 200, { objects: [], total: 0 }),
      async (host, up) => {
        const listed = (await host.request('tools/list')).result.tools.map(({ name }: { name: string }) => name);
        const writing = [...registry]
          .filter(([, { tool }]) => tool.listed && tool.effect !== 'read')
          .map(([name]) => name);
        expect(writing.length).toBeGreaterThan(10);
        for (const name of writing) {
          const args = examples[name]?.args;
          expect(listed).not.toContain(name);
          const { isError, text } = await host.call(
            name,
            typeof args === 'object' ? args : { ...older, proxy_id: ASSET },
          );
          expect({ isError, text }).toMatchObject({ isError: true, text: expect.stringContaining('read-only') });
        }
        expect((await host.call('search', { query: 'x', save_search_history: true })).isError).toBe(true);
        expect((await host.call('search', { query: 'x', save_search_history: 'true' })).isError).toBe(true);
        expect(up.seen).toHaveLength(0);
        expect((await host.call('search', { query: 'x' })).isError).toBe(false);
        expect(up.seen.map(({ path }) => new URL(path, 'http://x').searchParams.get('save_search_history'))).toEqual([
          'false',
        ]);
      },
      { flags: ['--read-only'] },
    ));
});

describe.concurrent('several writes', () => {
  test('the third of five fails: each says its own result, none is repeated', () =>
    againstRunning(
      ({ body }, response) =>
        JSON.parse(body).segment_text === 'n3'
          ? json(response, 500, { errors: ['no'] })
          : json(response, 201, { id: SEGMENT, segment_text: JSON.parse(body).segment_text }),
      async (host, up) => {
        const write = (n: number) =>
          host.call('create_segment', { asset_id: ASSET, segment_type: 'COMMENT', segment_text: `n${n}` });
        const outcomes = await Promise.all([1, 2, 3, 4, 5].map(write));
        expect(outcomes.map(({ isError }) => isError)).toEqual([false, false, true, false, false]);
        expect(outcomes[2]?.text).toMatch(/outcome unknown/i);
        expect(up.seen.map(({ body }) => JSON.parse(body).segment_text).sort()).toEqual(['n1', 'n2', 'n3', 'n4', 'n5']);
      },
    ));

  test('a write of several fields that Iconik refuses for one takes one request and names the field', () =>
    againstRunning(
      (_, response) => json(response, 400, { errors: { location_name: 'Not in the list', year: ['Not a number'] } }),
      async (host, up) => {
        const metadata_values = { title: 'a', location_name: 'b', year: 'c' };
        const { isError, text } = await host.call('update_asset_metadata', {
          asset_id: ASSET,
          view_id: ASSET,
          metadata_values,
        });
        expect(isError).toBe(true);
        expect(text).toMatch(/location_name: Not in the list.*year: Not a number/);
        expect(up.seen).toHaveLength(1);
      },
    ));
});
