import { gcd, millisecondsToFrame, type Rate } from '../rate.ts';
import type { Clock } from '../timecode.ts';
import { inOrder, type Marker, nameOf, oneLine, someLines } from './marker.ts';

export interface FcpxmlOptions {
  /** Milliseconds. Markers beyond it make the sequence longer. */
  readonly duration?: number | undefined;
  /** Pixels. Default 1920 by 1080. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/**
 * Final Cut Pro XML 1.10 (Apple's DTD): a sequence with the clip's timecode and a gap that carries the markers. What can be
 * ticked off becomes a to-do marker. Times are exact fractions of a second, on frames.
 */
export function toFcpxml(
  title: string,
  markers: readonly Marker[],
  { rate, start }: Clock,
  options: FcpxmlOptions = {},
): string {
  const placed = inOrder(markers).map((marker) => place(marker, rate));
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
  /** Frames from the first one of the file, and how many. */
  readonly first: number;
  readonly length: number;
}

function place(marker: Marker, rate: Rate): Placed {
  const first = millisecondsToFrame(marker.start, rate);
  return { marker, first, length: Math.max(1, millisecondsToFrame(marker.end, rate) - first) };
}

function element({ marker, first, length }: Placed, start: number, rate: Rate): string {
  const text = someLines(marker.text);
  const value = oneLine(marker.name || text) || nameOf(marker);
  const note = [marker.author && oneLine(marker.author), marker.name && text].filter(Boolean).join('\n');
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

/** Frames as the fraction of a second that FCPXML wants: `3600s`, `1001/30000s`. */
function seconds(frames: number, { numerator, denominator }: Rate): string {
  const top = frames * denominator;
  const divisor = gcd(top, numerator);
  return divisor === numerator ? `${top / numerator}s` : `${top / divisor}/${numerator / divisor}s`;
}

/** Attributes take a line break as a character reference only, and two characters not at all (XML 1.0). */
const attribute = (text: string): string =>
  text
    .replace(/[\ufffe\uffff]/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
