import { describe, expect, test } from 'vitest';
import { defaults } from '../../src/client/index.ts';
import { issuer } from '../support/issuer.ts';
import { team } from '../support/team.ts';
import { json, upstream } from '../support/upstream.ts';
import { ids } from '../support/world.ts';

const iconik = (name: string) => ({ 'x-iconik-app-id': `app-of-${name}`, 'x-iconik-auth-token': `token-of-${name}` });

test('people who work with one account of Iconik keep to its rate together', async () => {
  await using up = await upstream((_, response) => json(response, 200, { id: ids.match, title: 'A match' }));
  await using provider = await issuer();
  const env = { ICONIK_APP_ID: 'app-of-service', ICONIK_AUTH_TOKEN: 'token-of-service' };
  const argv = [...provider.argv, '--read-only', '--rate', '20'];
  await using served = await team({ baseUrl: up.url, env, argv });
  const people = await Promise.all(
    ['ann', 'bob', 'eve'].map(async (sub) => ({ authorization: `Bearer ${await provider.token({ sub })}` })),
  );
  const asked = people.flatMap((who) =>
    Array.from({ length: 40 }, () => served.call('get_asset', { asset_id: ids.match }, who)),
  );
  expect((await Promise.all(asked)).filter(({ isError }) => isError)).toEqual([]);
  const times = up.seen.map(({ at }) => at);
  const most = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
  // The rate, and the burst that may go at once after a pause.
  expect(most).toBeLessThanOrEqual(20 + defaults.limits.burst + 1);
});

describe('what one caller was shown', () => {
  test('stays apart where both ask for the same objects a thousand times at once', async () => {
    await using up = await upstream(({ headers, path }, response) => {
      const who = String(headers['auth-token']).slice('token-of-'.length);
      setTimeout(() => json(response, 200, { id: path.split('/')[5], title: `for ${who}` }), Math.random() * 4);
    });
    await using served = await team({ baseUrl: up.url });
    const asked = Array.from({ length: 1_000 }, (_, index) => (index % 2 === 0 ? 'ann' : 'bob'));
    const wrong: string[] = [];
    const ask = async (name: string): Promise<void> => {
      const answer = await served.call('get_asset', { asset_id: ids.match }, iconik(name));
      if (answer.data?.title !== `for ${name}`) wrong.push(answer.text);
    };
    const workers = Array.from({ length: 16 }, async () => {
      for (let name = asked.pop(); name !== undefined; name = asked.pop()) await ask(name);
    });
    await Promise.all(workers);
    expect(wrong).toEqual([]);
    expect(up.seen).toHaveLength(1_000);
    expect(served.lines.join('\n')).not.toMatch(/token-of-/);
  });
});
