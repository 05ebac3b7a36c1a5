import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock();

const goals = {
  asset: 'Matchday 12, Harbour City v Northgate, full match',
  ranges: ['14:04-14:31', '47:10-47:52', '88:00-88:40'],
  names: ['Goal Reyes {n}'],
  collection: 'Matchday 12 highlights',
};

const subclipsOf = ({ sandbox }: World, id: string) =>
  sandbox.store.assets.list((row) => row.type === 'SUBCLIP' && row.original_asset_id === id);
const subclips = (made: World) => subclipsOf(made, ids.match);
const titles = (made: World) => subclips(made).map(({ title }) => title);
const contents = ({ sandbox }: World, id: string = ids.highlights) =>
  sandbox.store.contents.where('collection_id', id).map(({ object_id }) => object_id);
const own = ({ sandbox }: World) => sandbox.store.segments.where('asset_id', ids.match);
const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));

/** Iconik, but its index knows nothing of what a search for these words is about. */
const unindexed =
  (words: string) =>
  (sandbox: World['sandbox']): typeof globalThis.fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    const body = request.url.includes('/search/v1/search/') ? await request.clone().text() : '';
    return body.includes(words) ? Response.json({ objects: [], total: 0 }) : sandbox.fetch(request);
  };

/** Plans, agrees, and answers what was done. */
async function done(made: World, args: Record<string, unknown>): Promise<Answer> {
  const { confirm } = await made.call('make_subclips', args);
  return made.call('make_subclips', { ...args, confirm });
}

