import { beforeAll, describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock();

let made: World;
beforeAll(async () => {
  made = await world({ sandbox: { indexLagMs: 0 } });
});

const find = (args: Record<string, unknown> = {}): Promise<Answer> => made.call('find_assets', args);
const total = async (args: Record<string, unknown>): Promise<number> => (await find({ ...args, limit: 1 })).total;
const searches = (): number => made.requests.filter((one) => one.startsWith('POST /API/search/')).length;

describe('a search that finds nothing', () => {
  test('says how many hits each condition has alone', async () => {
    const answer = await find({ media_type: ['audio'], where: { Camera: 'not empty', Clearance: 'Pending' } });
    expect(answer.total).toBe(0);
    const [audio, camera, pending] = await Promise.all([
      total({ media_type: ['audio'] }),
      total({ where: { Camera: 'not empty' } }),
      total({ where: { Clearance: 'Pending' } }),
    ]);
    expect(answer.notes.join('\n')).toContain(
      `Hits of each condition alone: media_type ${audio}, Camera ${camera}, Clearance ${pending}.`,
    );
  });

  test('says of three that each fit something, without which there are hits', async () => {
    const args = { words: 'Matchday', media_type: ['audio'], where: { 'Content type': 'not empty' } };
    const { notes } = await find(args);
    const without = await total({ words: args.words, where: args.where });
    expect(notes.join('\n')).toContain(`, without media_type ${without}.`);
  });

  test('counts words, people, places and states as conditions, and no more than a few', async () => {
    const args = {
      words: 'harbour',
      collection: ids.season2025,
      people: ['Jordan Reyes'],
      archived: true,
      length: '..0:01',
    };
    const { notes } = await find(args);
    expect(notes.join('\n')).toMatch(
      /each condition alone: words \d+, collection \d+, people \d+, archived \d+, length 0\./,
    );
    const before = searches();
    const labels = ['Camera', 'Clearance', 'Language', 'Location', 'Reporter', 'Territory', 'Keywords'];
    const many = await find({ words: 'zzqq', where: Object.fromEntries(labels.map((one) => [one, 'not empty'])) });
    expect(many.total).toBe(0);
    expect(searches() - before).toBeLessThan(20);
  });

  test('says nothing of that where one condition was given, or where there are hits', async () => {
    expect(((await find({ where: { Clearance: 'Pending' } })).notes ?? []).join()).not.toContain('alone');
    expect(((await find({ words: 'zzqqxx' })).notes ?? []).join()).not.toContain('condition alone');
  });

  test('in a month says the first and the last day there is', async () => {
    const docs = made.sandbox.store.assets.list(({ status, id }) => status === 'ACTIVE' && id !== ids.hidden);
    const days = docs.map(({ date_created }) => String(date_created).slice(0, 10)).sort();
    const { notes } = await find({ where: { created: '1999-03' }, count_by: ['month'] });
    expect(notes.join('\n')).toContain(
      `Without the condition on created there are ${docs.length} hits, from ${days[0]} to ${days.at(-1)}.`,
    );
    const shot = await find({ where: { 'Shoot date': ['1999'] }, media_type: ['video'] });
    expect(shot.notes.join('\n')).toMatch(
      /Without the condition on Shoot date there are \d+ hits, from 20\d\d-\d\d-\d\d to 20\d\d-\d\d-\d\d\./,
    );
    const never = await find({ words: 'zzqq', where: { created: '1999' } });
    expect(never.notes.join('\n')).not.toContain('condition on created');
    expect(never.notes.join('\n')).toContain('created 0');
  });

  test('because of two technical conditions says what each fits', async () => {
    const { notes } = await find({ where: { resolution: 'UHD', audio: '5.1' } });
    expect(notes.join('\n')).toMatch(/Of the \d+ looked at fit: resolution \d+, audio \d+\./);
  });
});
