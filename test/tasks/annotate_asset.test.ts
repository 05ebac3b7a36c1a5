import { describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import {
  agree,
  current,
  grade,
  ids,
  idsOf,
  interview,
  make,
  master,
  others,
  rows,
  second,
  since,
} from './segment_rows.ts';

useJumpingClock();

describe('one item', () => {
  test('goes straight to the frame of a clip that starts at 10:00:00:00', async () => {
    const { call, sandbox } = await make();
    const before = idsOf(sandbox, interview);
    const elsewhere = others(sandbox, interview);
    const answer = await call('annotate_asset', {
      asset: interview,
      items: ['10:12:04:05 Quote'],
      color: 'green',
      track: 'Quotes',
    });
    expect(answer).toMatchObject({
      status: 'done',
      added: 1,
      items: [expect.stringMatching(/^added m\d+ 10:12:04:05 "Quote"$/)],
    });
    expect(since(sandbox, interview, before)).toEqual([['MARKER', 724_200, 724_200, 'Quote']]);
    const made = rows(sandbox, interview).find(({ id }) => !before.has(id));
    expect(made).toMatchObject({ version_id: current, segment_color: 'green', segment_track: 'Quotes' });
    expect(others(sandbox, interview)).toBe(elsewhere);
  });

  test('is written once, however often it is asked for', async () => {
    const { call, sandbox, requests } = await make();
    const args = { asset: interview, items: ['12:04 Quote'] };
    await call('annotate_asset', args);
    const before = idsOf(sandbox, interview);
    const sent = requests.length;
    // The same frame, written as timecode.
    const again = await call('annotate_asset', { asset: interview, items: ['10:12:04:00 Quote'] });
    expect(again).toMatchObject({ status: 'done', added: 0, already_there: 1 });
    expect(since(sandbox, interview, before)).toEqual([]);
    expect(requests.slice(sent).filter((one) => /segments/.test(one) && !one.startsWith('GET'))).toEqual([]);
  });

  test('within a frame of one that is there is that one, and further off another', async () => {
    const { call } = await make();
    const added = async (item: string) => (await call('annotate_asset', { asset: grade, items: [item] })).added;
    expect(await added('01:01:00;02 Cut')).toBe(1);
    expect(await added('60061ms Cut')).toBe(0);
    expect(await added('60100ms Cut')).toBe(1);
  });

  test('is another one with another text, kind or time', async () => {
    const { call, sandbox } = await make();
    const before = idsOf(sandbox, interview);
    for (const [kind, item] of [
      ['MARKER', '12:04 Quote'],
      ['TAG', '12:04 Quote'],
      ['MARKER', '12:04 Other'],
      ['MARKER', '12:05 Quote'],
    ])
      await call('annotate_asset', { asset: interview, kind, items: [item] });
    expect(since(sandbox, interview, before)).toHaveLength(4);
  });

  test('may be about the whole asset as a comment, and not as a marker', async () => {
    const { call, refused, sandbox } = await make();
    const before = idsOf(sandbox, master);
    await call('annotate_asset', { asset: master, kind: 'COMMENT', items: ['Fine as a whole'] });
    expect(since(sandbox, master, before)).toEqual([['COMMENT', null, null, 'Fine as a whole']]);
    expect(await refused('annotate_asset', { asset: master, items: ['Fine as a whole'] })).toContain(
      '"Fine as a whole" does not begin with a time or a range, and a MARKER has one. For the whole asset use kind COMMENT, TAG or GENERIC',
    );
  });

  test.each([
    ['end The date is wrong', 'The date is wrong'],
    ['end: the date is wrong', 'the date is wrong'],
    ['At the end, the date is wrong', 'the date is wrong'],
    ['at the very end the date is wrong', 'the date is wrong'],
    ['start - the logo is late', 'the logo is late'],
    ['at the beginning the logo is late', 'the logo is late'],
  ])('takes a word for the first or the last frame: %s', async (item, words) => {
    const { call, sandbox } = await make();
    const before = idsOf(sandbox, ids.match);
    const answer = await call('annotate_asset', { asset: ids.match, items: [item], kind: 'COMMENT' });
    const length = 118 * 60_000;
    const [[, start, end, text] = []] = since(sandbox, ids.match, before);
    expect(text).toBe(words);
    expect(end).toBe(start);
    if (/end/i.test(item)) {
      expect(Number(start)).toBeLessThan(length);
      expect(Number(start)).toBeGreaterThan(length - 100);
      expect(answer.notes.join()).toContain('→ the last frame, ');
    } else expect(start).toBe(0);
  });

  test('takes the end as the end of a range, and in pasted lines', async () => {
    const { call, sandbox } = await make();
    const before = idsOf(sandbox, ids.match);
    const length = 118 * 60_000;
    const plan = await call('annotate_asset', {
      asset: ids.match,
      items: ['12:04-end Second part', '0:10 Kick-off\nend: Whistle'],
    });
    await call('annotate_asset', { confirm: plan.confirm });
    const made = since(sandbox, ids.match, before);
    expect(made.map(([, , , text]: unknown[]) => text).sort()).toEqual(['Kick-off', 'Second part', 'Whistle']);
    const [range = []] = made.filter(([, , , text]: unknown[]) => text === 'Second part');
    expect(Math.abs(Number(range[2]) - length)).toBeLessThanOrEqual(1);
  });

  test.each([
    ['end final whistle', 'final whistle'],
    ['the end: fade too slow', 'fade too slow'],
    ['last frame logo stays', 'logo stays'],
  ])('takes a word for a time where the note has to have one, and shows the plan: %s', async (item, words) => {
    const { call, sandbox } = await make();
    const before = idsOf(sandbox, ids.match);
    const plan = await call('annotate_asset', { asset: ids.match, items: [item] });
    expect(plan.status).toBe('preview');
    expect(plan.notes.join()).toContain('→ the last frame, 02:57:59;28');
    await call('annotate_asset', { confirm: plan.confirm });
    const [[, start, end, text] = []] = since(sandbox, ids.match, before);
    expect([text, end]).toEqual([words, start]);
    expect(Number(start)).toBeLessThan(118 * 60_000);
  });

  test('does not take the first word of a text for a time, and says what the last frame is', async () => {
    const { refused } = await make();
    const text = await refused('annotate_asset', { asset: ids.match, items: ['End credits are too long'] });
    expect(text).toContain('for the last frame end: … (02:57:59;28)');
  });

  test('puts a point at the end onto the last frame, and says so; a range may end there', async () => {
    const made = await make();
    const { call, sandbox } = made;
    const before = idsOf(sandbox, ids.match);
    const plan = await call('annotate_asset', {
      asset: ids.match,
      items: ['1:00 Early', '118:00 Whistle', '117:00-118:00 Last minute', '117:30 to the end Run'],
    });
    expect(plan.notes.join()).toContain('"118:00" is the end of the clip → its last frame, 02:57:59;28');
    await call('annotate_asset', { confirm: plan.confirm });
    const made4 = since(sandbox, ids.match, before);
    const [, , , whistle] = made4;
    expect(made4.map(([, , , text]: unknown[]) => text)).toEqual(['Early', 'Last minute', 'Run', 'Whistle']);
    expect(Number(whistle?.[1])).toBeLessThan(118 * 60_000);
    expect(made4[1]?.[2]).toBe(118 * 60_000);
    const early = () => rows(sandbox, ids.match).find(({ segment_text }) => segment_text === 'Early');
    await call('annotate_asset', { asset: ids.match, move: [`${early()?.id} end`] });
    expect(early()?.time_start_milliseconds).toBe(whistle?.[1]);
    await call('annotate_asset', { asset: ids.match, move: [`${early()?.id} 117:00-end`] });
    expect([early()?.time_start_milliseconds, early()?.time_end_milliseconds]).toEqual([117 * 60_000, 118 * 60_000]);
  });

  test.each([
    'End credits are too long',
    'start with the drone shot',
    'At the end of the match he limps',
    'right at the end logo too long',
    'from 12:04 to the end music loud',
    'around 12:04 music loud',
    'the end: fade too slow',
    'last frame logo stays',
    'am Ende Logo zu lang',
    'à la fin le logo reste',
  ])('shows a plan first for what may be a time or not: %s', async (item) => {
    const { call, sandbox } = await make();
    const before = idsOf(sandbox, ids.match);
    const plan = await call('annotate_asset', { asset: ids.match, items: [item], kind: 'COMMENT' });
    expect(plan.status).toBe('preview');
    expect(plan.notes.join()).toContain(`"${item}" was read as a text about the whole asset.`);
    expect(since(sandbox, ids.match, before)).toEqual([]);
    await call('annotate_asset', { confirm: plan.confirm });
    expect(since(sandbox, ids.match, before)).toEqual([['COMMENT', null, null, item]]);
  });

  test.each(['117:00 to end of match Great', '117:00 until the close Great', '117:00-end of play Great'])(
    'shows a plan first where a range may end with something in the clip: %s',
    async (item) => {
      const { call, sandbox } = await make();
      const before = idsOf(sandbox, ids.match);
      const plan = await call('annotate_asset', { asset: ids.match, items: [item] });
      expect(plan.status).toBe('preview');
      expect(since(sandbox, ids.match, before)).toEqual([]);
    },
  );

  test('shows a plan first where a time past the end is read as timecode', async () => {
    const { call, sandbox } = await make();
    const before = idsOf(sandbox, ids.match);
    const plan = await call('annotate_asset', { asset: ids.match, items: ['2:30:00 Late'] });
    expect(plan.status).toBe('preview');
    expect(plan.notes.join()).toMatch(
      /"2:30:00" → timecode 02:30:00;00, 1:\S+ from the first frame. Counted from the first frame it would be past the end, 1:58:00/,
    );
    expect(since(sandbox, ids.match, before)).toEqual([]);
    await call('annotate_asset', { confirm: plan.confirm });
    expect(since(sandbox, ids.match, before)).toHaveLength(1);
    // Here nothing else can be meant.
    const clear = await call('annotate_asset', { asset: interview, items: ['10:12:04 Quote'] });
    expect(clear).toMatchObject({ status: 'done', added: 1 });
  });

  test('comes with its number, which can be used at once', async () => {
    const { call, sandbox } = await make();
    const before = idsOf(sandbox, interview);
    const [line] = (await call('annotate_asset', { asset: interview, items: ['12:04 Quote'] })).items;
    const [, number = ''] = /^added (m\d+) /.exec(line) ?? [];
    await call('annotate_asset', { asset: interview, edit: [`${number} Better quote`] });
    expect(since(sandbox, interview, before).map(([, , , text]) => text)).toEqual(['Better quote']);
  });

  test('on another version lands there', async () => {
    const { call, sandbox } = await make();
    const before = idsOf(sandbox, interview);
    await call('annotate_asset', { asset: interview, version: 2, items: ['1:00 Old cut'] });
    expect(rows(sandbox, interview).find(({ id }) => !before.has(id))).toMatchObject({ version_id: second });
  });
});

describe('many items', () => {
  const items = [
    '12:04 Goal Reyes',
    '12:04-12:31 Goal',
    '10:20:10:00 Timecode',
    '[14:00] Brackets',
    '15:00 – dash',
    '16:00: colon',
    '90s seconds',
    '724000ms-725000ms span',
  ];

  test('are shown as a plan first, then written and reported one by one', async () => {
    const made = await make();
    const { sandbox } = made;
    const before = idsOf(sandbox, interview);
    const elsewhere = others(sandbox, interview);
    const plan = await made.call('annotate_asset', { asset: interview, items });
    expect(plan).toMatchObject({ status: 'preview', confirm: expect.any(String) });
    expect(plan.summary).toContain('Adds 8 markers on "Interview Jordan Reyes, Lisbon" (v3, current).');
    expect(plan.affected.slice(0, 3)).toEqual([
      '+ 10:12:04:00 "Goal Reyes"',
      '+ 10:12:04:00-10:12:31:00 "Goal"',
      '+ 10:20:10:00 "Timecode"',
    ]);
    expect(plan.notes[0]).toBe('"12:04" from the first frame → 10:12:04:00');
    expect(since(sandbox, interview, before)).toEqual([]);
    const answer = await made.call('annotate_asset', { asset: interview, items, confirm: plan.confirm });
    expect(answer).toMatchObject({ added: 8, already_there: 0 });
    expect(answer.items).toContainEqual(expect.stringMatching(/^added m\d+ 10:01:30:00 "seconds"$/));
    expect(since(sandbox, interview, before)).toEqual([
      ['MARKER', 90_000, 90_000, 'seconds'],
      ['MARKER', 724_000, 724_000, 'Goal Reyes'],
      ['MARKER', 724_000, 751_000, 'Goal'],
      ['MARKER', 724_000, 725_000, 'span'],
      ['MARKER', 840_000, 840_000, 'Brackets'],
      ['MARKER', 900_000, 900_000, 'dash'],
      ['MARKER', 960_000, 960_000, 'colon'],
      ['MARKER', 1_210_000, 1_210_000, 'Timecode'],
    ]);
    expect(others(sandbox, interview)).toBe(elsewhere);
  });

  test('of which some are there write the rest, and a line given twice is written once', async () => {
    const made = await make();
    await made.call('annotate_asset', { asset: interview, items: ['12:04 A'] });
    const before = idsOf(made.sandbox, interview);
    const { plan, answer } = await agree(made, {
      asset: interview,
      items: ['12:04 A', '13:00 B', '14:00 C', '14:00 C'],
    });
    expect(plan.summary).toContain('Adds 2 markers on');
    expect(plan.summary).toContain('2 already there');
    expect(answer).toMatchObject({ added: 2, already_there: 2 });
    expect(since(made.sandbox, interview, before).map(([, , , text]) => text)).toEqual(['B', 'C']);
  });

  test('count drop-frame timecode', async () => {
    const made = await make();
    const before = idsOf(made.sandbox, grade);
    await agree(made, { asset: grade, items: ['01:10:00;00 ten minutes', '01:01:00;02 a minute', '10:00 elapsed'] });
    expect(since(made.sandbox, grade, before)).toEqual([
      ['MARKER', 60_060, 60_060, 'a minute'],
      ['MARKER', 600_000, 600_000, 'ten minutes'],
      ['MARKER', 600_000, 600_000, 'elapsed'],
    ]);
    expect(await made.refused('annotate_asset', { asset: grade, items: ['01:01:00;00 skipped'] })).toContain(
      'does not exist',
    );
  });

  test('are all refused where one can not be read, with its words and what is allowed', async () => {
    const { refused, sandbox } = await make();
    const before = idsOf(sandbox, interview);
    const text = await refused('annotate_asset', {
      asset: interview,
      items: ['12:04 fine', '3 goals', '12:04-12:3x end', '99:99 seconds', '80:00 late', '13:00', '12:31-12:04 back'],
    });
    expect(text).toContain('"3 goals" does not begin with a time');
    expect(text).toContain('"12:04-12:3x end" does not begin with a time or a range');
    expect(text).toContain('99 seconds is too much');
    expect(text).toContain('"80:00" is beyond the end of the clip');
    expect(text).toContain('"13:00" has no text');
    expect(text).toContain('And 1 more. Nothing was written.');
    expect(since(sandbox, interview, before)).toEqual([]);
  });

  test('beyond what is written singly go as one bulk, and are waited for', async () => {
    const made = await make();
    const before = idsOf(made.sandbox, interview);
    const lines = Array.from({ length: 60 }, (_, n) => `${n * 20}s Note ${n}`);
    const sent = made.requests.length;
    const { plan, answer } = await agree(made, { asset: interview, items: lines });
    expect(plan.notes.at(-1)).toBe('Showing 50 of 60.');
    expect(answer.added).toBe(60);
    expect(answer.items).toHaveLength(15);
    expect(since(made.sandbox, interview, before)).toHaveLength(60);
    const posts = made.requests.slice(sent).filter((one) => one.startsWith('POST') && one.includes('/segments/'));
    expect(posts).toEqual([`POST /API/assets/v1/assets/${interview}/segments/bulk/`]);
    expect(await made.call('annotate_asset', { asset: interview, items: lines })).toMatchObject({
      added: 0,
      already_there: 60,
    });
  });

  test('in a bulk that never comes are told as not seen', async () => {
    const made = await make({
      deadline: 4_000,
      fetch: (sandbox) => (input, init) => {
        const request = new Request(input, init);
        if (request.method !== 'POST' || !request.url.includes('/segments/bulk/')) return sandbox.fetch(request);
        return Promise.resolve(Response.json({ job_id: ids.failedJob, status: 'STARTED' }, { status: 201 }));
      },
    });
    const lines = Array.from({ length: 30 }, (_, n) => `${n}s Note ${n}`);
    const { answer } = await agree(made, { asset: interview, items: lines });
    expect(answer).toMatchObject({ added: 0, already_there: 0 });
    expect(answer.remaining).toBeUndefined();
    expect(answer.unconfirmed).toHaveLength(15);
    expect(answer.notes.join(' ')).toContain('Confirmed 0 of 30');
  });

  test('that the time is too short for are told as left, and skipped when they are asked for again', async () => {
    const slow = { on: true };
    const made = await make({
      deadline: 1_500,
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        if (slow.on && request.method === 'POST' && request.url.endsWith('/segments/')) {
          await new Promise((resolve) => setTimeout(resolve, 600));
        }
        return sandbox.fetch(request);
      },
    });
    const args = { asset: interview, items: Array.from({ length: 24 }, (_, n) => `${n}s Note ${n}`) };
    const before = idsOf(made.sandbox, interview);
    const { answer } = await agree(made, args);
    expect(answer).toMatchObject({ added: 16, remaining: 8 });
    expect(answer.notes.join(' ')).toContain('Ran out of time with 8 remaining');
    slow.on = false;
    expect((await agree(made, args)).answer).toMatchObject({ added: 8, already_there: 16 });
    expect(since(made.sandbox, interview, before)).toHaveLength(24);
  });

  test('of which one fails are reported with the reason; a repeat writes that one alone', async () => {
    let spoil = true;
    const made = await make({
      fetch: (sandbox) => async (input, init) => {
        const request = new Request(input, init);
        const body = request.method === 'POST' ? await request.clone().text() : '';
        if (!spoil || !request.url.endsWith('/segments/') || !body.includes('Bad')) return sandbox.fetch(request);
        return Response.json({ errors: ['No such colour'] }, { status: 400 });
      },
    });
    const args = { asset: interview, items: ['1:00 Good', '2:00 Bad', '3:00 Well'] };
    const { answer } = await agree(made, args);
    expect(answer).toMatchObject({ added: 2, failed: ['10:02:00:00 "Bad": HTTP 400: No such colour'] });
    spoil = false;
    const before = idsOf(made.sandbox, interview);
    expect(await made.call('annotate_asset', args)).toMatchObject({ added: 1, already_there: 2 });
    expect(since(made.sandbox, interview, before)).toEqual([['MARKER', 120_000, 120_000, 'Bad']]);
  });
});

