import { millisecondsToFrame } from '../rate.ts';
import { type Clock, formatTimecode } from '../timecode.ts';
import { attribute, type FcpxmlOptions } from './fcpxml.ts';
import { type Marker, nameAndNote, oneLine, sortedByTime } from './marker.ts';

/**
 * Writes a sequence in the XML of Final Cut Pro 7 (xmeml 5), which Premiere Pro, Resolve and Media Composer import: no
 * clips, the clip's timecode, and its markers. Frames count from the first one; a point has the end -1.
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
    const { name, note } = nameAndNote(marker);
    return `    <marker><name>${attribute(name)}</name><comment>${attribute(note)}</comment><in>${first}</in><out>${last > first ? last : -1}</out></marker>`;
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
