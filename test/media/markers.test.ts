import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveColor } from '../../src/media/markers/colors.ts';
import { MARKER_FORMATS, type MarkerFormat } from '../../src/media/markers/index.ts';
import { readSheet } from '../../src/media/sheet.ts';
import { anyMarkers, comments, nasty, ntsc, write } from './marker_lists.ts';
import { refusal } from './refusal.ts';

describe('an EDL', () => {
  test('has an event and a Resolve line for each marker, in order, with the timecode of the clip', () => {
    expect(write('edl', comments)).toBe(
      [
        'TITLE: Interview',
        'FCM: NON-DROP FRAME',
        '',
        '001  001      V     C        10:00:05:00 10:00:05:01 10:00:05:00 10:00:05:01  ',
        'Tom: Second take [done] |C:ResolveColorBlue |M:Take 2 |D:50',
        '',
        '002  001      V     C        10:01:02:00 10:01:02:01 10:01:02:00 10:01:02:01  ',
        'Logo is too big |C:ResolveColorRed |M:Ana Silva |D:1',
        '',
        '',
      ].join('\n'),
    );
  });

  test('says drop frame and counts with it', () => {
    const [, fcm, , event] = write('edl', [{ start: 60_060, end: 60_060, text: 'x', kind: 'comment' }], {
      clock: ntsc,
    }).split('\n');
    expect(fcm).toBe('FCM: DROP FRAME');
    expect(event).toContain('01:01:00;02 01:01:00;03');
  });

  test.each([
    ['2. door', '- 2. door'],
    ['FCM: DROP FRAME', '- FCM: DROP FRAME'],
    ['* FROM CLIP NAME: x', '- * FROM CLIP NAME: x'],
    ['M2 AX 025', '- M2 AX 025'],
    ['I think', 'I think'],
    ['Élan', 'Élan'],
    ['a | b\n|C:x', 'a / b /C:x'],
    ['', ''],
  ])('writes the note %j as %j, so that it is no statement of the list', (text, note) => {
    const line = write('edl', [{ start: 0, end: 0, text, kind: 'comment' }]).split('\n')[4];
    expect(line).toBe(`${note} |C:ResolveColorBlue |M:comment |D:1`);
  });

  test('keeps its form whatever is written in it', () => {
    fc.assert(
      fc.property(anyMarkers, nasty, (markers, title) => {
        const lines = write('edl', markers, { title, clock: ntsc }).split('\n');
        expect(lines).toHaveLength(3 + markers.length * 3 + 1);
        expect(lines[0]).toMatch(/^TITLE: [^\r\n]+$/);
        for (let index = 0; index < markers.length; index += 1) {
          const [event, note, blank] = lines.slice(3 + index * 3);
          expect(event).toMatch(/^\d{3} {2}001 {6}V {5}C {8}(\d\d:\d\d:\d\d;\d\d) (\d\d:\d\d:\d\d;\d\d) \1 \2 {2}$/);
          expect(note).toMatch(/^[^|\d*]?[^|]* \|C:ResolveColor[A-Z][a-z]+ \|M:[^|]+ \|D:[1-9]\d*$/);
          expect(note).not.toMatch(/^(\d|\*|[A-Z][A-Z0-9_]+\b)/);
          expect(blank).toBe('');
        }
      }),
    );
  });

  test('is in order of the starts, then of the ends', () => {
    const marker = (start: number, end: number, text: string) => ({ start, end, text, kind: 'marker' });
    const text = write('edl', [marker(2000, 3000, 'third'), marker(0, 9000, 'second'), marker(0, 40, 'first')]);
    expect(text.match(/^\w+(?= \|C)/gm)).toEqual(['first', 'second', 'third']);
  });

  test('goes on beyond 999 events', () => {
    const many = Array.from({ length: 1001 }, (_, index) => ({
      start: index * 40,
      end: index * 40,
      text: 'x',
      kind: 'marker',
    }));
    expect(write('edl', many)).toContain('\n1001  001      V');
  });
});

describe('colours', () => {
  test.each([
    ['Red', 'Red'],
    ['LAVENDER', 'Lavender'],
    ['orange', 'Sand'],
    ['#ff0000', 'Red'],
    ['00b000', 'Green'],
    ['#fff', 'Blue'],
    ['constructor', 'Blue'],
    [undefined, 'Blue'],
  ])('%s is %s in Resolve', (color, resolve) => {
    expect(resolveColor(color)).toBe(resolve);
  });
});

describe('CSV', () => {
  test('has timecodes, milliseconds and all that is known', () => {
    const { headers, rows } = readSheet(write('csv', comments));
    expect(headers).toEqual(['In', 'Out', 'In ms', 'Out ms', 'Name', 'Text', 'Author', 'Color', 'Done', 'Kind']);
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['10:00:05:00', '10:00:07:00', '5000', '7000', 'Take 2', 'Second take', 'Tom', '', 'yes', 'marker'],
      ['10:01:02:00', '10:01:02:00', '62000', '62000', '', 'Logo is too big', 'Ana Silva', 'red', 'no', 'comment'],
    ]);
  });

  test('has elapsed times where no clock is known', () => {
    expect(readSheet(write('csv', comments, {})).rows[0]?.cells.slice(0, 2)).toEqual(['00:00:05.000', '00:00:07.000']);
  });

  test('runs no formula that somebody put in a comment', () => {
    const [, row] = write('csv', [{ start: 0, end: 0, text: '=HYPERLINK("x")', kind: 'comment' }]).split('\r\n');
    expect(row).toBe(`10:00:00:00,10:00:00:00,0,0,,"'=HYPERLINK(""x"")",,,,comment`);
  });
});

