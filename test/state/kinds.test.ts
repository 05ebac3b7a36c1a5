import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { expect, test } from 'vitest';
import type { SharedState } from '../../src/state/types.ts';
import { useJumpingClock } from '../support/clock.ts';
import { ids, type World, world } from '../support/world.ts';

useJumpingClock();

const src = resolve(import.meta.dirname, '../../src/tools');
const source = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(src, file), 'utf8'))
  .join('\n');
const declared = (pattern: RegExp): string[] => [...source.matchAll(pattern)].map(([, name = '']) => name).sort();

/** The kinds of handles and the shared kinds of the cache, as the sources declare them. */
const kinds = [
  ...declared(/: HandleKind<[^=]*= \{[^}]*?noun: '([^']+)'/g),
  ...declared(/ = cursorOf<[^(]*\('(\w+)'\)/g).map((tool) => `a cursor of ${tool}`),
  ...declared(/ = sharedKind<[^(]*\(\{[^}]*?name: '([^']+)'/g),
];

/** Takes whatever is to be shared, and says what of it would arrive as something else. */
function recorder() {
  const seen = new Set<string>();
  const changed: unknown[] = [];
  const kept = new Map<string, unknown>();
  const record = (kind: string, value: unknown): void => {
    seen.add(kind);
    if (!isDeepStrictEqual(deserialize(serialize(value)), value)) changed.push(value);
  };
  const state: SharedState = {
    load: async (names) => new Map(names.flatMap((name) => (kept.has(name) ? [[name, kept.get(name)] as const] : []))),
    touch: async () => undefined,
    replace: async () => undefined,
    take: async () => true,
    news: async () => [],
    claim: async () => Number.POSITIVE_INFINITY,
    release: async () => undefined,
    turn: async () => undefined,
    pause: async () => undefined,
    async store({ name, value }) {
      kept.set(name, value);
      record((value as { noun?: string }).noun ?? 'another value', value);
      return true;
    },
    async publish(news) {
      for (const { value } of news) record((value as { kind?: string }).kind ?? 'a route', value);
    },
  };
  return { state, seen, changed };
}

async function done({ call }: World, tool: string, args: Record<string, unknown>) {
  const plan = await call(tool, args);
  return plan.confirm ? call(tool, { confirm: plan.confirm }) : plan;
}

test('everything that is kept between calls can be shared: no functions, no promises', async () => {
  const { state, seen, changed } = recorder();
  const made = await world({ state });
  const { call, sandbox } = made;
  const { segments, persons } = sandbox.store;
  for (let n = 0; n < 150; n += 1) {
    persons.insert({ ...persons.get(ids.reyes), id: sandbox.store.newId(), name: `P ${n}` });
    segments.insert({
      id: sandbox.store.newId(),
      asset_id: ids.interview,
      version_id: ids.interviewVersions[2],
      segment_type: 'COMMENT',
      segment_text: `Note ${n}. ${'A longer one. '.repeat(10)}`,
      time_start_milliseconds: n * 1_000,
      status: 'ACTIVE',
      user_id: ids.me,
    });
  }
  sandbox.reindex();
  await call('find_assets', { words: 'storm', count_by: ['year'], show: ['Clearance', 'size'], limit: 1 });
  await call('find_assets', { sort: 'largest', where: { frame_rate: '25' }, limit: 1 });
  await call('find_people');
  await call('find_people', { people: ['Jordan Reyes'] });
  await call('find_people', { asset: ids.interview });
  await call('show_history', { assets: [ids.interview], limit: 1 });
  await call('list_searches', { limit: 1 });
  await call('list_bin', { limit: 1 });
  await call('read_metadata', { assets: ids.twins, limit: 1 });
  await call('read_metadata', { proposed: true, limit: 1 });
  await done(made, 'set_metadata', { assets: ids.twins, values: { Rating: 2 } });
  await done(made, 'edit_assets', { assets: ids.twins, category: 'Promo' });
  await call('read_transcript', { asset: ids.interview });
  await call('read_transcript', { asset: ids.interview, find: 'the' });
  await call('read_notes', { asset: ids.interview });
  await call('check_jobs', { wait_for: [ids.runningJob, ids.failedJob] });
  await done(made, 'annotate_asset', { asset: ids.match, items: ['0:10 Kick-off', '0:20 Goal'] });
  await done(made, 'make_subclips', { asset: ids.match, ranges: ['0:10-0:20'], names: ['Kick-off'] });
  await done(made, 'deliver_assets', { assets: [ids.match], to: 'Broadcast playout', unapproved: true });
  const csv = `File name,In,Text\n${sandbox.store.files.where('asset_id', ids.match)[0]?.original_name},0:30,Corner`;
  await done(made, 'import_log', { csv, columns: { text: 'Text' } });
  await done(made, 'set_current_version', { asset: ids.interview, version: 'v1' });
  const { selection } = await call('find_assets', { words: 'drone' });
  await done(made, 'edit_assets', { selection, category: 'aerial' });
  const videos = (await call('find_assets', { media_type: ['video'], limit: 1 })).selection;
  await call('archive_assets', { selection: videos });
  expect(changed).toEqual([]);
  expect(kinds.filter((kind) => !seen.has(kind))).toEqual([]);
});
