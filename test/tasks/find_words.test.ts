import { beforeAll, describe, expect, test } from 'vitest';
import { type Answer, ids, type World, world } from '../support/world.ts';

let made: World;
beforeAll(async () => {
  made = await world({ sandbox: { indexLagMs: 0 } });
});

const find = (args: Record<string, unknown>): Promise<Answer> => made.call('find_assets', { limit: 100, ...args });
const idsOf = async (args: Record<string, unknown>): Promise<string[]> =>
  (await find(args)).hits.map((line: string) => line.slice(-36)).sort();
/** The hits of `words` that are also hits of `other`, or that are not. */
async function split(words: string, other: string): Promise<{ both: string[]; rest: string[] }> {
  const [all, some] = await Promise.all([idsOf({ words }), idsOf({ words: other })]);
  return { both: all.filter((id) => some.includes(id)), rest: all.filter((id) => !some.includes(id)) };
}

describe('words that are excluded', () => {
  test.each([
    'reyes -matchday',
    'reyes NOT matchday',
    'Reyes AND NOT Matchday',
    'reyes \u2212matchday',
    '-matchday reyes',
    'reyes !matchday',
  ])('are left out of the hits: %s', async (words) => {
    const { both, rest } = await split('reyes', 'matchday');
    expect(both.length).toBeGreaterThan(0);
    expect(rest.length).toBeGreaterThan(0);
    const answer = await find({ words });
    expect(answer.hits.map((line: string) => line.slice(-36)).sort()).toEqual(rest);
    expect(answer.notes.join(' ')).toMatch(/words → .*NOT matchday/i);
  });

  test('may be a phrase, and may be all that is asked', async () => {
    const { rest } = await split('reyes', '"season review"');
    expect(await idsOf({ words: 'reyes -"season review"' })).toEqual(rest);
    const all = await find({ limit: 1 });
    const review = await find({ words: 'harbour', limit: 1 });
    expect((await find({ words: '-harbour', limit: 1 })).total).toBe(all.total - review.total);
  });

  test('are excluded from what is said and commented, too', async () => {
    const { total } = await find({ spoken: 'climate' });
    expect(total).toBeGreaterThan(0);
    expect((await find({ spoken: 'climate -climate' })).total).toBe(0);
    const answer = await find({ spoken: 'climate -zeppelin' });
    expect(answer.total).toBe(total);
    expect(answer.hits[0]).toMatch(/ · at \d+:\d\d/);
  });

  test('do not include a dash between words or inside of one', async () => {
    expect(await idsOf({ words: 'reyes - lisbon' })).toEqual(await idsOf({ words: 'reyes lisbon' }));
    expect(await idsOf({ words: 'reyes – lisbon' })).toEqual(await idsOf({ words: 'reyes lisbon' }));
    expect((await find({ words: 'old-harbour' })).notes).toBeUndefined();
  });
});

describe('OR', () => {
  test('finds either of the words beside it, and says so', async () => {
    const [one, other] = await Promise.all([idsOf({ words: 'reyes' }), idsOf({ words: 'hartmann' })]);
    const answer = await find({ words: 'Reyes OR Hartmann' });
    expect(answer.hits.map((line: string) => line.slice(-36)).sort()).toEqual([...new Set([...one, ...other])].sort());
    expect(answer.notes.join(' ')).toContain('words → (Reyes OR Hartmann)');
  });

  test('binds closer than words without a sign', async () => {
    const both = await idsOf({ words: 'Reyes OR Hartmann' });
    const training = await idsOf({ words: 'training' });
    expect(await idsOf({ words: 'training Reyes OR Hartmann' })).toEqual(both.filter((id) => training.includes(id)));
  });

  test.each([
    ['Reyes OR', 'OR needs a word'],
    ['OR Reyes', 'OR needs a word'],
    ['Reyes NOT', 'NOT needs a word'],
    ['Reyes AND OR Hartmann', 'OR needs a word'],
    ['(Reyes OR Hartmann) training', 'brackets are not understood'],
    ['*port', 'the star is not understood'],
    ['har*our', 'the star is not understood'],
    ['"season rev*"', 'the star is not understood'],
    ['title:Reyes', 'names a field'],
  ])('and other signs are refused by name where they make no sense: %s', async (words, reason) => {
    expect(await made.refused('find_assets', { words })).toContain(reason);
  });

  test('alone is looked for as it is, which is said', async () => {
    expect((await find({ words: 'AND OR' })).notes.join(' ')).toContain('no word');
  });

  test.each(['(', '"', '- !', '!!!', '—'])('and signs alone find nothing rather than everything: %s', async (signs) => {
    const each = [{ words: signs }, { anywhere: signs }, { spoken: signs }, { comment: signs }];
    for (const args of [...each, { words: signs, media_type: ['video'] }]) {
      const { total, selection, notes } = await find(args);
      expect([total, selection]).toEqual([0, undefined]);
      expect(notes.join(' ')).toContain('there is no word in');
    }
  });

  test('is a word in lower case and in quotes', async () => {
    expect((await find({ words: 'reyes or hartmann' })).total).toBe(0);
    expect((await find({ words: 'reyes "OR" hartmann' })).total).toBe(0);
  });
});

describe('a phrase', () => {
  test.each([
    ['\u201c', '\u201d'],
    ['\u201e', '\u201c'],
    ['\u00ab', '\u00bb'],
    ['\u300c', '\u300d'],
    ['\uff02', '\uff02'],
  ])('may stand in %s %s', async (open, close) => {
    for (const words of ['Jordan Reyes', 'Reyes Jordan'])
      expect(await idsOf({ words: `${open}${words}${close}` })).toEqual(await idsOf({ words: `"${words}"` }));
    expect((await find({ words: `${open}Reyes Jordan${close}` })).total).toBe(0);
  });
});

