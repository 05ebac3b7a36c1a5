import fc from 'fast-check';
import sax from 'sax';
import { describe, expect, test } from 'vitest';
import { readMarkerList } from '../../src/media/marker_lists.ts';
import { millisecondsToFrame } from '../../src/media/rate.ts';
import { parseTime } from '../../src/media/time.ts';
import { anyMarkers, comments, nasty, ntsc, pal, write } from './marker_lists.ts';

const CLOCKS = [pal, ntsc] as const;

describe('what is written for another program and read back', () => {
  test.each(['edl', 'avid'] as const)('has every marker on its frame, as long as it was: %s', (format) => {
    fc.assert(
      fc.property(anyMarkers, nasty, fc.constantFrom(...CLOCKS), (markers, title, clock) => {
        // Timecode begins anew at midnight.
        if (!clock || markers.length === 0 || markers.some(({ end }) => end > 12 * 3_600_000)) return;
        // Resolve keeps one marker a frame.
        const frames = new Set(markers.map(({ start }) => millisecondsToFrame(start, clock.rate)));
        if (format === 'edl' && frames.size < markers.length) return;
        const list = readMarkerList(write(format, markers, { title, clock }));
        const read = (list?.markers ?? []).map(({ from, frames: length }) => {
          const { milliseconds } = parseTime(from, { clock });
          return [millisecondsToFrame(milliseconds, clock.rate), Number(length)];
        });
        const meant = markers.map(({ start, end }) => {
          const first = millisecondsToFrame(start, clock.rate);
          return [first, Math.max(1, millisecondsToFrame(end, clock.rate) - first)];
        });
        const inOrder = (rows: number[][]) => rows.sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d);
        expect(inOrder(read)).toEqual(inOrder(meant));
      }),
    );
  });

  test.each(['fcpxml', 'resolve_csv'] as const)('has every marker from frame to frame: %s', (format) => {
    fc.assert(
      fc.property(anyMarkers, nasty, fc.constantFrom(...CLOCKS), (markers, title, clock) => {
        if (!clock || markers.length === 0 || markers.some(({ end }) => end > 12 * 3_600_000)) return;
        const frameOf = (text: string) => millisecondsToFrame(parseTime(text, { clock }).milliseconds, clock.rate);
        const list = readMarkerList(write(format, markers, { title, clock }));
        const read = (list?.markers ?? []).map(({ from, to, frames }) => [
          frameOf(from),
          to === undefined ? Number(frames) : frameOf(to) - frameOf(from),
        ]);
        const meant = markers.map(({ start, end }) => {
          const first = millisecondsToFrame(start, clock.rate);
          return [first, Math.max(1, millisecondsToFrame(end, clock.rate) - first)];
        });
        const inOrder = (rows: number[][]) => rows.sort(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d);
        expect(inOrder(read)).toEqual(inOrder(meant));
      }),
    );
  });

  test.each(['fcpxml', 'resolve_csv'] as const)('has the texts, too: %s', (format) => {
    const list = readMarkerList(write(format, comments));
    expect(list?.markers.map(({ text }) => text)).toEqual(
      format === 'fcpxml'
        ? ['Take 2 · Tom\nSecond take', 'Logo is too big · Ana Silva']
        : ['Take 2 · Tom: Second take [done]', 'Ana Silva · Logo is too big'],
    );
  });

  test.each(['fcpxml', 'xml'] as const)('is well-formed for a strict reader of XML: %s', (format) => {
    fc.assert(
      fc.property(anyMarkers, nasty, fc.constantFrom(...CLOCKS), (markers, title, clock) => {
        const parser = sax.parser(true);
        let count = 0;
        parser.onerror = (error) => {
          throw error;
        };
        parser.onopentag = ({ name }) => {
          if (name === 'marker') count += 1;
        };
        parser.write(write(format, markers, { title, clock })).close();
        expect(count).toBe(markers.length);
      }),
    );
  });

  test('has the cues of SubRip and WebVTT to the millisecond', () => {
    fc.assert(
      fc.property(anyMarkers, fc.constantFrom('srt' as const, 'vtt' as const), (markers, format) => {
        if (markers.length === 0) return;
        const list = readMarkerList(write(format, markers));
        const read = (list?.markers ?? []).map(({ from }) => parseTime(from).milliseconds);
        expect(read).toEqual(markers.map(({ start }) => start).sort((a, b) => a - b));
      }),
    );
  });
});

