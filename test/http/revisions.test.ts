import { describe, expect, test, vi } from 'vitest';
import { envelope, modernHost, REVISION, type Sender } from '../support/modern.ts';
import { type Team, team } from '../support/team.ts';
import { json, upstream } from '../support/upstream.ts';
import { type Answer, ids } from '../support/world.ts';

const two = { assets: [ids.interview, ids.match], values: { Rating: 4 } };

/** One request of the newest revision, as `curl` would send it. */
async function request(
  { post }: Pick<Team, 'post'>,
  method: string,
  params: object = {},
  { headers = {}, ...about }: Sender & { readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const { name = '' } = params as { readonly name?: string };
  const own = { 'mcp-protocol-version': about.revision ?? REVISION, 'mcp-method': method, 'mcp-name': name };
  const response = await post({ method, params: { ...params, _meta: envelope(about) } }, { ...own, ...headers });
  return { status: response.status, ...((await response.json()) as object) };
}

describe('a client of the newest revision', () => {
  test('is told what the server is and offers, and how long that holds for it', async () => {
    await using served = await team();
    await using modern = await modernHost(new URL(served.url));
    const { host } = modern;
    expect(host.getNegotiatedProtocolVersion()).toBe(REVISION);
    expect(host.getServerVersion()).toMatchObject({ name: 'iconik' });
    expect(host.getInstructions()).toContain('Iconik is a media library');
    const list = await host.listTools();
    expect(list).toMatchObject({ cacheScope: 'private', ttlMs: expect.any(Number) });
    const older = await served.host();
    expect(list.tools).toEqual((await older.host.listTools()).tools.map(({ execution: _, ...tool }) => tool));
    await older.host.close();
  });

  test('finds, looks, plans and confirms', async () => {
    await using served = await team();
    await using modern = await modernHost(new URL(served.url));
    const { selection } = await modern.call('find_assets', { words: 'drone', limit: 3 });
    const { content } = await modern.raw('view_frame', { asset: ids.match, at: '1:00' });
    expect(content.find(({ type }) => type === 'image')).toMatchObject({ mimeType: 'image/jpeg' });
    const plan = await modern.call('set_metadata', { selection, values: { Description: 'From above' } });
    expect(plan.status).toBe('preview');
    expect(await modern.call('set_metadata', { confirm: plan.confirm })).toMatchObject({ status: 'done' });
    expect(await modern.refused('set_metadata', { confirm: plan.confirm })).toContain('used before');
  });

  test('reads a document that an answer attached', async () => {
    await using served = await team();
    await using modern = await modernHost(new URL(served.url));
    const { content } = await modern.raw('export_markers', { asset: ids.match, format: 'csv' });
    const document = content.find(({ type }) => type === 'resource');
    if (document?.type !== 'resource') throw new Error('nothing is attached');
    const { uri } = document.resource;
    expect(await modern.host.readResource({ uri })).toMatchObject({
      contents: [{ uri }],
      ttlMs: 0,
      cacheScope: 'private',
    });
  });

  test('gets a readable error for what is not there', async () => {
    await using served = await team();
    await using modern = await modernHost(new URL(served.url));
    expect(await modern.refused('find_asset')).toContain('Did you mean find_assets?');
    await expect(modern.host.getPrompt({ name: 'nothing' })).rejects.toThrow('There is no prompt "nothing"');
    const { error } = await request(
      served,
      'resources/read',
      { uri: 'iconik://nothing' },
      { headers: { 'mcp-name': 'iconik://nothing' } },
    );
    expect(error).toMatchObject({ code: -32_602, data: { uri: 'iconik://nothing' } });
  });

  test('that leaves ends what its call does at Iconik', async () => {
    const gone: string[] = [];
    await using up = await upstream(({ path }, response) => {
      response.once('close', () => gone.push(path));
    });
    await using served = await team({ baseUrl: up.url });
    const control = new AbortController();
    const asked = fetch(served.url, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
        ...{ 'mcp-protocol-version': REVISION, 'mcp-method': 'tools/call', 'mcp-name': 'get_asset' },
        ...{ 'x-iconik-app-id': 'app-of-ann', 'x-iconik-auth-token': 'token-of-ann' },
      },
      body: JSON.stringify({
        ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
        params: { name: 'get_asset', arguments: { asset_id: ids.match }, _meta: envelope() },
      }),
      signal: control.signal,
    }).catch(() => 'left');
    await expect.poll(() => up.seen.length).toBe(1);
    control.abort();
    expect(await asked).toBe('left');
    await expect.poll(() => gone).toHaveLength(1);
  });

  test('goes through the same guards as any other', async () => {
    await using served = await team();
    const discover = (headers: Record<string, string>) => request(served, 'server/discover', {}, { headers });
    expect(await discover({ origin: 'https://evil.example.com' })).toMatchObject({ status: 403 });
    await using up = await upstream((_, response) => json(response, 200, {}));
    await using strangers = await team({ baseUrl: up.url });
    expect(await request(strangers, 'server/discover')).toMatchObject({ status: 401 });
  });

  test('that asks to hear of changes hears that there are none to hear of', async () => {
    await using served = await team();
    const response = await served.post(
      { method: 'subscriptions/listen', params: { notifications: { toolsListChanged: true }, _meta: envelope() } },
      { 'mcp-protocol-version': REVISION, 'mcp-method': 'subscriptions/listen' },
    );
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(await response.text()).toMatch(/"notifications":\{\}[\s\S]*"resultType":"complete"/);
  });
});