describe('the color', () => {
  test.each([
    ['Green', 'green'],
    [' FUCHSIA ', 'fuchsia'],
    ['#FF8800', '#ff8800'],
    ['orange', 'orange'],
  ])('%j is written as %s', async (color, stored) => {
    const { call, sandbox } = await make();
    const before = idsOf(sandbox, interview);
    await call('annotate_asset', { asset: interview, items: ['12:04 Quote'], color });
    expect(rows(sandbox, interview).find(({ id }) => !before.has(id))?.segment_color).toBe(stored);
  });

  test.each(['grean', 'rgb(0,255,0)', '#ff', 'nonsense', '<b>red</b>'])(
    '%j is refused, with those that are known',
    async (color) => {
      const { refused, requests } = await make();
      const text = await refused('annotate_asset', { asset: interview, items: ['12:04 Quote'], color });
      expect(text).toMatch(/color: "[^"]+" is not known\. Allowed: blue, .*, or #rrggbb\./);
      expect(text.includes('Nearest: green')).toBe(color === 'grean');
      expect(requests).toEqual([]);
    },
  );
});

describe('a text that is too long to be a note', () => {
  const long = 'word '.repeat(2_001);

  test.each([
    ['an item', { items: ['12:04 Fine', `12:05 ${long}`] }],
    ['a reply', { reply_to: '1', text: long }],
    ['the text of places', { items: ['12:04'], text: long }],
  ])('is refused as %s, and nothing is written', async (_, args) => {
    const { refused, sandbox } = await make();
    const before = idsOf(sandbox, interview);
    const text = await refused('annotate_asset', { asset: interview, ...args });
    expect(text).toMatch(/has 100\d\d characters; this server writes at most 10000 per marker or comment/);
    expect(text.length).toBeLessThan(400);
    expect(idsOf(sandbox, interview)).toEqual(before);
  });

  test('is written up to there', async () => {
    const { call } = await make();
    const answer = await call('annotate_asset', { asset: interview, items: [`12:04 ${'x'.repeat(10_000)}`] });
    expect(answer).toMatchObject({ added: 1 });
  });
});

