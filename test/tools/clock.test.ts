import { expect, test } from 'vitest';
import { ids, type World, world } from '../support/world.ts';

const asset = ids.interview;
const [OLD = '', , CURRENT = ''] = ids.interviewVersions;

/** Puts a proxy that is not complete, with another start, before each complete one. */
function confuse({ sandbox: { store, reindex } }: World): void {
  for (const row of store.proxies.where('asset_id', asset)) {
    store.proxies.insert({
      ...structuredClone(row),
      id: store.newId(),
      status: 'CLOSED',
      start_time_code: '10:00:00:00',
    });
    store.proxies.update(String(row.id), { status: 'OPEN', start_time_code: '05:00:00:00' });
  }
  reindex();
}

test.each([
  ['an old version', OLD],
  ['the current version', CURRENT],
])('times of %s are counted by a proxy that is complete', async (_, version) => {
  const made = await world();
  confuse(made);
  const { store } = made.sandbox;
  const [line] = store.segments.where('asset_id', asset);
  const place = { version_id: version, time_start_milliseconds: 60_000, time_end_milliseconds: 60_000 };
  const own = { segment_type: 'MARKER', segment_text: 'here', transcription: null, transcription_id: null };
  store.segments.insert({ ...line, ...place, ...own, id: store.newId(), parent_id: null });
  made.sandbox.reindex();
  const { preview } = await made.call('export_markers', { asset, version, kinds: ['MARKER'], between: '0:59-1:01' });
  expect(preview).toEqual(['10:01:00:00 here']);
});

test('a log sheet is read by a proxy that is complete, of the current version', async () => {
  const made = await world();
  confuse(made);
  const csv = `File,In,Note\n"${asset}",10:02:00:00,here`;
  const { affected } = await made.call('import_log', { csv });
  expect(affected[0]).toContain('10:02:00:00');
  expect(affected[0]).toContain('120000');
});