describe('subtitles', () => {
  test('are SubRip with the author before the text, and two seconds for a point', () => {
    expect(write('srt', comments)).toBe(
      '1\n00:00:05,000 --> 00:00:07,000\nTom: Second take\n\n2\n00:01:02,000 --> 00:01:04,000\nAna Silva: Logo is too big\n',
    );
  });

  test('are WebVTT with the author as the voice', () => {
    expect(write('vtt', comments)).toBe(
      'WEBVTT\n\n1\n00:00:05.000 --> 00:00:07.000\n<v Tom>Second take\n\n2\n00:01:02.000 --> 00:01:04.000\n<v Ana Silva>Logo is too big\n',
    );
  });

  test('escape what WebVTT would read as its own', () => {
    const text = write('vtt', [{ start: 0, end: 1000, text: 'a --> b & <i>c</i>', author: 'X > Y', kind: 'comment' }]);
    expect(text).toContain('<v X &gt; Y>a --&gt; b &amp; &lt;i&gt;c&lt;/i&gt;\n');
  });

  test('keep lines, but no empty ones', () => {
    const text = write('srt', [{ start: 0, end: 1000, text: 'one\r\n\r\n  \ntwo\u2028three', kind: 'comment' }]);
    expect(text).toBe('1\n00:00:00,000 --> 00:00:01,000\none\ntwo\nthree\n');
  });

  test.each(['a --> b', 'a ---> b', `a ${'-'.repeat(9)}> b`, '---->-->', '-- --> >'])(
    'SRT has one arrow a cue: %s',
    (said) => {
      const text = write('srt', [{ start: 0, end: 1000, text: said, kind: 'comment' }]);
      expect(text.match(/-->/g)).toHaveLength(1);
    },
  );

  test.each([
    ['srt', /^\d+\n\d{2,}:\d\d:\d\d,\d{3} --> \d{2,}:\d\d:\d\d,\d{3}\n(.+\n?)+$/],
    ['vtt', /^\d+\n\d{2,}:\d\d:\d\d\.\d{3} --> \d{2,}:\d\d:\d\d\.\d{3}\n(.+\n?)+$/],
  ] as const)('%s keeps its form whatever is written in it', (format, cue) => {
    fc.assert(
      fc.property(anyMarkers, (markers) => {
        const text = write(format, markers);
        const blocks = text.split('\n\n').filter((block) => block.trim() !== '' && block.trim() !== 'WEBVTT');
        expect(blocks).toHaveLength(markers.length);
        for (const [index, block] of blocks.entries()) {
          expect(block).toMatch(cue);
          expect(block.startsWith(`${index + 1}\n`)).toBe(true);
          expect(block.match(/-->/g)).toHaveLength(1);
          const [from = '', to = ''] = block.split('\n')[1]?.split(' --> ') ?? [];
          expect(from < to).toBe(true);
        }
        if (format === 'vtt') expect(text.replaceAll(/<v [^<>]*>/g, '').replaceAll(' --> ', '')).not.toMatch(/[<>]/);
      }),
    );
  });
});

describe('every format', () => {
  test('has a media type and an extension', () => {
    expect(Object.entries(MARKER_FORMATS).map(([format, { mime, extension }]) => [format, mime, extension])).toEqual([
      ['edl', 'text/plain', 'edl'],
      ['csv', 'text/csv', 'csv'],
      ['srt', 'application/x-subrip', 'srt'],
      ['vtt', 'text/vtt', 'vtt'],
      ['fcpxml', 'application/xml', 'fcpxml'],
      ['xml', 'application/xml', 'xml'],
      ['avid', 'text/plain', 'avid.txt'],
      ['resolve_csv', 'text/csv', 'resolve.csv'],
      ['chapters', 'text/plain', 'chapters.txt'],
    ]);
  });

  test.each(['edl', 'fcpxml', 'xml', 'avid'] as const)('%s is refused without a rate, with what works', (format) => {
    expect(refusal(() => write(format, comments, {}))).toContain(
      "needs the clip's frame rate, which is known once it has a proxy. Without one: csv, srt, vtt or chapters.",
    );
  });

  test.each(['csv', 'srt', 'vtt', 'chapters'] as const)('%s works without a rate', (format) => {
    expect(write(format, comments, {})).toContain('00:00:05');
  });

  test('leaves the list as it was', () => {
    const list = [...comments];
    for (const format of Object.keys(MARKER_FORMATS) as MarkerFormat[]) write(format, list);
    expect(list).toEqual(comments);
  });
});
