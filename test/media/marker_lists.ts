import fc from 'fast-check';
import { MARKER_FORMATS, type Marker, type MarkerFormat, type MarkerList } from '../../src/media/markers/index.ts';
import { clockOf } from '../../src/media/timecode.ts';

export const pal = clockOf({ frame_rate: '25', start_time_code: '10:00:00:00' });
export const ntsc = clockOf({ frame_rate: '29.97', start_time_code: '01:00:00;00', is_drop_frame: true });

export const comments: Marker[] = [
  {
    start: 62_000,
    end: 62_000,
    text: 'Logo is too big',
    author: 'Ana Silva',
    color: 'red',
    done: false,
    kind: 'comment',
  },
  { start: 5000, end: 7000, text: 'Second take', name: 'Take 2', author: 'Tom', done: true, kind: 'marker' },
];
export const write = (
  format: MarkerFormat,
  markers: readonly Marker[],
  more: Partial<MarkerList> = { clock: pal },
): string => MARKER_FORMATS[format].write({ title: 'Interview', markers, ...more });

/** Texts that formats stumble over. */
export const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'a\n\nb',
    '1\n00:00:01,000 --> 00:00:02,000\nno',
    'x |C:ResolveColorRed |M:y |D:1',
    '002  001      V     C        01:00:00:00 01:00:00:01 01:00:00:00 01:00:00:01',
    'FCM: DROP FRAME',
    '</fcpxml>"\'<!--&',
    '=cmd()',
    'NOTE -->',
    '\ud800',
    '\uffff\ufffe\u0007',
    '',
  ),
);
const anyMarker: fc.Arbitrary<Marker> = fc
  .record({
    start: fc.nat(80_000_000),
    length: fc.nat(100_000),
    text: nasty,
    name: fc.option(nasty, { nil: undefined }),
    author: fc.option(nasty, { nil: undefined }),
    color: fc.option(nasty, { nil: undefined }),
    done: fc.option(fc.boolean(), { nil: undefined }),
    kind: fc.constantFrom('comment', 'marker'),
  })
  .map(({ start, length, ...rest }) => ({ start, end: start + length, ...rest }));
export const anyMarkers = fc.array(anyMarker, { maxLength: 8 });
