import { expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { type Answer, ids } from '../support/world.ts';

async function ask(
  { fetch, origin, appId, authToken }: Sandbox,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const headers = { 'App-ID': appId, 'Auth-Token': authToken, 'content-type': 'application/json' };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(`${origin}/API/${path}`, init);
  return response.json();
}
const asset = `assets/v1/assets/${ids.interview}/`;
const titlesFound = async (sandbox: Sandbox, query: string) =>
  (await ask(sandbox, 'POST', 'search/v1/search/', { query, doc_types: ['assets'] })).objects.map(
    ({ title }: { title: string }) => title,
  );

test('a fork answers what its original answers, from the store and from search', async () => {
  const original = createSandbox();
  const fork = original.fork();
  expect(await ask(fork, 'GET', asset)).toEqual(await ask(original, 'GET', asset));
  expect(await titlesFound(fork, 'interview')).toEqual(await titlesFound(original, 'interview'));
  expect(fork.store.newId()).toBe(original.store.newId());
});

test('neither a fork nor its original sees what the other writes', async () => {
  const original = createSandbox();
  const fork = original.fork();
  const before = await ask(original, 'GET', asset);
  await ask(fork, 'PATCH', asset, { title: 'Zanzibar' });
  fork.reindex();
  expect((await ask(fork, 'GET', asset)).title).toBe('Zanzibar');
  expect(await titlesFound(fork, 'Zanzibar')).toEqual(['Zanzibar']);
  expect(await ask(original, 'GET', asset)).toEqual(before);
  await ask(original, 'PATCH', asset, { title: 'Mombasa' });
  original.reindex();
  expect((await ask(fork, 'GET', asset)).title).toBe('Zanzibar');
  expect(await titlesFound(fork, 'Mombasa')).toEqual([]);
});

test('a fork starts with what its original wrote, and may be as far behind as it likes', async () => {
  const original = createSandbox();
  await ask(original, 'PATCH', asset, { title: 'Zanzibar' });
  const fork = original.fork({ indexLagMs: 60_000 });
  expect(await titlesFound(fork, 'Zanzibar')).toEqual(['Zanzibar']);
  await ask(fork, 'PATCH', asset, { title: 'Mombasa' });
  expect(await titlesFound(fork, 'Zanzibar')).toEqual(['Zanzibar']);
});

test('neither a fork nor its original finds by an owner what the other added or removed', () => {
  const original = createSandbox();
  const found = ({ store }: Sandbox) => store.segments.where('asset_id', ids.interview).map(({ id }) => id);
  const before = found(original);
  const [fork, other] = [original.fork(), original.fork()];
  fork.store.segments.insert({ id: 'added', asset_id: ids.interview });
  fork.store.segments.remove(String(before[0]));
  expect(found(fork)).toEqual([...before.slice(1), 'added']);
  expect([found(original), found(other)]).toEqual([before, before]);
  original.store.segments.insert({ id: 'later', asset_id: ids.interview });
  expect(found(original)).toEqual([...before, 'later']);
  expect([found(fork), found(other)]).toEqual([[...before.slice(1), 'added'], before]);
});