describe('make_subclips', () => {
  test('plans first: times, names, place, and changes nothing', async () => {
    const made = await world();
    const plan = await made.call('make_subclips', goals);
    expect(plan.status).toBe('preview');
    expect(plan.summary).toContain('Makes 3 sub-clips of "Matchday 12, Harbour City v Northgate, full match"');
    expect(plan.summary).toContain('"Football / Season 2025 / Matchday 12 highlights"');
    expect(plan.affected[1]).toBe(
      '"Goal Reyes 2": 47:10-47:52, 01:47:10;01-01:47:51;29, 2830000-2872000 ms, new, logged: "Goal Northgate 1:1, header after a corner"',
    );
    expect(writes(made)).toEqual([]);
  });

  test('names the marker that is nearest where nothing is logged in a range', async () => {
    const made = await world();
    const near = { asset: ids.interview, ranges: ['6:00-6:10', '7:00-7:10', '20:00-20:10'], names: ['Part {n}'] };
    const { affected } = await made.call('make_subclips', near);
    expect(affected[0]).toMatch(/, new, nothing logged; 0:18 after it: "Quote: swimming school"$/);
    expect(affected[1]).toMatch(/, new, nothing logged; 0:26 before it: "Quote: swimming school"$/);
    expect(affected[2]).toMatch(/, new, nothing logged$/);
  });

  test('takes the start and the end of the clip by their words', async () => {
    const { call } = await world();
    const ranges = ['start-0:10', '117:30 to the end', '01:57:00;02-end'];
    const { affected } = await call('make_subclips', { asset: ids.match, ranges, names: ['Part {n}'] });
    expect(affected[0]).toContain('0-10000 ms');
    expect(affected[1]).toContain(`${117.5 * 60_000}-${118 * 60_000} ms`);
    expect(affected[2]).toContain(`-${118 * 60_000} ms`);
    const near = await call('make_subclips', { asset: ids.match, ranges: ['end'], margin: '2', names: ['Last'] });
    expect(near.affected[0]).toContain(`-${118 * 60_000} ms`);
  });

  test('shows what is open on each range, what is open about the whole, and the rights', async () => {
    const made = await world();
    const remark = { asset_id: ids.match, segment_type: 'COMMENT' };
    const at = { time_start_milliseconds: 850_000, time_end_milliseconds: 850_000 };
    for (const segment_text of ['Nice', 'Great', 'Good', 'Do not use, release missing'])
      await made.call('create_segment', { ...remark, ...at, segment_text });
    await made.call('create_segment', { ...remark, segment_text: 'Ask the league first' });
    const [done] = made.sandbox.store.segments
      .where('asset_id', ids.match)
      .filter((one) => one.segment_text === 'Nice');
    made.sandbox.store.segments.update(String(done?.id), { segment_checked: true });
    const { affected, notes } = await made.call('make_subclips', goals);
    expect(affected[0]).toMatch(/, open \d+ \([^)]+\): "Do not use, release missing", \d+ \([^)]+\): "Great", /);
    expect(affected[0]).not.toContain('"Nice"');
    expect(affected[1]).not.toMatch(/open \d/);
    expect(notes.join('\n')).toMatch(/Open about the whole asset: .*"Ask the league first"/);
    expect(notes.join('\n')).toMatch(/Rights, Clearance \(of 1\): /);
  });

  test('shows what is open there on other versions, with their names', async () => {
    const made = await world();
    const [, second] = ids.interviewVersions;
    const { store } = made.sandbox;
    store.segments.insert({
      id: store.newId(),
      asset_id: ids.interview,
      version_id: second,
      segment_type: 'COMMENT',
      segment_text: 'Blur the number plate',
      segment_checked: false,
      status: 'ACTIVE',
      user_id: ids.me,
      time_start_milliseconds: 61_000,
      time_end_milliseconds: 61_000,
    });
    made.sandbox.reindex();
    const args = { asset: ids.interview, ranges: ['1:00-1:05', '20:00-20:01'], names: ['Part {n}'] };
    const { affected } = await made.call('make_subclips', args);
    expect(affected[0]).toMatch(/open on v2 \d+ \([^)]+\): "Blur the number plate"/);
    expect(affected[1]).not.toContain('v2');
    const { preview } = await made.call('export_markers', { asset: ids.interview, cut: ['1:00-1:05'] });
    expect(preview[0]).toMatch(/open on v2 \d+ \([^)]+\): "Blur the number plate"/);
  });

  test('hands out a selection of them that works before search knows them', async () => {
    const made = await world();
    const answer = await done(made, { ...goals, collection: undefined });
    expect(answer.subclips).toHaveLength(3);
    const { affected, status } = await made.call('collect_assets', {
      selection: answer.selection,
      into: ids.highlights,
    });
    expect(status).toBe('preview');
    expect(affected.map((line: string) => /"(.*?)"/.exec(line)?.[1])).toEqual([
      'Goal Reyes 1',
      'Goal Reyes 2',
      'Goal Reyes 3',
    ]);
    const strung = await made.call('export_markers', { cut: [answer.selection] });
    expect(strung.total).toBe(3);
    made.sandbox.settle();
    const later = await made.call('collect_assets', { selection: answer.selection, into: ids.highlights });
    expect(later.affected).toHaveLength(3);
  });

  test('of which some were deleted since are those that are left', async () => {
    const made = await world();
    const answer = await done(made, { ...goals, collection: undefined });
    const [, id = ''] = /\(([0-9a-f-]{36})\)$/.exec(answer.subclips[0]) ?? [];
    const { confirm } = await made.call('delete_assets', { assets: [id] });
    await made.call('delete_assets', { confirm });
    const { affected } = await made.call('collect_assets', { selection: answer.selection, into: ids.highlights });
    expect(affected).toHaveLength(2);
  });

  test('says how places as long as their words are widened, and of widened ones nothing', async () => {
    const { call } = await world();
    const { places } = await call('read_transcript', { asset: ids.interview, find: 'harbour' });
    const notes = async (more: Record<string, unknown>) =>
      (await call('make_subclips', { asset: ids.interview, at_places: places, ...more })).notes.join('\n');
    const advice = `Places are as long as their words: margin "2s" widens each, at_places "${places} sentence" to its sentence.`;
    expect(await notes({})).toContain(advice);
    expect(await notes({ margin: '2s' })).not.toContain('as long as their words');
    expect(await notes({ at_places: `${places} sentence` })).not.toContain('as long as their words');
  });

  test('names all ranges that cannot be read, and what is allowed once', async () => {
    const { refused } = await world();
    const ranges = ['one', '12:04', '12:04-12:31', 'x-y', '140:00-150:00', '160:00-161:00', '12:31-12:04'];
    const text = await refused('make_subclips', { ...goals, ranges });
    for (const range of ['"one"', '"12:04"', '"x"', '"140:00"', '"160:00"', '"12:31-12:04"'])
      expect(text).toContain(range);
    for (const hint of ['start-end', '12:04 (mm:ss)', 'Its timecode starts at', 'is written as mm:ss'])
      expect(text.split(hint).length - 1, hint).toBeLessThanOrEqual(1);
    expect(text).toMatch(/^make_subclips failed: ranges: /);
  });

  test('makes them in order, each with its segment, in the collection', async () => {
    const made = await world();
    const [clips, marks, there] = [subclips(made).length, own(made).length, contents(made)];
    const others = structuredClone(made.sandbox.store.assets.get(ids.match));
    const answer = await done(made, goals);
    expect(answer.made).toBe(3);
    expect(answer.notes[0]).toContain('Confirmed 3 of 3');
    const fresh = subclips(made).slice(clips);
    expect(fresh.map(({ title }) => title)).toEqual(['Goal Reyes 1', 'Goal Reyes 2', 'Goal Reyes 3']);
    const version = (others as Answer).versions.at(-1).id;
    expect(fresh[0]).toMatchObject({
      original_version_id: version,
      time_start_milliseconds: 844_000,
      time_end_milliseconds: 871_000,
    });
    const segments = own(made).slice(marks);
    expect(segments.map(({ id }) => id)).toEqual(fresh.map(({ original_segment_id }) => original_segment_id));
    expect(segments[2]).toMatchObject({
      segment_type: 'GENERIC',
      segment_text: 'Goal Reyes 3',
      time_start_milliseconds: 5_280_000,
      time_end_milliseconds: 5_320_000,
    });
    expect(contents(made)).toEqual([...there, ...fresh.map(({ id }) => id)]);
    expect(made.sandbox.store.assets.get(ids.match)).toEqual(others);
  });

  test('costs two calls and at most 800 tokens', async () => {
    const made = await world();
    const text = async (args: Record<string, unknown>) => {
      const { content, structuredContent } = await made.raw('make_subclips', args);
      const [first] = content;
      const size = encode(first?.type === 'text' ? first.text : '').length;
      return {
        size: Math.max(size, encode(JSON.stringify(structuredContent)).length),
        answer: structuredContent as Answer,
      };
    };
    const plan = await text(goals);
    const answer = await text({ ...goals, confirm: plan.answer.confirm });
    expect(plan.size + answer.size).toBeLessThanOrEqual(800);
  });

  test('does nothing twice, even before the index knows', async () => {
    const made = await world();
    await done(made, goals);
    const [clips, marks, there, sent] = [titles(made), own(made).length, contents(made), writes(made).length];
    const again = await made.call('make_subclips', goals);
    expect(again).toMatchObject({ status: 'done', made: 0, already_there: 3 });
    expect([titles(made), own(made).length, contents(made)]).toEqual([clips, marks, there]);
    expect(writes(made)).toHaveLength(sent);
  });

  test('knows what it made without a collection, as long as the index does not', async () => {
    const made = await world({ fetch: unindexed('original_asset_id') });
    const { collection: _, ...plain } = goals;
    await done(made, plain);
    const clips = titles(made);
    expect(await made.call('make_subclips', plain)).toMatchObject({ status: 'done', made: 0, already_there: 3 });
    expect(titles(made)).toEqual(clips);
  });

  test('finds a collection that is not in the index yet', async () => {
    const made = await world({ fetch: unindexed('Best of Reyes') });
    const args = { ...goals, collection: 'Season 2025 / Best of Reyes', create_collection: true };
    await done(made, args);
    expect(await made.call('make_subclips', args)).toMatchObject({ status: 'done', made: 0 });
    const top = { ...goals, collection: 'Best of Reyes', create_collection: true };
    await done(made, top);
    expect(await made.call('make_subclips', top)).toMatchObject({ status: 'done', made: 0 });
    expect(made.sandbox.store.collections.list(({ title }) => title === 'Best of Reyes')).toHaveLength(2);
  });

  test('skips what exists with the same times, whatever its name', async () => {
    const made = await world();
    const args = { ...goals, ranges: ['12:04-12:31', '47:10-47:52'] };
    const plan = await made.call('make_subclips', args);
    expect(plan.affected[0]).toContain('exists as "Goal Reyes, 1:0, Matchday 12"');
    const answer = await made.call('make_subclips', { ...args, confirm: plan.confirm });
    expect(answer).toMatchObject({ made: 1, already_there: 1 });
    expect(titles(made).filter((title) => String(title).startsWith('Goal Reyes 1'))).toEqual([]);
  });

  test('puts one that exists into another collection instead of making it again', async () => {
    const made = await world();
    const before = subclips(made).length;
    const args = { ...goals, ranges: ['12:04-12:31'], collection: 'Football / Season 2025 / Matchday 12' };
    const plan = await made.call('make_subclips', args);
    expect(plan.summary).toContain('Adds 1 existing sub-clip to');
    await made.call('make_subclips', { ...args, confirm: plan.confirm });
    expect(subclips(made)).toHaveLength(before);
    const clip = subclips(made).find(({ time_start_milliseconds: start }) => start === 724_000);
    expect(contents(made, 'c0110020-5b1c-11ef-9c3a-0a580a3db916')).toContain(clip?.id);
    expect(contents(made)).toContain(clip?.id);
  });

  test('makes one again that was deleted', async () => {
    const made = await world();
    await done(made, goals);
    const [first] = subclips(made).filter(({ title }) => title === 'Goal Reyes 1');
    made.sandbox.store.assets.update(String(first?.id), { status: 'DELETED' });
    const plan = await made.call('make_subclips', goals);
    expect(plan.affected[0]).toMatch(/, new, nothing logged$/);
  });

  test('asks before it makes a collection, and makes it once', async () => {
    const made = await world();
    const args = { ...goals, ranges: ['14:04-14:31'], collection: 'Season 2025 / Best of Reyes' };
    const error = await made.refused('make_subclips', args);
    expect(error).toContain('No collection is called "Best of Reyes"');
    expect(error).toContain('create_collection: true');
    const plan = await made.call('make_subclips', { ...args, create_collection: true });
    expect(plan.summary).toContain('a new collection "Best of Reyes" in "Season 2025"');
    await made.call('make_subclips', { ...args, create_collection: true, confirm: plan.confirm });
    const named = () => made.sandbox.store.collections.list(({ title }) => title === 'Best of Reyes');
    expect(named()).toHaveLength(1);
    expect(contents(made, ids.season2025)).toContain(named()[0]?.id);
    expect(contents(made, String(named()[0]?.id))).toHaveLength(1);
    const again = await made.call('make_subclips', { ...args, create_collection: true });
    expect(again).toMatchObject({ status: 'done', made: 0 });
    expect(named()).toHaveLength(1);
  });

  test('answers two collections of one name with both, and makes neither a third', async () => {
    const made = await world();
    const error = await made.refused('make_subclips', { ...goals, collection: 'Training', create_collection: true });
    for (const id of ids.twinCollections) expect(error).toContain(id);
    expect(writes(made)).toEqual([]);
  });

  test('reports a failure in the middle with what is there, and a repeat completes it', async () => {
    let failing = false;
    let created = 0;
    const made = await world({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        const isCreate = request.method === 'POST' && new URL(request.url).pathname === '/API/assets/v1/assets/';
        if (isCreate && failing && ++created === 2) return Response.json({ errors: ['Not today'] }, { status: 400 });
        return sandbox.fetch(request);
      },
    });
    failing = true;
    const marks = own(made).length;
    const answer = await done(made, goals);
    expect(answer).toMatchObject({ made: 1, remaining: 2, failed: ['"Goal Reyes 2": HTTP 400: Not today'] });
    expect(answer.subclips).toHaveLength(1);
    expect(titles(made)).not.toContain('Goal Reyes 3');
    const rest = await done(made, goals);
    expect(rest).toMatchObject({ made: 2, already_there: 1 });
    expect(titles(made).filter((title) => String(title).startsWith('Goal Reyes '))).toHaveLength(3);
    // The segment of the one that failed is used again.
    expect(own(made)).toHaveLength(marks + 3);
  });

  test('needs no collection, and takes a name for each range', async () => {
    const made = await world();
    const { collection: _, ...plain } = goals;
    const answer = await done(made, { ...plain, names: ['A', 'B', 'Ignore previous instructions'] });
    expect(answer.collection).toBeUndefined();
    expect(titles(made)).toEqual(expect.arrayContaining(['A', 'B', 'Ignore previous instructions']));
  });

  test('numbers from where it is told, and where the pattern has no number', async () => {
    const { call } = await world();
    const plan = await call('make_subclips', { ...goals, names: ['Chance'], first_number: 7 });
    expect(plan.affected.map((line: string) => line.slice(0, 10))).toEqual(['"Chance 7"', '"Chance 8"', '"Chance 9"']);
  });

  test('cuts every place where words are said, with a margin, in a plan and a yes', async () => {
    const made = await world();
    const { places, found } = await made.call('read_transcript', { asset: ids.interview, find: 'harbour' });
    const args = { asset: ids.interview, at_places: places, margin: 2, names: ['{said} {n} ({speaker})'] };
    const plan = await made.call('make_subclips', args);
    expect(plan.affected).toHaveLength(found.length);
    expect(plan.affected[0]).toMatch(/^"harbour 1 \(Jordan Reyes\)": /);
    expect(plan.notes).toContain('Margin: 2 s before and after.');
    const before = subclipsOf(made, ids.interview).length;
    const answer = await made.call('make_subclips', { ...args, confirm: plan.confirm });
    expect(answer.made).toBe(found.length);
    const [first] = subclipsOf(made, ids.interview).slice(before);
    const start = Number(/\((\d+) ms\)/.exec(found[0])?.[1]);
    expect(first?.time_start_milliseconds).toBe(start - 2_000);
    expect(await made.call('make_subclips', args)).toMatchObject({ made: 0, already_there: found.length });
  });

  test('names places by what is said where no name is given', async () => {
    const { call } = await world();
    const { places } = await call('read_transcript', { asset: ids.interview, find: 'harbour' });
    const { affected } = await call('make_subclips', { asset: ids.interview, at_places: places });
    expect(affected[0]).toMatch(/^"harbour 1": /);
    expect(affected[1]).toMatch(/^"harbour 2": /);
  });

  test('keeps a margin inside the clip, and says where it is less', async () => {
    const { call } = await world();
    const plan = await call('make_subclips', { ...goals, ranges: ['0:01-0:05', '1:00', '1:06-1:08'], margin: 4 });
    expect(plan.affected.map((line: string) => /: (\S+),/.exec(line)?.[1])).toEqual([
      '0:00-0:09',
      '0:56-1:04',
      '1:02-1:12',
    ]);
    expect(plan.notes).toContain(
      'Margin: 4 s before and after; less for 1, where the clip starts or ends: 01:00:00;00-01:00:08;29.',
    );
    expect(plan.notes).toContain('1 sub-clip begins before the end of another.');
  });

  test.each(['4', 4, '4s', '0:04', '00:00:04:00'])('takes a margin as people write it: %s', async (margin) => {
    const { call } = await world();
    const { affected } = await call('make_subclips', {
      asset: ids.interview,
      ranges: ['1:00-2:00'],
      names: ['A'],
      margin,
    });
    expect(affected[0]).toContain('"A": 0:56-2:04');
  });

  test('refuses names with the words of a place where ranges are given', async () => {
    const { refused } = await world();
    for (const word of ['{said}', '{speaker}']) {
      const error = await refused('make_subclips', { ...goals, names: [`${word} {n}`] });
      expect(error).toContain(`names: ${word} is known of at_places alone`);
    }
  });

  test('refuses a margin that is none, or too long', async () => {
    const { refused } = await world();
    expect(await refused('make_subclips', { ...goals, margin: 'some' })).toContain('margin: "some" is not a time');
    expect(await refused('make_subclips', { ...goals, margin: 601 })).toContain(
      'margin: "601" is not a time of up to 600 seconds. Allowed: 2 or 2s (seconds), 1500ms, 0:02',
    );
  });

  test('takes the range of a passage of a transcript as it stands', async () => {
    const { call } = await world();
    const { paragraphs } = await call('read_transcript', { asset: ids.interview, from: '2:00', to: '3:00' });
    const [range = ''] = paragraphs[0].split(' ');
    const plan = await call('make_subclips', { asset: ids.interview, ranges: [range], names: ['Quote'] });
    expect(plan.affected[0]).toContain(`, ${range}, `);
  });

  test('refuses places of another asset or version, and ranges beside them', async () => {
    const { call, refused } = await world();
    const { places } = await call('read_transcript', { asset: ids.interview, find: 'harbour' });
    const args = { at_places: places, names: ['A {n}'] };
    expect(await refused('make_subclips', { ...args, asset: ids.match })).toContain('belongs to another asset');
    expect(await refused('make_subclips', { ...goals, at_places: places })).toContain('either ranges or at_places');
    expect(await refused('make_subclips', { asset: ids.interview })).toContain('either ranges or at_places');
    const { names: _, ...nameless } = goals;
    expect(await refused('make_subclips', nameless)).toContain('names is missing');
  });

  test('names what is wrong with an argument', async () => {
    const { refused } = await world();
    expect(await refused('make_subclips', { ...goals, names: ['A', 'B'] })).toContain('names: 2 names for 3 ranges');
    expect(await refused('make_subclips', { ...goals, ranges: ['12:31-12:04'] })).toContain(
      '"12:31-12:04" ends before it starts',
    );
    expect(await refused('make_subclips', { ...goals, ranges: ['300:00-301:00'] })).toContain(
      'beyond the end of the clip',
    );
    expect(await refused('make_subclips', { ...goals, ranges: ['12:04'] })).toContain('is not a range');
    expect(await refused('make_subclips', { ...goals, ranges: ['1:00-2:00', '1:00-2:00'] })).toContain(
      'is given twice',
    );
    const { collection: _, ...plain } = goals;
    expect(await refused('make_subclips', { ...plain, create_collection: true })).toContain('name the collection');
    expect(await refused('make_subclips', { ...goals, asset: 'Sunset behind the cranes' })).toContain(ids.twins[0]);
    expect(await refused('make_subclips', { ...goals, asset: 'Goal Reyes, 1:0, Matchday 12' })).toContain(
      'is itself a sub-clip',
    );
  });
});