test('an object in place of a line is refused, as a comment on the whole asset, too', async () => {
  const { refused, sandbox } = await make();
  const before = idsOf(sandbox, interview);
  for (const kind of ['COMMENT', 'MARKER']) {
    for (const item of [{ note: 'x' }, { time: '1:00', text: 'x' }, ['1:00', 'x']]) {
      const text = await refused('annotate_asset', { asset: interview, kind, items: [item] });
      expect(text).toContain(JSON.stringify(item));
    }
  }
  expect(since(sandbox, interview, before)).toEqual([]);
});

test.each([
  ['2:20-25 Short end', 'does not begin with a time or a range'],
  ['[2:20–25] Short end', 'does not begin with a time or a range'],
  ['2:20 至 2:25 End', 'does not begin with a time or a range'],
  ['2:20 到2:25 End', 'does not begin with a time or a range'],
  ['2:20 jusqu’à 2:25 End', 'does not begin with a time or a range'],
  ['2:20 до 2:25 End', 'does not begin with a time or a range'],
  ['2:20 Alpha; 3:00 Beta', 'several times'],
  ['2:20 Alpha | 3:00 Beta', 'several times'],
])('a second time is refused and never part of the text: %s', async (item, because) => {
  const { refused, sandbox } = await make();
  const before = idsOf(sandbox, interview);
  expect(await refused('annotate_asset', { asset: interview, items: [item] })).toContain(because);
  expect(since(sandbox, interview, before)).toEqual([]);
});

