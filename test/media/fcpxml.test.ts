import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyMarkers, comments, nasty, ntsc, pal, write } from './marker_lists.ts';

describe('FCPXML 1.10', () => {
  test('has a gap of the clip’s timecode with the markers, in exact time', () => {
    expect(write('fcpxml', comments, { clock: pal, duration: 120_000 })).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE fcpxml>',
        '<fcpxml version="1.10">',
        '  <resources>',
        '    <format id="r1" frameDuration="1/25s" width="1920" height="1080"/>',
        '  </resources>',
        '  <library>',
        '    <event name="Interview">',
        '      <project name="Interview">',
        '        <sequence format="r1" duration="120s" tcStart="36000s" tcFormat="NDF">',
        '          <spine>',
        '            <gap name="Interview" offset="36000s" start="36000s" duration="120s">',
        '              <marker start="36005s" duration="2s" value="Take 2" note="Tom&#10;Second take" completed="1"/>',
        '              <marker start="36062s" duration="1/25s" value="Logo is too big" note="Ana Silva" completed="0"/>',
        '            </gap>',
        '          </spine>',
        '        </sequence>',
        '      </project>',
        '    </event>',
        '  </library>',
        '</fcpxml>',
        '',
      ].join('\n'),
    );
  });

  test('counts drop frame in real time: 01:00:00;00 is 107892 frames of 1001/30000 s', () => {
    const text = write('fcpxml', [{ start: 60_060, end: 60_060, text: 'x', kind: 'marker' }], { clock: ntsc });
    expect(text).toContain('frameDuration="1001/30000s"');
    expect(text).toContain('tcStart="8999991/2500s" tcFormat="DF"');
    expect(8_999_991 / 2500).toBe(107_999_892 / 30_000);
    expect(text).toContain(
      `<marker start="${((107_892 + 1800) * 1001) / 12}/2500s" duration="1001/30000s" value="x"/>`,
    );
  });

  test('is as long as its last marker', () => {
    const marker = { start: 10_000, end: 12_000, text: 'x', kind: 'marker' };
    expect(write('fcpxml', [marker], { clock: pal, duration: 1000 })).toContain('<sequence format="r1" duration="12s"');
    for (const duration of [undefined, 0])
      expect(write('fcpxml', [], { clock: pal, duration })).toContain('duration="1/25s" tcStart');
  });

  test('has the size of the picture where it is known', () => {
    expect(write('fcpxml', [], { clock: pal, width: 3840, height: 2160 })).toContain('width="3840" height="2160"');
  });

  test('is well-formed whatever is written in it', () => {
    fc.assert(
      fc.property(anyMarkers, nasty, (markers, title) => {
        const text = write('fcpxml', markers, { title, clock: ntsc });
        const tags = text
          .split('\n')
          .slice(2, -1)
          .map((line) => line.trim());
        for (const tag of tags)
          expect(tag).toMatch(/^<(\/[a-z]+|[a-z]+( [a-zA-Z]+="([^<>&"]|&(amp|lt|gt|quot|#10);)*")*\/?)>$/);
        expect(tags.filter((tag) => tag.startsWith('<marker '))).toHaveLength(markers.length);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[^\n\P{Cc}]|[\ufffe\uffff]/u);
      }),
    );
  });
});