describe('a revision that nobody knows yet', () => {
  test('is answered with those that are served', async () => {
    await using served = await team();
    const answer = await request(served, 'tools/list', {}, { revision: '2031-01-01' });
    expect(answer).toMatchObject({ status: 400, error: { code: -32_022, data: { supported: [REVISION] } } });
  });

  test('is no reason to turn older clients away', async () => {
    await using served = await team();
    const response = await served.post({ method: 'tools/list' }, { 'mcp-protocol-version': '2025-11-25' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ result: { tools: expect.any(Array) } });
  });
});

describe('clients of two revisions on one server', () => {
  test('call it in turns, and what the one was shown the other can use', async () => {
    await using served = await team();
    const older = await served.host();
    await using newer = await modernHost(new URL(served.url));
    const pairs = await Promise.all(
      ['drone', 'goal', 'interview', 'harbour'].flatMap((words) =>
        [older, newer].map(async ({ call }) => (await call('find_assets', { words, limit: 5 })).total),
      ),
    );
    for (let at = 0; at < pairs.length; at += 2) expect(pairs[at]).toBe(pairs[at + 1]);
    const { selection } = await older.call('find_assets', { words: 'drone', limit: 3 });
    const { confirm } = await newer.call('set_metadata', { selection, values: { Rating: 4 } });
    expect(await older.call('set_metadata', { confirm })).toMatchObject({ status: 'done' });
    expect(await newer.refused('set_metadata', { confirm })).toContain('used before');
    await older.host.close();
  });
});

describe('a person in front of a host that asks and calls again', () => {
  test('agrees: the change is made once, and the token is used up', async () => {
    const answer = vi.fn(() => 'accept' as const);
    await using served = await team();
    await using modern = await modernHost(new URL(served.url), { answer });
    const { confirm } = await modern.call('set_metadata', two);
    expect(answer).not.toHaveBeenCalled();
    expect(await modern.call('set_metadata', { confirm })).toMatchObject({ status: 'done', changed: 2 });
    expect(answer.mock.calls).toEqual([[expect.stringMatching(/2 assets.*Go ahead\?$/)]]);
    expect(await modern.refused('set_metadata', { confirm })).toContain('used before');
  });

  test('declines: nothing changes, and the token is void', async () => {
    await using served = await team();
    await using modern = await modernHost(new URL(served.url), { answer: () => 'decline' });
    const { confirm } = await modern.call('set_metadata', two);
    expect(await modern.refused('set_metadata', { confirm })).toContain('the person declined. Nothing was changed');
    expect(await modern.refused('set_metadata', { confirm })).toContain('used before');
  });

  test('dismisses the question: nothing changes, and the same token can be confirmed later', async () => {
    const answers: ('cancel' | 'accept')[] = ['cancel', 'accept'];
    await using served = await team();
    await using modern = await modernHost(new URL(served.url), { answer: () => answers.shift() ?? 'cancel' });
    const { confirm } = await modern.call('set_metadata', two);
    expect(await modern.refused('set_metadata', { confirm })).toContain('the confirm token still holds');
    expect(await modern.call('set_metadata', { confirm })).toMatchObject({ status: 'done', changed: 2 });
  });

  test('is not asked where the token is enough', async () => {
    await using served = await team({ argv: ['--confirm', 'token'] });
    const answer = vi.fn(() => 'decline' as const);
    await using modern = await modernHost(new URL(served.url), { answer });
    const { confirm } = await modern.call('set_metadata', two);
    expect(await modern.call('set_metadata', { confirm })).toMatchObject({ status: 'done' });
    expect(answer).not.toHaveBeenCalled();
  });

  test.each([
    [{}, 'input_required'],
    [{ form: {}, url: {} }, 'input_required'],
    [{ url: {} }, 'complete'],
    [undefined, 'complete'],
  ])('is asked by a host that shows forms: elicitation %j', async (elicitation, resultType) => {
    await using served = await team();
    const send = (args: object) =>
      request(served, 'tools/call', { name: 'set_metadata', arguments: args }, { ...(elicitation && { elicitation }) });
    const { result: plan } = await send(two);
    expect((await send({ confirm: plan.structuredContent.confirm })).result.resultType).toBe(resultType);
  });
});