test.each([
  '2:00 Alpha\\n3:00 Beta',
  '2:00 Alpha<br>3:00 Beta',
  '- 2:00 Alpha\\n- 3:00 Beta',
  '2:00 Alpha\v3:00 Beta',
  '2:00 Alpha\u20283:00 Beta',
])('a line break counts however it is written: %j', async (items) => {
  const made = await make();
  const before = idsOf(made.sandbox, interview);
  await agree(made, { asset: interview, items });
  expect(since(made.sandbox, interview, before)).toEqual([
    ['MARKER', 120_000, 120_000, 'Alpha'],
    ['MARKER', 180_000, 180_000, 'Beta'],
  ]);
});

test('a text keeps its signs for a line break where no time comes after them', async () => {
  const { call, sandbox } = await make();
  const before = idsOf(sandbox, interview);
  await call('annotate_asset', { asset: interview, items: ['2:00 See C:\\new; 2 takes'] });
  expect(since(sandbox, interview, before)).toEqual([['MARKER', 120_000, 120_000, 'See C:\\new; 2 takes']]);
});

test('several items beyond the end are named with what is allowed once', async () => {
  const { refused } = await make();
  const text = await refused('annotate_asset', {
    asset: interview,
    items: ['40:00 A', '41:00 B', 'no time', '42:00 C'],
  });
  for (const time of ['"40:00"', '"41:00"', '"42:00"']) expect(text).toContain(time);
  expect(text.split('Its timecode starts at')).toHaveLength(2);
  expect(text.split('is written as mm:ss')).toHaveLength(2);
});
