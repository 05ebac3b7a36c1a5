import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { largeIds } from '../../src/sandbox/world/build/ids.ts';
import { agree, grade, ids, idsOf, interview, make, since } from './segment_rows.ts';

describe('at places of a transcript', () => {
  const asset = largeIds.longInterview;

  test('marks each mention but the one that is marked, in three calls and 1,500 tokens', async () => {
    const { raw, call, sandbox } = await make({ assets: 3_000 });
    const before = idsOf(sandbox, asset);
    const results = [await raw('read_transcript', { asset, find: 'climate' })];
    const at_places = results[0]?.structuredContent?.places;
    results.push(await raw('annotate_asset', { asset, at_places }));
    const confirm = results[1]?.structuredContent?.confirm;
    results.push(await raw('annotate_asset', { asset, at_places, confirm }));
    for (const channel of ['structuredContent', 'content'] as const)
      expect(results.reduce((sum, one) => sum + encode(JSON.stringify(one[channel])).length, 0)).toBeLessThanOrEqual(
        1_500,
      );
    expect(results[2]?.structuredContent).toMatchObject({ added: 11, already_there: 1 });
    const made = since(sandbox, asset, before);
    expect(made).toHaveLength(11);
    expect(made[0]).toEqual(['MARKER', 124_131, expect.any(Number), 'climate']);
    expect(await call('annotate_asset', { asset, at_places })).toMatchObject({ added: 0, already_there: 12 });
  });

  test('fills in a text of its own, in the language that was read', async () => {
    const made = await make();
    const { places } = await made.call('read_transcript', { asset: interview, find: 'clima', language: 'pt' });
    const before = idsOf(made.sandbox, interview);
    const text = '{n}: {said} ({speaker})';
    await agree(made, { asset: interview, at_places: places, text, kind: 'TAG' });
    expect(
      since(made.sandbox, interview, before)
        .map(([kind, , , words]) => [kind, words])
        .slice(0, 2),
    ).toEqual([
      ['TAG', '1: clima (Lena Vogt)'],
      ['TAG', '2: clima (Jordan Reyes)'],
    ]);
  });

  test('of another asset, another version or an unknown handle is refused', async () => {
    const { call, refused } = await make();
    const { places } = await call('read_transcript', { asset: interview, find: 'climate' });
    expect(await refused('annotate_asset', { asset: grade, at_places: places })).toContain(
      'at_places belongs to another asset',
    );
    expect(await refused('annotate_asset', { asset: interview, at_places: places, version: 1 })).toContain(
      'at_places belongs to v3',
    );
    expect(await refused('annotate_asset', { asset: interview, at_places: 'plc_zzzzzz' })).toContain(
      'Call read_transcript with find again',
    );
  });
});

describe('arguments that do not go together', () => {
  test.each<[Record<string, unknown>, string]>([
    [{}, 'Nothing to do'],
    [{ items: [] }, 'Nothing to do'],
    [{ items: ['1:00 x'], at_places: 'plc_aaaaaa' }, 'items, at_places: give only one of these'],
    [{ reply_to: 1 }, 'text is missing'],
    [{ reply_to: 1, text: 'x', kind: 'TAG' }, 'kind: a TAG cannot reply to a comment'],
    [{ tick: [1], untick: [1] }, 'untick: 1 is also in tick'],
    [{ items: ['1:00 x'], kind: 'NOTE' }, 'Allowed: MARKER, COMMENT, TAG, GENERIC'],
    [{ items: Array.from({ length: 501 }, () => '1:00 x') }, 'at most 500'],
  ])('%# are refused', async (args, message) => {
    const { refused } = await make();
    expect(await refused('annotate_asset', { asset: interview, ...args })).toContain(message);
  });
});

describe('an asset', () => {
  test('where nothing may be written fail with the reason', async () => {
    const { refused } = await make();
    expect(await refused('annotate_asset', { asset: ids.locked, items: ['1:00 X'] })).toContain('no write permission');
  });
});

describe('places that are widened', () => {
  test('to their sentences mark each sentence once, with what is said in it', async () => {
    const made = await make();
    const { sandbox, call } = made;
    const { places } = await call('read_transcript', { asset: interview, find: 'the OR I' });
    const before = idsOf(sandbox, interview);
    await agree(made, { asset: interview, at_places: `${places} sentence`, text: '{said}', kind: 'GENERIC' });
    const marks = since(sandbox, interview, before);
    const starts = marks.map(([, start]) => start);
    expect(new Set(starts).size).toBe(starts.length);
    expect(marks.length).toBeGreaterThan(3);
    for (const [, start, end, text] of marks) {
      expect(Number(end)).toBeGreaterThan(Number(start));
      expect(String(text)).toMatch(/[.!?]$/);
    }
  });

  test.each(['+2', '+2s', '±2s'])('by seconds lead to what does that: %s', async (sign) => {
    const { call, refused } = await make();
    const { places } = await call('read_transcript', { asset: interview, find: 'climate' });
    const asked = { asset: interview, at_places: `${places} ${sign}` };
    for (const text of [await refused('annotate_asset', asked), await refused('make_subclips', asked)]) {
      expect(text).toContain('margin "2s" of make_subclips');
      expect(text).toContain(`"${places} sentence"`);
    }
  });
});
