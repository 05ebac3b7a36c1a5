import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveSandbox } from '../../src/sandbox/serve.ts';
import { binary, start } from '../support/binary.ts';
import { type Replica, replica } from '../support/fleet.ts';
import { envelope, REVISION } from '../support/modern.ts';
import { hasRedis, type RedisServer, startRedis } from '../support/redis.ts';
import type { CallAnswer } from '../support/team.ts';

describe.skipIf(!hasRedis)('replicas behind one address', () => {
  let redis: RedisServer;
  let iconik: Awaited<ReturnType<typeof serveSandbox>>;
  let replicas: Replica[];

  beforeAll(async () => {
    redis = await startRedis();
    iconik = await serveSandbox({ port: 0 });
    replicas = await Promise.all([1, 2, 3].map(made));
  });

  afterAll(async () => {
    for (const { running } of replicas) running.child.kill('SIGKILL');
    await iconik.close();
    await redis.end();
  });

  const made = () => replica({ redis, iconik });
  /** A call of the newest revision, from a host that can show a question: the whole result. */
  async function ask({ send }: Replica, name: string, args: object, more: object = {}): Promise<CallAnswer['data']> {
    const params = { name, arguments: args, ...more, _meta: envelope({ elicitation: { form: {} } }) };
    const headers = { 'mcp-protocol-version': REVISION, 'mcp-method': 'tools/call', 'mcp-name': name };
    const response = await send({ method: 'tools/call', params }, headers);
    return ((await response.json()) as CallAnswer['data']).result;
  }

  const [first, second, third] = [0, 1, 2].map((index) => () => replicas[index] as Replica) as [
    () => Replica,
    () => Replica,
    () => Replica,
  ];
  const plan = async (category: string) => {
    const { data } = await first().call('find_assets', { words: 'drone', limit: 3 });
    return (await first().call('edit_assets', { selection: data.selection, category })).data;
  };

  test('go on with what another has found', async () => {
    const { data } = await first().call('find_assets', { words: 'drone', limit: 2 });
    const next = await second().call('find_assets', { cursor: data.next });
    expect(next.data.shown).toBeGreaterThan(0);
  });

  test('do once what two of them are told at the same time', async () => {
    const { status, confirm } = await plan('from above');
    expect(status).toBe('preview');
    const answers = await Promise.all([second(), third()].map((one) => one.call('edit_assets', { confirm })));
    expect(answers.map(({ isError }) => isError).sort()).toEqual([false, true]);
    expect(answers.find(({ isError }) => isError)?.text).toMatch(/used/);
  });

  test('take an answer to a question that another has put, once', async () => {
    const { confirm } = await plan('from higher');
    const { requestState } = await ask(second(), 'edit_assets', { confirm });
    expect(requestState).toEqual(expect.any(String));
    const answer = { inputResponses: { confirm: { action: 'accept' } }, requestState };
    const made = { ...answer, requestState: `${requestState}x` };
    const anew = await ask(third(), 'edit_assets', { confirm }, made);
    expect(anew.resultType).toBe('input_required');
    const late = await ask(first(), 'edit_assets', { confirm }, answer);
    expect(late.resultType).toBe('input_required');
    const accepted = { ...answer, requestState: late.requestState };
    const both = await Promise.all([second(), third()].map((one) => ask(one, 'edit_assets', { confirm }, accepted)));
    const done = both.filter(({ structuredContent }) => structuredContent?.status === 'done');
    expect(done).toHaveLength(1);
  });

  test('do nothing twice and say what is wrong while the store is away, and go on after it', async () => {
    const { confirm } = await plan('from far above');
    await redis.stop();
    const refused = await second().call('edit_assets', { confirm });
    expect(refused.isError).toBe(true);
    expect((await second().call('find_assets', { words: 'drone', limit: 1 })).isError).toBe(false);
    await redis.start();
    await expect
      .poll(
        async () => {
          const { data } = await first().call('find_assets', { words: 'drone', limit: 2 });
          return (await second().call('find_assets', { cursor: data.next })).isError;
        },
        { timeout: 10_000, interval: 300 },
      )
      .toBe(false);
  });

  test('confirm a plan whose maker was killed', async () => {
    const { confirm } = await plan('last');
    first().running.child.kill('SIGKILL');
    await first().running.exit;
    const done = await second().call('edit_assets', { confirm });
    expect(done).toMatchObject({ isError: false, data: { status: 'done' } });
  });

  test('need the key that they share', async () => {
    const running = start({ args: [binary, 'serve', '--port', '0', '--state', redis.url, '--sandbox'] });
    expect(await running.exit).toBe(1);
    expect(running.stderr()).toMatch(/^iconik-mcp: --state: ICONIK_STATE_KEY is missing/);
  });
});
