import { beforeEach, describe, expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, type World, world } from '../support/world.ts';

useJumpingClock();

const MATCH = 'Matchday 12, Harbour City v Northgate, full match';

let made: World;
beforeEach(async () => {
  made = await world();
});

const plan = (csv: string, more: Record<string, unknown> = {}): Promise<Answer> =>
  made.call('import_log', { csv, ...more });

/** `12:04-12:31 "Goal"` in milliseconds, of each row of a plan. */
const rows = ({ affected = [] }: Answer): string[] =>
  affected.map((line: string) => {
    const [, start, end, text] = /\((\d+) to (\d+) ms\) (".*")$/.exec(line) ?? [];
    return `${start}-${end} ${text}`;
  });

const LISTS: readonly (readonly [name: string, asset: string, text: string, expected: readonly string[]])[] = [
  [
    'a marker list of Premiere Pro',
    MATCH,
    'Marker Name\tDescription\tIn\tOut\tDuration\tMarker Type\t\nGoal\tReyes scores\t01;12;04;00\t01;12;31;00\t00;00;27;00\tComment\t\nSave\t\t01;20;00;00\t01;20;00;00\t00;00;00;00\tComment\t',
    ['723990-751017 "Goal · Reyes scores"', '1199999-1199999 "Save"'],
  ],
  [
    'a marker list of Media Composer',
    ids.interview,
    'ana\t10:01:00:00\tV1\tred\tNice look\t1\nana\t10:02:00:12\tV1\tgreen\tHands\t25',
    ['60000-60040 "Nice look"', '120480-121480 "Hands"'],
  ],
  [
    'an EDL with the markers of DaVinci Resolve',
    ids.interview,
    'TITLE: Timeline 1\nFCM: NON-DROP FRAME\n\n001  001      V     C        10:01:00:00 10:01:00:01 10:01:00:00 10:01:00:01  \nHands |C:ResolveColorBlue |M:Wave |D:50\n',
    ['60000-62000 "Wave · Hands"'],
  ],
  [
    'an EDL with locators',
    ids.interview,
    'TITLE: Cut\n001  A001 V C 10:01:00:00 10:01:10:00 10:01:00:00 10:01:10:00\n* LOC: 10:01:05:00 RED     check the focus\n',
    ['65000-65000 "check the focus"'],
  ],
  [
    'SubRip',
    ids.interview,
    '1\n00:01:00,500 --> 00:01:02,000\n<i>Hello</i> &amp;\nwelcome\n\n2\n00:02:00,000 --> 00:02:01,000\nBye\n',
    ['60500-62000 "Hello & welcome"', '120000-121000 "Bye"'],
  ],
  [
    'WebVTT',
    ids.interview,
    'WEBVTT\n\nNOTE nothing\n\n01:00.500 --> 01:02.000 align:start\n<v Ana>Hello\n',
    ['60500-62000 "Hello"'],
  ],
  [
    'a timeline of Final Cut Pro (FCPXML)',
    ids.interview,
    fcpxml(
      '<gap name="Gap" offset="36000s" start="3600s" duration="600s"><marker start="3660s" duration="1/25s" value="Wave" note="to the crowd"/><chapter-marker start="370050/100s" duration="2s" value="Hands"/></gap>',
    ),
    ['60000-60040 "Wave · to the crowd"', '100500-102500 "Hands"'],
  ],
  [
    'an edit index of DaVinci Resolve (CSV)',
    ids.interview,
    '#,Reel,V,Record In,Record Out,Name,Color,Notes\n1,A001,V1,10:00:00:00,10:02:00:00,cut.mov,,\n2,,,10:01:00:00,10:01:02:00,Marker 1,Blue,"Hands, both"\n',
    ['60000-62000 "Marker 1 · Hands, both"'],
  ],
];

