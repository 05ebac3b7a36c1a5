import { describe, expect, test } from 'vitest';
import { ids, rowNow, UNKNOWN, unstamped, watched, world } from '../support/traffic.ts';

const asset = { asset_id: ids.interview };
const comment = { ...asset, segment_id: ids.comment };

describe('create_segment', () => {
  test('adds a comment at a time range, with what was given and nothing else', async () => {
    const { call, sandbox, last } = await watched();
    const given = {
      segment_type: 'COMMENT',
      segment_text: 'Sound drops here.',
      time_start_milliseconds: 90_000,
      time_end_milliseconds: 92_500,
    };
    const { id } = await call('create_segment', { ...asset, ...given });
    expect(last()).toMatchObject({ query: {}, body: given });
    expect(Object.keys(last().body).sort()).toEqual(Object.keys(given).sort());
    expect(sandbox.store.segments.get(id)).toMatchObject({
      ...given,
      asset_id: ids.interview,
      version_id: ids.interviewVersions[2],
      user_id: ids.me,
    });
  });

  test('sends what is zero or false, and takes an empty text for not given', async () => {
    const { call, last } = await watched();
    const given = { segment_type: 'MARKER', time_start_milliseconds: 0, segment_checked: false };
    await call('create_segment', { ...asset, ...given, segment_text: '' });
    expect(last().body).toEqual(given);
  });

  test('answers a comment as a reply', async () => {
    const { call } = await world();
    const reply = { ...asset, segment_type: 'COMMENT', segment_text: 'Done.', parent_id: ids.comment };
    expect(await call('create_segment', reply)).toMatchObject({ parent_id: ids.comment, top_level: false });
  });

  test('takes a drawing and a transcript line', async () => {
    const { call, sandbox } = await world();
    const drawing = { primitives: [{ type: 'ARROW', color: '#f00', points: [{ x: 1, y: 2 }] }] };
    const drawn = await call('create_segment', { ...asset, segment_type: 'COMMENT', drawing });
    expect(drawn).toMatchObject({ has_drawing: true, drawing });
    const transcription = { words: [{ start_ms: 0, end_ms: 400, value: 'Hello' }], speaker: 1 };
    const spoken = await call('create_segment', { ...asset, segment_type: 'TRANSCRIPTION', transcription });
    expect(sandbox.store.segments.get(spoken.id)?.transcription).toEqual(transcription);
  });

  test.each([
    [{}, 'segment_type is missing'],
    [{ segment_type: 'interview' }, 'Allowed: MARKER'],
    [{ segment_type: 'COMENT' }, 'Nearest: COMMENT'],
    [{ segment_type: 'COMMENT', time_start_milliseconds: -1 }, 'time_start_milliseconds'],
    [{ segment_type: 'COMMENT', drawing: { primitives: [{ type: 'STAR' }] } }, 'drawing.primitives.0.type'],
    [{ segment_type: 'TRANSCRIPTION', transcription: { words: [] } }, 'transcription.words'],
    [{ segment_type: 'COMMENT', text: 'Nice' }, 'Unknown argument "text"'],
    [{ segment_type: 'COMMENT', has_drawing: true }, 'Unknown argument "has_drawing"'],
  ])('refuses %j and sends nothing', async (args, expected) => {
    const { refused, requests } = await world();
    expect(await refused('create_segment', { ...asset, ...args })).toContain(expected);
    expect(requests).toEqual([]);
  });

  test('passes on which field Iconik refuses', async () => {
    const { refused } = await world();
    const text = await refused('create_segment', { ...asset, segment_type: 'MARKER', version_id: UNKNOWN });
    expect(text).toMatch(/400.*version_id: Not a version of this asset/);
  });
});

describe('partial_update_segment', () => {
  test('ticks a guest’s comment off and leaves the rest', async () => {
    const { call, sandbox, last } = await watched();
    const before = unstamped(sandbox.store.segments.get(ids.comment));
    const answer = await call('partial_update_segment', { ...comment, segment_checked: true });
    expect(last()).toMatchObject({ query: {}, body: { segment_checked: true } });
    expect(Object.keys(last().body)).toEqual(['segment_checked']);
    expect(unstamped(sandbox.store.segments.get(ids.comment))).toEqual({ ...before, segment_checked: true });
    expect(answer).toMatchObject({ segment_text: before.segment_text, share_user_email: 'anna@client.example' });
  });

  test('sends null for the fields to clear, and `clear` itself not', async () => {
    const { call, sandbox, last } = await watched();
    const segment_id = ids.marker;
    const cleared = ['time_end_milliseconds', 'segment_track'];
    const answer = await call('partial_update_segment', { asset_id: ids.match, segment_id, clear: cleared });
    expect(last().body).toEqual({ time_end_milliseconds: null, segment_track: null });
    expect(sandbox.store.segments.get(segment_id)).toMatchObject({ time_end_milliseconds: null, segment_track: null });
    expect(answer).not.toHaveProperty('segment_track');
    expect(answer.segment_text).toBe('Goal Reyes 1:0, left foot');
  });

  test('does not clear what can not be empty', async () => {
    const { refused, requests } = await world();
    expect(await refused('partial_update_segment', { ...comment, clear: ['segment_type'] })).toContain('clear.0');
    expect(requests).toEqual([]);
  });

  test('puts the switch for keyframes into the query', async () => {
    const { call, last } = await watched();
    await call('partial_update_segment', { ...comment, segment_color: 'red', generate_subclip_keyframes: false });
    expect(last()).toMatchObject({ query: { generate_subclip_keyframes: 'false' } });
    expect(last().body).toEqual({ segment_color: 'red' });
  });

  test('names the role that is missing, and changes nothing', async () => {
    const { refused, sandbox } = await world();
    const before = rowNow(sandbox.store.segments.get(ids.comment));
    sandbox.deny('can_write_segments');
    const text = await refused('partial_update_segment', { ...comment, segment_checked: true });
    expect(text).toMatch(/partial_update_segment failed.*403.*lacks a role \(this needs can_write_segments\)/);
    expect(sandbox.store.segments.get(ids.comment)).toEqual(before);
  });

  test('says that a segment does not exist, or is not of this asset', async () => {
    const { refused } = await world();
    for (const [asset_id, segment_id] of [
      [ids.interview, UNKNOWN],
      [ids.match, ids.comment],
    ]) {
      const text = await refused('partial_update_segment', { asset_id, segment_id, segment_checked: true });
      expect(text).toMatch(new RegExp(`404.*Segment ${segment_id} does not exist`));
    }
  });
});

