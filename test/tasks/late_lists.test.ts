import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock();

/** Lists and search show a write after a minute. */
const late = { sandbox: { indexLagMs: 60_000, hard: { lateLists: true } } };
/** Lists show nothing new while a test runs. */
const never = { sandbox: { indexLagMs: 3_600_000, hard: { lateLists: true } } };

async function agreed({ call }: World, tool: string, args: Record<string, unknown>): Promise<Answer> {
  const plan = await call(tool, args);
  return plan.confirm ? call(tool, { ...args, confirm: plan.confirm }) : plan;
}

const segmentsNamed = ({ sandbox }: World, text: RegExp): Answer[] =>
  sandbox.store.segments.list(({ segment_text, status }) => text.test(String(segment_text)) && status !== 'DELETED');

describe('where lists are late', () => {
  test.each([1, 5, 40])(
    '%s new markers are confirmed, or named as sent, and a repeat makes none twice',
    async (count) => {
      const made = await world(late);
      const items = Array.from({ length: count }, (_, n) => `0:${String(n + 10)} Late ${n}`);
      const args = { asset: ids.match, items };
      const answer = await agreed(made, 'annotate_asset', args);
      expect(answer).not.toHaveProperty('failed');
      expect(answer.added + (answer.unconfirmed?.length ?? 0)).toBeGreaterThanOrEqual(Math.min(count, 15));
      if (count <= 25) expect(answer.added).toBe(count);
      else expect(answer.notes.join(' ')).toContain("Iconik's list does not show them yet");
      const again = await made.call('annotate_asset', args);
      expect(again).toMatchObject({ already_there: count });
      expect(segmentsNamed(made, /^Late /)).toHaveLength(count);
    },
  );

  test('what was added, changed and deleted a moment ago is read as it is', async () => {
    const made = await world(never);
    const { call } = made;
    const note = { asset_id: ids.match, segment_type: 'COMMENT' };
    const before = (await call('read_notes', { asset: ids.match })).total;
    const { id: kept } = await call('create_segment', { ...note, segment_text: 'Fresh comment' });
    const { id: gone } = await call('create_segment', { ...note, segment_text: 'Wrong comment' });
    const other = await call('create_segment', { ...note, segment_text: 'Raw' });
    await call('partial_update_segment', { asset_id: ids.match, segment_id: other.id, segment_text: 'Edited' });
    await agreed(made, 'partial_update_segment', { asset_id: ids.match, segment_id: gone, status: 'DELETED' });
    const { total, items } = await call('read_notes', { asset: ids.match });
    expect(total).toBe(before + 2);
    expect(items.join('\n')).toContain('Fresh comment');
    expect(items.join('\n')).toContain('Edited');
    expect(items.join('\n')).not.toMatch(/Wrong comment|Raw/);
    // The one that somebody else deletes does not come back.
    made.sandbox.store.segments.remove(kept);
    expect((await call('read_notes', { asset: ids.match })).total).toBe(before + 1);
  });

  test('a comment that was ticked off is ticked off', async () => {
    const made = await world(never);
    const { items } = await made.call('read_notes', { asset: ids.interview });
    const number = /^(\d+)/.exec(items.find((line: string) => !line.includes('done')))?.[1];
    const ticked = await made.call('annotate_asset', { asset: ids.interview, tick: [number] });
    expect(ticked).toMatchObject({ ticked: 1 });
    expect(await made.call('annotate_asset', { asset: ids.interview, tick: [number] })).toMatchObject({
      already_there: 1,
    });
  });

  test('a reply is found at once, and answered once', async () => {
    const made = await world(never);
    const reply = { asset: ids.interview, reply_to: '1', text: 'Seen, thank you' };
    expect(await made.call('annotate_asset', reply)).toMatchObject({ added: 1 });
    expect(await made.call('annotate_asset', reply)).toMatchObject({ added: 0, already_there: 1 });
    expect(segmentsNamed(made, /^Seen, thank you$/)).toHaveLength(1);
  });

  test('assets are collected into a new collection, once', async () => {
    const made = await world(never);
    const args = { assets: [ids.match, ids.drone], into: 'Late collection', create_collection: true };
    expect(await agreed(made, 'collect_assets', args)).toMatchObject({ added: 2 });
    const again = await agreed(made, 'collect_assets', args);
    expect(again).toMatchObject({ added: 0, already_there: 2 });
    expect(made.sandbox.store.collections.list(({ title }) => title === 'Late collection')).toHaveLength(1);
  });

  test('sub-clips are made once, in a collection', async () => {
    const made = await world(never);
    const args = {
      asset: ids.match,
      ranges: ['1:00-1:10', '2:00-2:10'],
      names: ['Late {n}'],
      collection: 'Late clips',
      create_collection: true,
    };
    expect(await agreed(made, 'make_subclips', args)).toMatchObject({ made: 2 });
    const again = await agreed(made, 'make_subclips', args);
    expect(again).toMatchObject({ made: 0, already_there: 2 });
    expect(made.sandbox.store.assets.list(({ title }) => /^Late \d/.test(String(title)))).toHaveLength(2);
  });

  test('a log sheet is written once', async () => {
    const made = await world(never);
    const title = 'Matchday 12, Harbour City v Northgate, full match';
    const csv = `File name,In,Out,Note\n"${title}",00:10:00,00:10:05,Late corner\n"${title}",00:11:00,00:11:05,Late throw`;
    await agreed(made, 'import_log', { csv });
    await agreed(made, 'import_log', { csv });
    expect(segmentsNamed(made, /^Late (corner|throw)/)).toHaveLength(2);
  });

  test('values are read back by id', async () => {
    const made = await world(never);
    const args = { assets: [ids.match, ids.drone], values: { Keywords: ['late'] } };
    expect(await agreed(made, 'set_metadata', args)).toMatchObject({ changed: 2 });
    expect((await made.call('set_metadata', args)).summary ?? '').toMatch(/^$|Nothing to do/);
  });

  test('a job is waited for by its id', async () => {
    const made = await world(never);
    const job = made.sandbox.store.jobs.insert({
      ...made.sandbox.store.jobs.list()[0],
      id: made.sandbox.store.newId(),
      title: 'Late job',
      status: 'FINISHED',
    });
    expect(await made.call('check_jobs', { wait_for: [job.id] })).toMatchObject({ total: 1, done: 1 });
  });
});
