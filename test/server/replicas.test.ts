import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CONFIRM_SECONDS, createConfirmations } from '../../src/server/confirm.ts';
import { createDocuments } from '../../src/server/documents.ts';
import { createReplicas } from '../../src/server/replicas.ts';
import type { SharedState } from '../../src/state/types.ts';
import { createCache } from '../../src/tools/cache.ts';
import { createHandles } from '../../src/tools/handles.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is shared, in memory. */
function stateOf(): SharedState {
  const kept = new Map<string, unknown>();
  return {
    load: async (names) => new Map(names.flatMap((name) => (kept.has(name) ? [[name, kept.get(name)] as const] : []))),
    touch: async () => undefined,
    async store({ name, value }) {
      kept.set(name, value);
      return true;
    },
    async replace({ name, value }) {
      if (kept.has(name)) kept.set(name, value);
    },
    take: async (name) => kept.delete(name),
    claim: async () => Number.POSITIVE_INFINITY,
    release: async () => undefined,
    publish: async () => undefined,
    news: async () => [],
    turn: async () => undefined,
    pause: async () => undefined,
  };
}

function replicaOf(state: SharedState) {
  const confirmations = createConfirmations(() => Date.now());
  const memory = { handles: createHandles(), cache: createCache(), confirmations, documents: createDocuments() };
  return { confirmations, replicas: createReplicas(state, { ...memory, log: { error: () => undefined } as never }) };
}

test('a token whose time began anew with a question is good for that time on every replica', async () => {
  const state = stateOf();
  const [a, b] = [replicaOf(state), replicaOf(state)];
  const token = a.confirmations.issue('archive_assets', {}, {});
  await a.replicas.issued(token);
  const most = CONFIRM_SECONDS * 900;
  vi.setSystemTime(Date.now() + most);
  a.confirmations.renew(token);
  await a.replicas.renewed(token);
  vi.setSystemTime(Date.now() + most);
  await b.replicas.enter({ confirm: token }, { reads: false });
  expect(b.confirmations.refuse(token, 'archive_assets', {}, {})).toBeUndefined();
});

test('a used token does not come back where its time begins anew', async () => {
  const state = stateOf();
  const [a, b] = [replicaOf(state), replicaOf(state)];
  const token = a.confirmations.issue('archive_assets', {}, {});
  await a.replicas.issued(token);
  expect(await b.replicas.take(token)).toBe(true);
  a.confirmations.renew(token);
  await a.replicas.renewed(token);
  expect(await a.replicas.take(token)).toBe(false);
});