/** A project of one sequence, whose timecode begins at 10:00:00:00. */
function fcpxml(spine: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE fcpxml><fcpxml version="1.10"><resources><format id="r1" frameDuration="1/25s"/><asset id="r2" name="Interview" src="file:///Volumes/a/Jordan%20Reyes.mov" start="36000s" format="r1"/><asset id="r3" name="B" start="0s" format="r1"><media-rep src="file:///Volumes/a/B.mov"/></asset></resources><library><event><project><sequence format="r1" tcStart="36000s"><spine>${spine}</spine></sequence></project></event></library></fcpxml>`;
}

/** Ten seconds of the source from its 60th on. */
const onClip = (name: string, more = ''): string =>
  `<asset-clip ref="r2" name="${name}" offset="36000s" start="36060s" duration="10s"><keyword start="36060s" duration="1s" value="k"/><marker start="36061s" duration="2s" value="x"/>${more}</asset-clip>`;

describe('a marker list of an editing program', () => {
  test.each(LISTS)('%s is read onto the clip that is named beside it', async (_, asset, csv, expected) => {
    expect(rows(await plan(csv, { asset }))).toEqual(expected);
  });

  test.each(LISTS)('%s without a clip is refused, and says what is missing', async (_, __, csv) => {
    expect(await made.refused('import_log', { csv })).toMatch(/this is an? .*, which names no clip\. Give asset/);
  });

  test('of Final Cut Pro is on the clips that it names: times are those of their source', async () => {
    const two = `${onClip('Interview Jordan Reyes, Lisbon', '<asset-clip lane="1" ref="r3" name="Matchday 12, Harbour City v Northgate, full match" offset="36065s" start="5s"><marker start="6s" duration="1/25s" value="y"/></asset-clip>')}<gap offset="36010s" start="3600s"><marker start="3601s" value="none"/></gap>`;
    const withNames = fcpxml(two).replaceAll(/ src="[^"]*"/g, '');
    const planned = await plan(withNames);
    expect(planned.affected).toHaveLength(2);
    expect(rows(planned).sort()).toEqual(['6000-6034 "y"', '61000-63000 "x"']);
    const notes = planned.notes.join('\n');
    expect(notes).toContain('on the clips that it names');
    expect(notes).toMatch(/Left out, as it is on the timeline, on no clip: 1 marker: ".+"\./);
    expect(notes).toContain('Keyword ranges are no markers and are left out: 1.');
    expect(rows(await plan(withNames, { asset: ids.interview }))).toEqual(['61000-63000 "x"']);
    expect(await made.refused('import_log', { csv: withNames, asset: ids.drone })).toMatch(
      /markers on 2 clips, none of which is called "Drone.*Leave out asset/,
    );
    // A file of the source is another name, and where there is one clip, it is the one that is meant.
    expect(rows(await plan(fcpxml(onClip('A cut')), { asset: ids.interview }))).toEqual(['61000-63000 "x"']);
    expect(await made.call('import_log', { csv: fcpxml(onClip('A cut')) })).toMatchObject({
      not_written: [expect.stringContaining('Jordan Reyes.mov')],
    });
  });

  test.each([
    ['broken', fcpxml('<gap>').slice(0, -20), /FCPXML is broken in line 1: /],
    [
      'with an entity of its own',
      fcpxml('<gap/>')
        .replace('<!DOCTYPE fcpxml>', '<!DOCTYPE fcpxml [<!ENTITY a SYSTEM "file:///etc/passwd">]>')
        .replace('<gap/>', '<gap><marker start="1s" value="&a;"/></gap>'),
      /FCPXML is broken in line 1: Invalid character entity/,
    ],
    ['without markers', fcpxml('<gap/>'), /and it has no markers/],
    ['too long', fcpxml(' '.repeat(1_000_001)), /more than 1000000 characters/],
  ])('of Final Cut Pro is refused where it is %s', async (_, csv, says) => {
    expect(await made.refused('import_log', { csv, asset: ids.interview })).toMatch(says);
  });

  test('is written, and not twice', async () => {
    const [, asset, csv] = LISTS[0] ?? [];
    const { confirm } = await plan(String(csv), { asset });
    expect(await made.call('import_log', { confirm })).toMatchObject({ segments: 2 });
    expect(JSON.stringify(await plan(String(csv), { asset }))).toContain('Nothing');
  });

  test('names the line of its own text that is wrong', async () => {
    const csv =
      'Marker Name,Description,In,Out,Duration,Marker Type\n\n"Goal, 1:0","says ""yes""",10:01:00:00,10:01:10:00,,Comment\nWave,,10:90:00:00,,,Comment';
    const planned = await plan(csv, { asset: ids.interview });
    expect(rows(planned)).toEqual(['60000-70000 "Goal, 1:0 · says \\"yes\\""']);
    expect(planned.notes.join('\n')).toMatch(/Not written: line 4, invalid: .*10:90:00:00/);
  });

  test('of more than a thousand markers is refused, and told to be split', async () => {
    const csv = Array.from({ length: 1_001 }, (_, n) => `ana\t10:00:0${n % 10}:00\tV1\tred\tx\t1`).join('\n');
    expect(await made.refused('import_log', { csv, asset: ids.interview })).toContain('1001 markers');
  });

  test('is refused where its headers and rows are not separated alike', async () => {
    const csv = 'Marker Name,Description,In,Out,Duration,Marker Type\nGoal\t\t10:01:00:00\t10:01:10:00\t\tComment';
    const refused = await made.refused('import_log', { csv, asset: ids.interview });
    expect(refused).toMatch(/headers are separated by ",", and line 2 by "\\t"/);
  });

  test('names a marker that has no text by its number', async () => {
    const csv = 'Marker Name,Description,In,Out,Duration,Marker Type\n,,10:01:00:00,,,Comment';
    expect(rows(await plan(csv, { asset: ids.interview }))).toEqual(['60000-60000 "Marker 1"']);
  });

  test('without markers is refused', async () => {
    const csv = 'TITLE: Cut\n001  A001 V C 10:01:00:00 10:01:10:00 10:01:00:00 10:01:10:00\n';
    expect(await made.refused('import_log', { csv, asset: ids.interview })).toContain('has no markers');
  });
});

describe('an Avid Log Exchange file', () => {
  const ALE =
    'Heading\nFIELD_DELIM\tTABS\nVIDEO_FORMAT\t1080\nFPS\t25\n\nColumn\nName\tTracks\tStart\tEnd\tComments\n\nData\nInterview Jordan Reyes, Lisbon\tV\t10:12:04:00\t10:12:31:00\tgood answer\nInterview Jordan Reyes, Lisbon\tV\t10:13:04:00\t10:13:31:00\n';

  test('is read with its clips by name, short rows too', async () => {
    const planned = await plan(ALE);
    expect(planned.summary).toMatch(/^2 of 2 rows are valid|^1 of 2/);
    expect(rows(planned)[0]).toBe('724000-751000 "good answer"');
    expect(planned.notes.join()).toContain('Name is the clip');
  });
});

describe('a table about one clip', () => {
  test('needs no column for it', async () => {
    const planned = await plan('In,Out,Note\n10:01:00:00,10:01:10:00,Wave', { asset: ids.interview });
    expect(rows(planned)).toEqual(['60000-70000 "Wave"']);
  });

  test('is refused where it has one all the same', async () => {
    const csv = 'File,In,Note\nx.mov,1:00,Wave';
    expect(await made.refused('import_log', { csv, asset: ids.interview })).toMatch(/asset: the table has a column/);
  });
});
