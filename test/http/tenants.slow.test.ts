import { describe, expect, test } from 'vitest';
import { team } from '../support/team.ts';
import { json, upstream } from '../support/upstream.ts';
import { ids } from '../support/world.ts';

const iconik = (name: string) => ({ 'x-iconik-app-id': `app-of-${name}`, 'x-iconik-auth-token': `token-of-${name}` });

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
