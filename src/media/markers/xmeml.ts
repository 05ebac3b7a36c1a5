import { millisecondsToFrame } from '../rate.ts';
import { type Clock, formatTimecode } from '../timecode.ts';
import { type ResolveColor, resolveColor } from './colors.ts';
import { attribute, type FcpxmlOptions } from './fcpxml.ts';
import { type Marker, nameAndNote, oneLine, sortedByTime } from './marker.ts';

/** The marker colors of Premiere Pro as it writes and reads them: alpha, blue, green and red in one number. Green is what has none. */
const PREMIERE = {
  red: 0xff362cd2,
  orange: 0xff246fe9,
  yellow: 0xff2ba1d0,
  green: undefined,
  cyan: 0xffd6f419,
  blue: 0xfffc8d42,
  purple: 0xffb18baf,
  white: 0xffffffff,
} as const;

const NEAREST: Readonly<Record<ResolveColor, keyof typeof PREMIERE>> = {
  Blue: 'blue',
  Cyan: 'cyan',
  Green: 'green',
  Yellow: 'yellow',
  Red: 'red',
  Pink: 'purple',
  Purple: 'purple',
  Fuchsia: 'purple',
  Rose: 'red',
  Lavender: 'purple',
  Sky: 'cyan',
  Mint: 'green',
  Lemon: 'yellow',
  Sand: 'orange',
  Cocoa: 'orange',
  Cream: 'white',
};

/** Not in Apple's DTD: Premiere Pro's own, which others pass over. */
function colorTag({ color }: Marker): string {
  const number = color ? PREMIERE[NEAREST[resolveColor(color)]] : undefined;
  return number === undefined ? '' : `<pproColor>${number}</pproColor>`;
}

/**
 * Writes a sequence in the XML of Final Cut Pro 7 (xmeml 5), which Premiere Pro, Resolve and Media Composer import: no
 * clips, the clip's timecode, and its markers with the colors of Premiere Pro. Frames count from the first one; a point has the end -1.
 */
export function toXmeml(title: string, markers: readonly Marker[], clock: Clock, options: FcpxmlOptions = {}): string {
  const { rate, start } = clock;
  const placed = sortedByTime(markers).map((marker) => ({
    marker,
    first: millisecondsToFrame(marker.start, rate),
    last: millisecondsToFrame(marker.end, rate),
  }));
  const wanted = options.duration === undefined ? 1 : millisecondsToFrame(options.duration, rate);
  const frames = placed.reduce((most, { first, last }) => Math.max(most, first + 1, last), Math.max(1, wanted));
  const timebase = `<rate><timebase>${rate.nominal}</timebase><ntsc>${rate.denominator === 1001 ? 'TRUE' : 'FALSE'}</ntsc></rate>`;
  const elements = placed.map(({ marker, first, last }) => {
    const { name, note: text } = nameAndNote(marker);
    const note = marker.done ? `${text} [done]`.trim() : text;
    return `    <marker><name>${attribute(name)}</name><comment>${attribute(note)}</comment><in>${first}</in><out>${last > first ? last : -1}</out>${colorTag(marker)}</marker>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE xmeml>',
    '<xmeml version="5">',
    '  <sequence>',
    `    <name>${attribute(oneLine(title) || 'Markers')}</name>`,
    `    <duration>${frames}</duration>`,
    `    ${timebase}`,
    `    <timecode>${timebase}<string>${formatTimecode(0, clock)}</string><frame>${start}</frame><displayformat>${rate.drop ? 'DF' : 'NDF'}</displayformat></timecode>`,
    `    <media><video><format><samplecharacteristics>${timebase}<width>${options.width ?? 1920}</width><height>${options.height ?? 1080}</height></samplecharacteristics></format><track/></video></media>`,
    ...elements,
    '  </sequence>',
    '</xmeml>',
    '',
  ].join('\n');
}