describe('a star', () => {
  test('matches beginnings behind a hyphen, and after letters with marks', async () => {
    const whole = await idsOf({ words: 'Alvorada conferência' });
    expect(whole.length).toBeGreaterThan(0);
    expect(await idsOf({ words: 'Alvorada conferên*'.normalize('NFD') })).toEqual(whole);
    const answer = await find({ words: 'old-harb*' });
    expect(answer.total).toBeGreaterThan(0);
    expect(answer.notes.join(' ')).toContain('words → ("old" AND harb*)');
  });
});

describe('a closed set', () => {
  test('takes its values however they are written', async () => {
    const { total } = await find({ media_type: ['video'] });
    expect((await find({ media_type: ['Videos'] })).total).toBe(total);
    const approved = await find({ approval: 'APPROVED' });
    expect((await find({ approval: ' approved' })).total).toBe(approved.total);
    expect(approved.notes.join()).toContain('of the version that was asked about, which may not be the current one');
    expect((await find({ approval: 'not approved' })).total).toBe((await find({ approval: 'NOT_APPROVED' })).total);
  });

  test.each([
    [{ media_type: ['film'] }, 'Allowed: video, audio, image, document'],
    [{ approval: 'maybe' }, 'Allowed: APPROVED, NOT_APPROVED'],
    [{ length: '5:00..1:00' }, 'ends before it begins'],
    [{ where: { Rating: '4..2' } }, 'ends before it begins'],
    [{ where: { created: '2025-05..2025-01' } }, 'ends before it begins'],
    [{ where: { Clearance: [] } }, 'no value was given'],
    [{ where: { Clearance: null } }, 'no value was given'],
    [{ where: { created: null } }, 'is not a value'],
    [{ where: { Rating: 'not 9' } }, 'Allowed: from 1 to 5'],
  ])('refuses %j and names what is allowed', async (args, reason) => {
    expect(await made.refused('find_assets', args)).toContain(reason);
  });
});

describe('a time zone', () => {
  test('counts for conditions and for the dates that are shown', async () => {
    const made = await world({ sandbox: { indexLagMs: 0 } });
    made.sandbox.store.assets.update(ids.drone, { date_created: '2025-06-30T23:30:00.000000+00:00' });
    made.sandbox.reindex();
    const where = { created: '2025-07-01' };
    const inLisbon = await made.call('find_assets', { where, time_zone: 'Europe/Lisbon' });
    expect(inLisbon.hits.join()).toMatch(new RegExp(`2025-07-01.*${ids.drone}`));
    expect((await made.call('find_assets', { where })).hits.join()).not.toContain(ids.drone);
    const values = { Location: 'Quay' };
    const change = { assets: [ids.drone, ids.match], values, where };
    expect((await made.call('set_metadata', { ...change, time_zone: 'Europe/Lisbon' })).changed).toBe(1);
    expect((await made.call('set_metadata', change)).notes.join(' ')).toContain('Nothing to change');
    expect(await made.refused('find_assets', { words: 'x', where, time_zone: 'Lisbon' })).toContain('not a time zone');
  });
});

describe('words that are in no asset together', () => {
  test('are counted one by one, and what is written almost like them is offered', async () => {
    const { total, notes } = await find({ words: 'intervew Reyes' });
    expect(total).toBe(0);
    const [alone, similar] = notes as string[];
    expect((await find({ words: 'reyes REYES zzyzx' })).notes.join()).toMatch(
      /each word alone: "REYES" \d+, "zzyzx" 0\./,
    );
    expect(alone).toMatch(/^Hits of each word alone: "intervew" 0, "Reyes" [1-9]\d*\.$/);
    expect(similar).toMatch(/^Almost like "intervew": "interview", [1-9]\d* hits\.$/);
  });

  test('are looked for in speech and notes where the whole was', async () => {
    const { notes } = await find({ anywhere: 'climate zzyzx' });
    expect(notes.join(' ')).toMatch(/"climate" [1-9]\d*, "zzyzx" 0\./);
  });

  test.each([
    [{ spoken: 'clmate' }, /Almost like "clmate": "climate", [1-9]\d* hits?\./],
    [{ comment: 'flsh' }, /Almost like "flsh": "flash", [1-9]\d* hits?\./],
    [{ spoken: 'climate zzyzx' }, /each word alone: "climate" [1-9]\d*, "zzyzx" 0\./],
    [
      { spoken: 'climate', words: 'zzyzx' },
      /each word alone: "(zzyzx" 0, "climate" [1-9]\d*|climate" [1-9]\d*, "zzyzx" 0)\./,
    ],
  ])('are looked for in speech or comments alone where only these were: %j', async (args, says) => {
    const { total, notes } = await find(args);
    expect(total).toBe(0);
    expect(notes.join(' ')).toMatch(says);
  });

  test('are shown where they are closest, when no line or comment has them together', async () => {
    const { hits } = await find({ spoken: 'diesel harbour' });
    expect(hits).toHaveLength(1);
    expect(hits[0]).toMatch(/ · not together: at 1:11: "[^"]*harbour[^"]*", at 1:30: "[^"]*diesel[^"]*" · /);
    const together = await find({ spoken: 'smell diesel' });
    expect(together.hits.join()).toMatch(/ · at 1:30: "/);
    expect(together.hits.join()).not.toContain('not together');
  });

  test('stay what they are where only one is looked for', async () => {
    expect((await find({ words: 'Reyse' })).notes?.join(' ') ?? '').not.toContain('each word');
    expect((await find({ words: 'Reyez' })).notes.join(' ')).toMatch(/^Almost like "Reyez": "reyes", [1-9]/);
  });
});