describe('the XML of Final Cut Pro 7', () => {
  test('has the rate, the timecode, and markers in frames from the first', () => {
    const xml = write('xml', comments, { clock: pal, duration: 120_000 });
    expect(xml).toContain('<duration>3000</duration>');
    expect(xml).toContain('<string>10:00:00:00</string><frame>900000</frame><displayformat>NDF</displayformat>');
    expect(xml).toContain(
      '<marker><name>Take 2</name><comment>Tom&#10;Second take [done]</comment><in>125</in><out>175</out></marker>',
    );
    expect(xml).toContain(
      '<marker><name>Logo is too big</name><comment>Ana Silva</comment><in>1550</in><out>-1</out><pproColor>4281740498</pproColor></marker>',
    );
    expect(write('xml', comments, { clock: ntsc })).toContain(
      '<rate><timebase>30</timebase><ntsc>TRUE</ntsc></rate><string>01:00:00;00</string><frame>107892</frame><displayformat>DF</displayformat>',
    );
  });

  test.each([
    ['red', 4281740498],
    ['#ff2020', 4281740498],
    ['yellow', 4281049552],
    ['purple', 4289825711],
    ['orange', 4280578025],
    ['white', 4294967295],
    ['Blue', 4294741314],
    ['cyan', 4292277273],
  ])('has the number that Premiere Pro writes for %s', (color, number) => {
    const marker = { start: 0, end: 0, text: 'x', kind: 'marker', color };
    expect(write('xml', [marker])).toContain(`<out>-1</out><pproColor>${number}</pproColor></marker>`);
  });

  test.each(['green', undefined])('has none for %s, which Premiere Pro shows where there is none', (color) => {
    expect(write('xml', [{ start: 0, end: 0, text: 'x', kind: 'marker', color }])).not.toContain('pproColor');
  });

  test('stays an element whatever is written in it', () => {
    fc.assert(
      fc.property(anyMarkers, nasty, (markers, title) => {
        const xml = write('xml', markers, { title, clock: ntsc });
        expect(xml.match(/<marker>/g) ?? []).toHaveLength(markers.length);
        expect(xml.replace(/<(\/?[a-zA-Z]+\/?|\?xml [^<>]*\?|!DOCTYPE xmeml|xmeml version="5")>/g, '')).not.toMatch(
          /[<>]/,
        );
        expect(xml.match(/&(?!(amp|lt|gt|quot|#10);)/g)).toBeNull();
      }),
    );
  });
});

describe('a list for Media Composer', () => {
  test('has a line a marker: author, timecode, track, color, comment, frames', () => {
    expect(write('avid', comments)).toBe(
      'Tom\t10:00:05:00\tV1\tblue\tTake 2: Second take [done]\t50\r\nAna Silva\t10:01:02:00\tV1\tred\tLogo is too big\t1\r\n',
    );
  });

  test('has six cells a line whatever is written in it', () => {
    fc.assert(
      fc.property(anyMarkers, (markers) => {
        const lines = write('avid', markers).split('\r\n');
        expect(lines).toHaveLength(markers.length + 1);
        for (const line of lines.slice(0, -1)) expect(line.split('\t')).toHaveLength(6);
      }),
    );
  });
});

test('chapters are times from the first frame and names', () => {
  expect(write('chapters', comments)).toBe('00:00:05 Take 2\n00:01:02 Logo is too big\n');
});