describe('an answer that comes with a later call', () => {
  const call = (served: Team, args: object, more: object = {}) =>
    request(served, 'tools/call', { name: 'set_metadata', arguments: args, ...more }, { elicitation: { form: {} } });
  const accept = { inputResponses: { confirm: { action: 'accept' } } };

  async function asked(served: Team) {
    const { result: plan } = await call(served, two);
    const { confirm } = plan.structuredContent;
    const { result } = await call(served, { confirm });
    expect(result).toMatchObject({ resultType: 'input_required', requestState: expect.any(String) });
    return { confirm, state: result.requestState as string };
  }
  const ratingOf = async (served: Team) => {
    const { isError, data } = await served.call('read_metadata', {
      assets: [ids.interview, ids.match],
      labels: ['Rating'],
    });
    expect(isError).toBe(false);
    return JSON.stringify(data);
  };

  test('counts once, with the mark of the question', async () => {
    await using served = await team();
    const before = await ratingOf(served);
    const { confirm, state } = await asked(served);
    expect(await ratingOf(served)).toBe(before);
    const { result } = await call(served, { confirm }, { ...accept, requestState: state });
    expect(await ratingOf(served)).not.toBe(before);
    expect(result).toMatchObject({ resultType: 'complete', structuredContent: { status: 'done', changed: 2 } });
    const again = await call(served, { confirm }, { ...accept, requestState: state });
    expect(again.result).toMatchObject({ isError: true });
  });

  test('is asked for anew where it is none, or its mark is missing, made up, of another question, or used', async () => {
    await using served = await team();
    const before = await ratingOf(served);
    const other = await asked(served);
    const { confirm, state } = await asked(served);
    for (const requestState of [undefined, 'made-up', other.state, '', `${state}x`]) {
      const { result } = await call(
        served,
        { confirm },
        { ...accept, ...(requestState !== undefined && { requestState }) },
      );
      expect(result).toMatchObject({ resultType: 'input_required' });
      expect(result.requestState).not.toBe(state);
    }
    for (const inputResponses of [12_345, null, {}, { confirm: 'accept' }, { other: { action: 'accept' } }]) {
      const { result: shown } = await call(served, { confirm });
      const { result } = await call(served, { confirm }, { inputResponses, requestState: shown.requestState });
      expect(result).toMatchObject({ resultType: 'input_required' });
    }
    // The question was asked anew meanwhile: an answer to the first one is late.
    expect((await call(served, { confirm }, { ...accept, requestState: state })).result.resultType).toBe(
      'input_required',
    );
    expect(await ratingOf(served)).toBe(before);
    const { result } = await call(served, { confirm });
    const dismissed = { inputResponses: { confirm: { action: 'cancel' } }, requestState: result.requestState };
    expect((await call(served, { confirm }, dismissed)).result).toMatchObject({ isError: true });
    const late = await call(served, { confirm }, { ...accept, requestState: result.requestState });
    expect(late.result.resultType).toBe('input_required');
    expect(await ratingOf(served)).toBe(before);
  });

  test('has a mark that says nothing of the change or the token', async () => {
    await using served = await team();
    const { confirm, state } = await asked(served);
    expect(state).toMatch(/^[\w-]{16}$/);
    expect(state).not.toBe(confirm);
  });
});