describe('update_segment', () => {
  test('writes the segment anew: what is left out is gone', async () => {
    const { call, sandbox, last } = await watched();
    const given = { segment_type: 'MARKER', segment_text: 'Goal', time_start_milliseconds: 724_000 };
    const marker = { asset_id: ids.match, segment_id: ids.marker };
    expect(sandbox.store.segments.get(ids.marker)?.time_end_milliseconds).toBe(751_000);
    const answer = await call('update_segment', { ...marker, ...given });
    expect(last().body).toEqual(given);
    expect(answer).toMatchObject(given);
    expect(sandbox.store.segments.get(ids.marker)).toMatchObject({ ...given, time_end_milliseconds: null });
  });

  test('needs the type, as Iconik does', async () => {
    const { refused, requests } = await world();
    expect(await refused('update_segment', { ...comment, segment_text: 'Later' })).toContain('segment_type is missing');
    expect(requests).toEqual([]);
  });
});

describe('what only users of the company see', () => {
  /** A comment of their own, on the interview. */
  const internalComment = async (made: Awaited<ReturnType<typeof watched>>): Promise<string> => {
    const given = { ...asset, segment_type: 'COMMENT', segment_text: 'Too expensive, keep quiet.', is_internal: true };
    const { id, is_internal } = await made.call('create_segment', given);
    expect(is_internal).toBe(true);
    return id;
  };
  const written = ({ requests }: { readonly requests: readonly string[] }) =>
    requests.filter((one) => !one.startsWith('GET ')).length;

  test.each([
    ['partial_update_segment', { is_internal: false }, false],
    ['partial_update_segment', { clear: ['is_internal'] }, null],
    ['update_segment', { segment_type: 'COMMENT', is_internal: false }, false],
    ['update_segment', { segment_type: 'COMMENT', segment_text: 'Too expensive.' }, null],
  ])('is shown to guests by %s %j only when that is confirmed', async (tool, change, stored) => {
    const made = await watched();
    const args = { ...asset, segment_id: await internalComment(made), ...change };
    const before = written(made);
    const shown = await made.call(tool, args);
    expect(shown).toMatchObject({ status: 'preview', affected: [{ id: args.segment_id, segment_type: 'comment' }] });
    expect(shown.summary).toMatch(/guests of shares see the comment "Too expensive, keep quiet\."/);
    expect(written(made)).toBe(before);
    await made.call(tool, { ...args, confirm: shown.confirm });
    expect(made.sandbox.store.segments.get(args.segment_id)?.is_internal).toBe(stored);
  });

  test.each([
    ['partial_update_segment', { segment_text: 'Costs 400.' }],
    ['partial_update_segment', { is_internal: true }],
    ['update_segment', { segment_type: 'COMMENT', segment_text: 'Costs 400.', is_internal: true }],
  ])('stays theirs with %s %j, which asks for nothing', async (tool, change) => {
    const made = await watched();
    const segment_id = await internalComment(made);
    expect(await made.call(tool, { ...asset, segment_id, ...change })).toMatchObject({ id: segment_id });
    expect(made.sandbox.store.segments.get(segment_id)?.is_internal).toBe(true);
  });

  test('is not asked about where guests see it already', async () => {
    const { call } = await world();
    expect(await call('partial_update_segment', { ...comment, is_internal: false })).toMatchObject({ id: ids.comment });
  });

  test.each([
    ['partial_update_segment', {}],
    ['update_segment', { segment_type: 'MARKER' }],
  ])('an existing segment goes into a share by %s only when that is confirmed', async (tool, change) => {
    const made = await watched();
    const args = { asset_id: ids.match, segment_id: ids.marker, share_id: UNKNOWN, ...change };
    const shown = await made.call(tool, args);
    expect(shown.summary).toContain(`guests of share ${UNKNOWN} see the marker "Goal`);
    expect(written(made)).toBe(0);
    await made.call(tool, { ...args, confirm: shown.confirm });
    expect(made.sandbox.store.segments.get(ids.marker)?.share_id).toBe(UNKNOWN);
    // It is there now: nobody sees more.
    expect(await made.call(tool, args)).toMatchObject({ id: ids.marker, share_id: UNKNOWN });
  });
});
