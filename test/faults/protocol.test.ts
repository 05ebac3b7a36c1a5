import { expect, test } from 'vitest';
import { ASSET, against, type Outcome, obliging, outcome, preload, TRACE, until } from './host.ts';
import { againstRunning } from './running.ts';

const read = { asset_id: ASSET };
const call = (id: number, name = 'get_asset', args: unknown = read): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } });

test('an unknown tool is answered with near names, and the next call works', () =>
  againstRunning(obliging, async (host, up) => {
    for (const [name, near] of [
      ['get_aset', 'get_asset'],
      ['iconik_search', 'search'],
      ['getAsset', 'get_asset'],
    ] as const) {
      expect(await host.call(name, read)).toMatchObject({ isError: true, text: expect.stringContaining(near) });
    }
    for (const name of ['', 'x'.repeat(100_000), '__proto__', 'constructor', '../get_asset', 'delete_everything']) {
      const { isError, text } = await host.call(name, read);
      expect(isError).toBe(true);
      expect(text.length).toBeLessThan(500);
    }
    expect(up.seen).toHaveLength(0);
    expect((await host.call('get_asset', read)).isError).toBe(false);
    expect((await host.request('tools/nothing')).error.code).toBe(-32_601);
  }));

test('bad arguments are an error that names the argument, not a dump of the parser', () =>
  againstRunning(obliging, async (host, up) => {
    const wrong = [
      ['get_asset', {}, 'asset_id'],
      ['get_asset', { asset_id: 5 }, 'asset_id'],
      ['get_asset', { asset_id: { a: 1 } }, 'asset_id'],
      ['get_asset', { ...read, include_users: 'perhaps' }, 'include_users'],
      ['create_segment', { ...read, segment_type: 'NOTE' }, 'segment_type'],
      ['create_segment', { ...read, segment_type: 'COMMENT', drawing: { primitives: [{ type: 'STAR' }] } }, 'drawing'],
      ['search', { filter: { terms: 5 } }, 'filter'],
      ['search', { doc_types: ['asset'] }, 'doc_types'],
    ] as const;
    for (const [name, args, argument] of wrong) {
      const { isError, text, code } = await host.call(name, args);
      expect({ isError, code }).toEqual({ isError: true, code: undefined });
      expect(text).toContain(argument);
      expect(text).not.toMatch(/invalid_type|invalid_union|"code"|ZodError|\[\s*\{|Invalid input/);
      expect(text).not.toMatch(TRACE);
    }
    expect(up.seen).toHaveLength(0);
  }));

test('arguments null or missing are {}; a list, a text, a number are refused, never as an internal error', () =>
  againstRunning(obliging, async (host) => {
    const outcomes: [string, Outcome][] = [];
    for (const args of ['null', undefined, '[]', '[1]', '"x"', '5', 'true']) {
      const params = `{"name":"get_storages"${args === undefined ? '' : `,"arguments":${args}`}}`;
      const id = 900 + outcomes.length;
      host.write(`{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":${params}}`);
      await until(() => host.messages().some((message) => message.id === id));
      outcomes.push([`${args}`, outcome(host.messages().find((message) => message.id === id))]);
    }
    for (const [args, { isError, code, text }] of outcomes) {
      expect(isError, args).toBe(args !== 'null' && args !== 'undefined');
      expect([undefined, -32_602], `arguments ${args}`).toContain(code);
      expect(text).not.toMatch(/"code"|invalid_type|"path"/);
    }
  }));

test('a call without params, or whose name is no text, is refused in words with -32602', () =>
  againstRunning(obliging, async (host) => {
    const odd = [undefined, '{}', '{"name":5}', '{"name":null,"arguments":{}}', '{"arguments":{}}'];
    for (const [n, params] of odd.entries()) {
      const id = 800 + n;
      const rest = params === undefined ? '' : `,"params":${params}`;
      host.write(`{"jsonrpc":"2.0","id":${id},"method":"tools/call"${rest}}`);
      await until(() => host.messages().some((message) => message.id === id));
      const { error } = host.messages().find((message) => message.id === id);
      expect(error, `${params}`).toMatchObject({ code: -32_602 });
      expect(error.message).toMatch(/^Invalid params: (params|name) has to be/);
    }
  }));

test.each([
  ['tools/list', '{"cursor":5}', 'cursor has to be a string'],
  ['tools/call', '[]', 'params has to be an object'],
  ['tools/list', '"x"', 'params has to be an object'],
  ['prompts/get', '{}', 'name has to be a string'],
  ['resources/read', '{"uri":5}', 'uri has to be a string'],
  ['completion/complete', '{}', 'ref has to be'],
])('%s with params %s is answered with -32602, in words and under its id', (method, params, words) =>
  againstRunning(obliging, async (host) => {
    host.write(`{"jsonrpc":"2.0","id":700,"method":"${method}","params":${params}}`);
    await until(() => host.messages().some(({ id }) => id === 700));
    const { error } = host.messages().find(({ id }) => id === 700) ?? {};
    expect(error).toMatchObject({ code: -32_602 });
    expect(error.message).toContain(`Invalid params: ${words}`);
  }),
);

test.each(['null', '{"cursor":null}', '{"_meta":null}'])(
  'a host that writes nulls for nothing gets its list: %s',
  (params) =>
    againstRunning(obliging, async (host) => {
      host.write(`{"jsonrpc":"2.0","id":701,"method":"tools/list","params":${params}}`);
      await until(() => host.messages().some(({ id }) => id === 701));
      expect(host.messages().find(({ id }) => id === 701).result.tools.length).toBeGreaterThan(10);
    }),
);

test.each(['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list'])(
  '%s refuses a cursor that it did not give, and takes an empty one for none',
  (method) =>
    againstRunning(obliging, async (host) => {
      expect((await host.request(method, { cursor: 'bogus' })).error).toMatchObject({ code: -32_602 });
      expect((await host.request(method, { cursor: '' })).result).toEqual((await host.request(method)).result);
    }),
);

test('arguments that a host adds for itself are left aside, and the answer says so', () =>
  againstRunning(obliging, async (host, up) => {
    const { isError, text } = await host.call('get_asset', {
      asset_id: ASSET,
      toolCallId: 'call_1',
      tool: 'get_asset',
      _sessionID: 's',
    });
    expect(isError).toBe(false);
    expect(text).toContain('toolCallId, tool, _sessionID');
    expect(up.seen).toHaveLength(1);
    expect(up.seen[0]?.path).not.toMatch(/call_1|session/i);
  }));

test('a line that is no JSON is answered with -32700, and the next call works', () =>
  againstRunning(obliging, async (host) => {
    const lines = ['{"jsonrpc":', 'hello', '{]', '\ufeff{}x', '\0\0'];
    for (const line of lines) host.write(line);
    expect((await host.call('get_asset', read)).isError).toBe(false);
    const errors = host.messages().filter(({ error }) => error);
    expect(errors.map(({ error }) => error.code)).toEqual(lines.map(() => -32_700));
    for (const { id, error } of errors)
      expect({ id, named: /Unexpected|position/.test(error.message) }).toEqual({ id: null, named: false });
    host.write('');
    host.child.stdin.write(
      Buffer.concat([Buffer.from('{"jsonrpc":"2.0","id":5,"x":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}\n')]),
    );
    expect((await host.call('get_asset', read)).isError).toBe(false);
  }));

test('JSON that is no request is answered with -32600, and the next call works', () =>
  againstRunning(obliging, async (host) => {
    const lines = [
      '{}',
      '5',
      '"x"',
      'null',
      '{"jsonrpc":"1.0","id":5,"method":"tools/list"}',
      '{"jsonrpc":"2.0","id":null,"method":"tools/list"}',
    ];
    for (const line of lines) host.write(line);
    expect((await host.call('get_asset', read)).isError).toBe(false);
    const errors = host.messages().filter(({ error }) => error);
    expect(errors.map(({ error }) => error.code)).toEqual(lines.map(() => -32_600));
  }));

test('a line over the limit is a JSON-RPC error, and the next call works', () =>
  againstRunning(obliging, async (host) => {
    host.write(call(901, 'create_asset', { title: 'x'.repeat(11 * 1_024 * 1_024) }));
    expect(await host.call('get_asset', read)).toMatchObject({ isError: false });
    const [answer] = host.messages().filter(({ error }) => error);
    expect([-32_600, -32_700, -32_602]).toContain(answer?.error.code);
  }));

test('a batch is refused or answered in full, never half', () =>
  againstRunning(obliging, async (host, up) => {
    host.write(`[${call(901)},${call(902)}]`);
    expect((await host.call('get_asset', read)).isError).toBe(false);
    const answered = host
      .messages()
      .flat()
      .filter(({ id }) => id === 901 || id === 902);
    expect([0, 2]).toContain(answered.length);
    if (answered.length > 0) return;
    expect(
      host
        .messages()
        .filter(({ error }) => error)
        .map(({ id, error }) => [id, error.code]),
    ).toEqual([[null, -32_600]]);
    expect(up.seen).toHaveLength(1);
  }));

test('two calls with the same id, one after the other, are both answered', () =>
  againstRunning(obliging, async (host) => {
    for (const count of [1, 2]) {
      host.write(call(77));
      await until(() => host.messages().filter(({ id }) => id === 77).length === count);
    }
  }));

test('an unhandled rejection in a tool is an error of that call only', () =>
  against(
    obliging,
    async (host) => {
      const [bad, good] = await Promise.all([
        host.call('create_asset', { title: 'boom' }),
        host.call('get_asset', read),
      ]);
      expect(bad.isError).toBe(true);
      expect(good).toMatchObject({ isError: false, structured: { id: ASSET } });
      expect((await host.call('get_asset', read)).isError).toBe(false);
      expect(host.stderr()).not.toMatch(TRACE);
    },
    {
      env: preload(`const own = JSON.stringify;
        JSON.stringify = (value, ...rest) => {
          if (value?.title !== 'boom') return own(value, ...rest);
          Promise.reject(new Error('nobody waits for this'));
          setTimeout(() => Promise.reject(new Error('nor for that')), 10);
          throw new Error('boom');
        };`),
    },
  ));
