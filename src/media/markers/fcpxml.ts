import { type FrameRate, gcd, millisecondsToFrame } from '../rate.ts';
import type { Clock } from '../timecode.ts';
import { type Marker, nameAndNote, oneLine, sortedByTime } from './marker.ts';

export interface FcpxmlOptions {
  /** Milliseconds. Markers beyond it extend the sequence. */
  readonly duration?: number | undefined;
  /** Pixels. Default 1920 by 1080. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/**
 * Writes Final Cut Pro XML 1.10 (Apple's DTD): a sequence with the clip's timecode and a gap that carries the markers.
 * Markers that can be completed become to-do markers. Times are exact fractions of a second, on frame boundaries.
 */
export function toFcpxml(
  title: string,
  markers: readonly Marker[],
  { rate, start }: Clock,
  options: FcpxmlOptions = {},
): string {
  const placed = sortedByTime(markers).map((marker) => place(marker, rate));
  const wanted = options.duration === undefined ? 1 : millisecondsToFrame(options.duration, rate);
  const frames = placed.reduce((most, { first, length }) => Math.max(most, first + length), Math.max(1, wanted));
  const name = attribute(oneLine(title) || 'Markers');
  const origin = seconds(start, rate);
  const length = seconds(frames, rate);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE fcpxml>',
    '<fcpxml version="1.10">',
    '  <resources>',
    `    <format id="r1" frameDuration="${seconds(1, rate)}" width="${options.width ?? 1920}" height="${options.height ?? 1080}"/>`,
    '  </resources>',
    '  <library>',
    `    <event name="${name}">`,
    `      <project name="${name}">`,
    `        <sequence format="r1" duration="${length}" tcStart="${origin}" tcFormat="${rate.drop ? 'DF' : 'NDF'}">`,
    '          <spine>',
    `            <gap name="${name}" offset="${origin}" start="${origin}" duration="${length}">`,
    ...placed.map((one) => `              ${element(one, start, rate)}`),
    '            </gap>',
    '          </spine>',
    '        </sequence>',
    '      </project>',
    '    </event>',
    '  </library>',
    '</fcpxml>',
    '',
  ].join('\n');
}

interface Placed {
  readonly marker: Marker;
  /** Frames from the first frame of the file, and the number of frames. */
  readonly first: number;
  readonly length: number;
}

function place(marker: Marker, rate: FrameRate): Placed {
  const first = millisecondsToFrame(marker.start, rate);
  return { marker, first, length: Math.max(1, millisecondsToFrame(marker.end, rate) - first) };
}

function element({ marker, first, length }: Placed, start: number, rate: FrameRate): string {
  const { name: value, note } = nameAndNote(marker);
  const attributes = {
    start: seconds(start + first, rate),
    duration: seconds(length, rate),
    value,
    ...(note && { note }),
    ...(marker.done !== undefined && { completed: marker.done ? '1' : '0' }),
  };
  const written = Object.entries(attributes).map(([key, one]) => `${key}="${attribute(one)}"`);
  return `<marker ${written.join(' ')}/>`;
}

/** Frames as a fraction of a second: `3600s`, `1001/30000s`. */
function seconds(frames: number, { numerator, denominator }: FrameRate): string {
  const top = frames * denominator;
  const divisor = gcd(top, numerator);
  return divisor === numerator ? `${top / numerator}s` : `${top / divisor}/${numerator / divisor}s`;
}

/** Escapes the value of an attribute, or the text of an element. XML 1.0 allows a line break only as a reference, and U+FFFE and U+FFFF not at all. */
export const attribute = (text: string): string =>
  text
    .replace(/[\ufffe\uffff]/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
