import { describe, expect, test } from 'vitest';
import { oddIds } from '../../src/sandbox/world/build/ids.ts';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, spoiled, world } from '../support/traffic.ts';

useJumpingClock();

const SEARCH = /^POST .*\/search\/v1\/search\/$/;

/** Hits of segments without any text, whatever field has it. */
const textless = (body: Answer): Answer => ({
  ...body,
  objects: body.objects.map(({ _highlight, segment_text, metadata_cache, ...one }: Answer) => ({
    ...one,
    ...(one.object_type !== 'segments' && { _highlight, segment_text, metadata_cache }),
  })),
});

describe('segments whose text the index does not have in segment_text', () => {
  const spoken = { spoken: 'climate' };
  const lineOf = (hits: string[]) => hits.find((line) => line.includes(ids.interview));

  test('are quoted from metadata_cache', async () => {
    const [plain, bare] = await Promise.all(
      [false, true].map(async (textlessSegmentHits) =>
        (await world({ sandbox: { hard: { textlessSegmentHits } } })).call('find_assets', spoken),
      ),
    );
    expect(lineOf(bare.hits)).toMatch(/: ".*climate.*"/);
    expect(bare.hits).toEqual(plain.hits);
  });

  test('are read by id where the index has none, a few at most', async () => {
    const { call, requests } = await world({ fetch: spoiled(SEARCH, textless) });
    const { hits } = await call('find_assets', spoken);
    expect(lineOf(hits)).toMatch(/ at \d+:\d\d and \d+ more: ".*climate.*"/);
    expect(requests.filter((one) => /^GET .*\/segments\/[^/]+\/$/.test(one)).length).toBeLessThanOrEqual(10);
  });

  test('are named without their text where they cannot be read', async () => {
    const { call, sandbox } = await world({ fetch: spoiled(SEARCH, textless) });
    sandbox.deny('can_read_segments');
    const { hits } = await call('find_assets', spoken);
    expect(lineOf(hits)).toMatch(/ at \d+:\d\d and \d+ more: the index has no text/);
  });

  test('are shown by search with the text that there is', async () => {
    const { call } = await world({ sandbox: { hard: { textlessSegmentHits: true } } });
    const query = 'segment_text:climate AND segment_type:TRANSCRIPTION';
    const { objects } = await call('search', { doc_types: ['segments'], query });
    expect(objects.length).toBeGreaterThan(0);
    for (const { segment_text } of objects) expect(segment_text).toMatch(/climate/i);
  });

  test('are not written again from a log sheet', async () => {
    const { call, sandbox } = await world({ fetch: spoiled(SEARCH, textless) });
    const title = 'Matchday 12, Harbour City v Northgate, full match';
    const csv = `File name,In,Out,Note\n"${title}",00:10:00,00:10:05,Corner\n"${title}",00:11:00,00:11:05,Throw-in`;
    const markers = () =>
      sandbox.store.segments
        .where('asset_id', ids.match)
        .filter(({ segment_text }) => ['Corner', 'Throw-in'].includes(String(segment_text)));
    const plan = await call('import_log', { csv });
    await call('import_log', { csv, confirm: plan.confirm });
    expect(markers()).toHaveLength(2);
    await new Promise((resolve) => setTimeout(resolve, 3 * 60_000));
    const again = await call('import_log', { csv });
    if (again.confirm) await call('import_log', { csv, confirm: again.confirm });
    expect(markers()).toHaveLength(2);
  });
});

test('what was transcribed twice is one place, in the words of the newer run', async () => {
  const { call } = await world({ sandbox: { hard: { oddAssets: true } } });
  const { hits } = await call('find_assets', { spoken: 'swell' });
  const line = hits.find((one: string) => one.includes(oddIds.transcribedTwice));
  expect(line).toMatch(/ at 0:03: "How do you board a ship/);
});
