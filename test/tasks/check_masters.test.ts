import { describe, expect, test } from 'vitest';
import { type Answer, ids, type World, world } from '../support/world.ts';

type Facts = Record<string, string>;

/** Changes what mediainfo says about the original of an asset; `null` takes a track away. */
function probe({ sandbox }: World, asset: string, changes: Record<string, Facts | null>): void {
  for (const row of sandbox.store.formats.where('asset_id', asset)) {
    const components = (row.components as Answer[])
      .filter(({ type }) => changes[type] !== null)
      .map((one) => ({ ...one, metadata: { ...one.metadata, ...changes[one.type] } }));
    sandbox.store.formats.update(String(row.id), { components });
  }
  sandbox.settle();
}

const one = { assets: [ids.master] };
const check = (made: World, rules: Record<string, unknown>): Promise<Answer> =>
  made.call('check_masters', { ...one, ...rules });

describe('check_masters', () => {
  test('passes what fits, and lists only what does not, found against wanted', async () => {
    const made = await world();
    const spec = { codec: 'ProRes 422 HQ', resolution: '1920x1080', frame_rate: '23.98', audio: '24-bit 48 kHz 2 ch' };
    const { passed, failed, lines, selection } = await check(made, spec);
    expect({ passed, failed, lines, selection }).toEqual({ passed: 1, failed: 0, lines: [], selection: undefined });
    const wrong = await check(made, { ...spec, codec: 'XAVC', audio: '16 bit 48 kHz 8 channels' });
    expect(wrong).toMatchObject({ passed: 0, failed: 1, not_known: 0 });
    expect(wrong.lines[0]).toContain(
      ' · codec: ProRes 422 HQ, wanted XAVC · audio: 24 bit 48 kHz 2 ch, wanted 16 bit 48 kHz 8 channels',
    );
    expect(wrong.by_rule).toMatchObject({ codec: '1 failed, 0 not known', resolution: '0 failed, 0 not known' });
  });

  test.each([
    ['codec', 'prores_422_hq', 'ProRes 422'],
    ['codec', 'ProRes', 'DNxHD'],
    ['codec', 'ProRes HQ', 'ProRes LT'],
    ['codec', 'Apple ProRes 422 HQ', 'Apple ProRes 422'],
    ['codec', '422 HQ', 'ProRes 4444'],
    ['resolution', '1920x1080p', '1080i'],
    ['codec', 'DNxHD | apch', 'apcn'],
    ['resolution', '1920×1080', '1920x1081'],
    ['resolution', '1080p', 'UHD'],
    ['audio', 'stereo', 'mono'],
    ['frame_rate', '23.98p', '25p'],
    ['frame_rate', '24000/1001', '24'],
    ['frame_rate', '25|23.976', '25|29.97'],
    ['scan', 'progressive', 'interlaced'],
    ['audio', '24bit', '32 bit'],
    ['start_timecode', '00:00:00:00', '01:00:00:00'],
    ['start_timecode', '00:00:00:00', '00:00:00;00'],
    ['container', '.mov', 'mxf'],
    ['duration', '0:30..', '..0:10'],
    ['size', '1 MB..10 TB', '..1 kB'],
    ['size', '..1,000 GB', '1,000 GB..'],
    ['file_name', '*.mov', '*_v##.mov'],
  ])('%s: passes %s and fails %s', async (rule, right, wrong) => {
    const made = await world();
    expect(await check(made, { [rule]: right })).toMatchObject({ passed: 1, failed: 0, not_known: 0 });
    expect(await check(made, { [rule]: wrong })).toMatchObject({ passed: 0, failed: 1, not_known: 0 });
  });

  test('ProRes 422 is not ProRes 422 HQ', async () => {
    const made = await world();
    probe(made, ids.master, { VIDEO: { format_profile: '422' } });
    expect(await check(made, { codec: 'ProRes 422 HQ' })).toMatchObject({ failed: 1 });
    expect(await check(made, { codec: 'ProRes 422' })).toMatchObject({ passed: 1 });
  });

  test('what is said of the scan in a resolution or a rate is checked', async () => {
    const made = await world();
    probe(made, ids.master, { VIDEO: { scan_type: 'MBAFF' } });
    expect((await check(made, { resolution: '1080p' })).lines[0]).toContain(
      'resolution: 1920x1080 mbaff, wanted 1080p',
    );
    expect(await check(made, { resolution: '1080i' })).toMatchObject({ passed: 1 });
    expect(await check(made, { resolution: '1080' })).toMatchObject({ passed: 1 });
    expect((await check(made, { frame_rate: '23.98p' })).lines[0]).toMatch(/frame rate: 23.976.* mbaff, wanted 23.98p/);
    expect(await made.refused('check_masters', { ...one, frame_rate: '50i' })).toMatch(
      /fields or frames.*scan: interl/,
    );
  });

  test('size, scan and rate may be one word', async () => {
    const made = await world();
    const passes = async (resolution: string) => (await check(made, { resolution })).passed === 1;
    for (const [rate, scan_type, right, wrong] of [
      [
        '25.000',
        'Progressive',
        ['1080p25', 'HD 25p', '1920x1080p25', '1080p/25', '1080 25', '1080p 25 fps'],
        '1080p50',
      ],
      ['50.000', 'Progressive', ['1080p50', '1080 50p', '720p50 | 1080p50'], '1080i50'],
      // 50 fields are 25 frames: nothing has 50 interlaced frames a second.
      ['25.000', 'Interlaced', ['1080i50', '1080i25', 'HD 50i', '1080i/25'], '1080p25'],
      ['29.970', 'Interlaced', ['1080i59.94', '1080i5994', '1080i29.97'], '1080i50'],
      ['23.976', 'Progressive', ['1080p23.98', '1080p2398'], '1080p24'],
      ['25.000', 'Progressive', ['1080p50|1080p25'], '720p25|1080p50'],
    ] as const) {
      probe(made, ids.master, { VIDEO: { frame_rate: rate, scan_type } });
      for (const one of right) expect([one, await passes(one)]).toEqual([one, true]);
      expect([wrong, await passes(wrong)]).toEqual([wrong, false]);
    }
    probe(made, ids.master, { VIDEO: { frame_rate: '50.000', scan_type: 'Progressive' } });
    const { lines } = await check(made, { resolution: '1080p25' });
    expect(lines[0]).toContain('resolution: 1920x1080 50.000 fps, wanted 1080p25');
    expect(await made.refused('check_masters', { ...one, resolution: '1080p50i' })).toContain('or 1080p25');
  });

  test('a scan that is asked for twice is one fault', async () => {
    const made = await world();
    probe(made, ids.master, { VIDEO: { frame_rate: '25.000', scan_type: 'Interlaced' } });
    const both = await check(made, { resolution: '1080p', frame_rate: '25p' });
    expect(both.lines[0]).toContain('resolution: 1920x1080 interlaced, wanted 1080p');
    expect(both.lines[0]).not.toContain('frame rate');
    expect(both.by_rule).toEqual({ resolution: '1 failed, 0 not known' });
    const three = await check(made, { scan: 'progressive', resolution: '1080p', frame_rate: '25p' });
    expect(three.lines[0]).toMatch(/scan: Interlaced, wanted progressive$/);
    // Another scan than that of the resolution is asked for: both count.
    const other = await check(made, { resolution: '1080p | 1080i', frame_rate: '25p' });
    expect(other.lines[0]).toMatch(/frame rate: 25\.000 interlaced, wanted 25p/);
    probe(made, ids.master, { VIDEO: { frame_rate: '25.000', scan_type: undefined as never } });
    const unknown = await check(made, { resolution: '1080p', frame_rate: '25p' });
    expect(unknown.by_rule).toEqual({ resolution: '0 failed, 1 not known' });
  });

  test('what is said of the scan is checked where the rate or the size is wrong, too', async () => {
    const made = await world();
    probe(made, ids.master, { VIDEO: { scan_type: 'Interlaced' } });
    const lineFor = async (rules: Record<string, string>): Promise<string> => (await check(made, rules)).lines[0];
    expect(await lineFor({ frame_rate: '25p' })).toMatch(/frame rate: 23\.976.* interlaced, wanted 25p/);
    expect(await lineFor({ frame_rate: '25p | 50p' })).toMatch(/frame rate: 23\.976.* interlaced, wanted 25p \| 50p/);
    expect(await lineFor({ resolution: '720p' })).toContain('resolution: 1920x1080 interlaced, wanted 720p');
    // Where an alternative takes any scan, or this one, the scan is not what is wrong.
    expect(await lineFor({ frame_rate: '25p | 50' })).not.toContain('interlaced');
    expect(await lineFor({ resolution: '720i' })).not.toContain('interlaced');
    probe(made, ids.master, { VIDEO: { scan_type: 'Progressive' } });
    expect(await lineFor({ frame_rate: '25p' })).not.toContain('progressive');
  });

  test('writes the failures alone as a table', async () => {
    const made = await world();
    const asked = { assets: [ids.master, ids.drone, ids.interview], codec: 'ProRes 422 HQ', audio: '16 bit' };
    const rowsOf = async (args: Record<string, unknown>): Promise<string[]> => {
      const { content } = await made.raw('check_masters', { ...asked, ...args });
      const part = (content as Answer[]).find(({ type }) => type === 'resource');
      return part.resource.text.trim().split(/\r?\n/).slice(1);
    };
    const all = await rowsOf({ csv: 'all' });
    expect(await rowsOf({ csv: true })).toEqual(all);
    expect(await rowsOf({ csv: 'TRUE' })).toEqual(all);
    const failures = await rowsOf({ csv: 'Failures' });
    expect(failures).toEqual(all.filter((row) => /,(failed|not known),/.test(row)));
    expect(failures.length).toBeGreaterThan(1);
    expect(failures.length).toBeLessThan(all.length);
    expect(await made.refused('check_masters', { ...asked, csv: 'some' })).toContain('Allowed: failures, all');
    const none = await made.raw('check_masters', { ...asked, csv: false });
    expect(none.content.some(({ type }) => type === 'resource')).toBe(false);
    const passed = await made.raw('check_masters', { assets: [ids.master], codec: 'ProRes 422 HQ', csv: 'failures' });
    expect(passed.content.some(({ type }) => type === 'resource')).toBe(false);
    expect(JSON.stringify(passed.content)).toContain('Nothing fails: no CSV was written.');
  });

  test('writes what was found and wanted as a table, where that is asked for', async () => {
    const made = await world();
    const asked = { assets: [ids.master, ids.drone], codec: 'ProRes HQ', audio: '16 bit' };
    const { content } = await made.raw('check_masters', { ...asked, csv: true });
    const [part] = content.filter(({ type }) => type === 'resource') as Answer[];
    expect(part.resource).toMatchObject({ uri: 'iconik://masters.csv', mimeType: 'text/csv' });
    const [head, ...rows] = part.resource.text.replace('\ufeff', '').trim().split(/\r?\n/);
    expect(head).toBe('id,title,file name,rule,result,found,wanted');
    const lineOf = (id: string, rule: string) =>
      rows.find((row: string) => row.startsWith(`${id},`) && row.includes(`,${rule},`));
    expect(lineOf(ids.master, 'audio')).toMatch(/,[^,]+\.\w+,audio,failed,24 bit[^,]*,16 bit$/);
    expect(lineOf(ids.master, 'codec')).toMatch(/,codec,passed,[^,]+,ProRes HQ$/);
    expect(lineOf(ids.drone, 'codec')).toMatch(/,codec,failed,[^,]+,ProRes HQ$/);
    const table = async (args: Record<string, string>) => {
      const result = await made.raw('check_masters', { assets: [ids.master], csv: true, ...args });
      return (result.content as Answer[]).find(({ type }) => type === 'resource')?.resource.text;
    };
    expect(await table({ codec: 'ProRes HQ', audio: '24 bit' })).toMatch(/_episode_1_master\.mov,all,passed,,\r?\n$/);
    probe(made, ids.master, { AUDIO: { bit_depth: '' } });
    expect(await table({ codec: 'ProRes HQ', audio: '24 bit' })).toMatch(
      /,audio,not known,,24 bit\r?\n.+,codec,passed,[^,]+,ProRes HQ\r?\n$/,
    );
    expect((await made.raw('check_masters', asked)).content.some(({ type }) => type === 'resource')).toBe(false);
  });

  test('is named where somebody wants a technical fact as metadata', async () => {
    const made = await world();
    const error = await made.refused('export_metadata', { assets: [ids.master], columns: ['codec'] });
    expect(error).toMatch(/"codec" is no metadata field: .*find_assets lists it.*check_masters checks it, also as CSV/);
    const place = await made.refused('export_metadata', { assets: [ids.master], columns: ['storage'] });
    expect(place).toMatch(/"storage" is no metadata field: .*locate_files shows the files/);
    expect(place).not.toContain('check_masters');
  });

  test('says what was found where nothing passes a rule', async () => {
    const made = await world();
    const { notes } = await made.call('check_masters', { assets: [ids.master, ids.drone], codec: 'ProRes HQX' });
    expect(notes.join('\n')).toMatch(/codec: all 2 fail, wanted ProRes HQX. Found: .*ProRes 422 HQ 1/);
    const found = await made.call('check_masters', { assets: [ids.master, ids.drone], codec: 'ProRes HQ' });
    expect(found.notes.join('\n')).not.toContain('fail, wanted');
  });

  test('what is not known is neither passed nor failed, and is counted', async () => {
    const made = await world();
    probe(made, ids.master, { VIDEO: { width: '' }, AUDIO: { bit_depth: '' } });
    const answer = await check(made, { resolution: '1920x1080', audio: '24 bit 48 kHz' });
    expect(answer).toMatchObject({ passed: 0, failed: 0, not_known: 1, by_rule: { audio: '0 failed, 1 not known' } });
    expect(answer.lines[0]).toMatch(/ · not known: resolution, audio$/);
    expect(answer.selection).toBeUndefined();
    expect(answer.selection_not_known).toMatch(/^sel_/);
    // What is known to differ fails, whatever else is not known.
    expect(await check(made, { audio: '24 bit 96 kHz' })).toMatchObject({ failed: 1, not_known: 0 });
  });

  test('a track that mediainfo did not find fails, where it has looked', async () => {
    const made = await world();
    probe(made, ids.master, { AUDIO: null });
    expect((await check(made, { audio: '2 ch' })).lines[0]).toContain('audio: no audio, wanted 2 ch');
    probe(made, ids.master, { VIDEO: null });
    expect(await check(made, { audio: '2 ch' })).toMatchObject({ failed: 0, not_known: 1 });
  });

  test('an asset without the format is not known as a whole', async () => {
    const made = await world();
    const answer = await check(made, { codec: 'ProRes', format: 'EXPORT' });
    expect(answer.lines[0]).toMatch(/not known: everything: no format EXPORT is known$/);
  });

  test('counts the channels of all tracks', async () => {
    const made = await world();
    const [row] = made.sandbox.store.formats.where('asset_id', ids.master).filter(({ name }) => name === 'ORIGINAL');
    const sound = ((row?.components ?? []) as Answer[]).find(({ type }) => type === 'AUDIO');
    made.sandbox.store.formats.update(String(row?.id), {
      components: [...((row?.components ?? []) as Answer[]), sound],
    });
    made.sandbox.settle();
    expect((await check(made, { audio: '2 ch' })).lines[0]).toContain('audio: 4 ch, wanted 2 ch');
    expect((await check(made, { audio: '5.1 ch' })).failed).toBe(1);
    probe(made, ids.master, { AUDIO: { channels: '3' } });
    expect((await check(made, { audio: '5.1 ch' })).passed).toBe(1);
  });

  test('reads the formats one by one where the index has no tracks', async () => {
    const bare =
      (sandbox: World['sandbox']): typeof globalThis.fetch =>
      async (input, init) => {
        const response = await sandbox.fetch(input, init);
        const url = String(input instanceof Request ? input.url : input);
        if (!url.includes('/search/')) return response;
        const body = await response.text();
        return new Response(body.replaceAll('"components":', '"parts":'), response);
      };
    const made = await world({ fetch: bare });
    expect(await check(made, { codec: 'ProRes 422 HQ' })).toMatchObject({ passed: 1 });
    expect(made.requests.filter((line) => /assets\/[^/]+\/formats\//.test(line))).toHaveLength(1);
  });

  test('gives the failing assets as a selection that set_metadata takes, and changes nothing', async () => {
    const made = await world();
    const { selection } = await made.call('check_masters', { assets: [ids.master, ids.drone], codec: 'ProRes' });
    expect(made.requests.filter((line) => /^(PUT|PATCH|DELETE)/.test(line))).toEqual([]);
    const plan = await made.call('set_metadata', { selection, values: { Rating: 2 } });
    expect(JSON.stringify(plan)).toContain('Old Harbour at sunrise');
    expect(JSON.stringify(plan)).not.toContain(ids.master);
  });

  test.each([
    [{}, /at least one rule/],
    [{ resolution: 'big' }, /resolution: "big" is not a resolution/],
    [{ audio: 'loud' }, /audio: "loud" cannot be read/],
    [{ start_timecode: 'noon' }, /start_timecode: "noon" is not a timecode/],
    [{ size: '5 apples' }, /size: "5 apples" is not a size/],
    [{ size: '..1,5 TB' }, /size: "1,5 TB" is not a size/],
    [{ duration: '9:00..1:00' }, /ends before it begins/],
    [{ frame_rate: 'fast' }, /is not a frame rate/],
  ])('refuses %j', async (rules, message) => {
    const made = await world();
    expect(await made.refused('check_masters', { ...one, ...rules })).toMatch(message);
  });

  test('says in one error all that it cannot read', async () => {
    const made = await world();
    const loose = { resolution: 'big', frame_rate: 'fast', size: '5 apples', codec: 'ProRes' };
    const text = await made.refused('check_masters', { assets: [ids.master], ...loose });
    expect(text).toMatch(/resolution: "big" is not .*frame_rate: "fast" is not .*size: "5 apples" is not a size/);
  });

  test('a pattern of many stars takes no time', async () => {
    const made = await world();
    const answer = await check(made, { file_name: `${'*a'.repeat(90)}b` });
    expect(answer.failed).toBe(1);
  });
});
