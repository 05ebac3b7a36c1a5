import { millisecondsToFrame } from '../rate.ts';
import { type Clock, formatTimecode } from '../timecode.ts';
import { type ResolveColor, resolveColor } from './colors.ts';
import { type Marker, markerName, oneLine, sortedByTime } from './marker.ts';

/** The eight colours that every release of Media Composer knows. */
const AVID: Readonly<Record<ResolveColor, string>> = {
  Blue: 'blue',
  Cyan: 'cyan',
  Green: 'green',
  Yellow: 'yellow',
  Red: 'red',
  Pink: 'magenta',
  Purple: 'magenta',
  Fuchsia: 'magenta',
  Rose: 'red',
  Lavender: 'blue',
  Sky: 'cyan',
  Mint: 'green',
  Lemon: 'yellow',
  Sand: 'yellow',
  Cocoa: 'black',
  Cream: 'white',
};

/**
 * Writes the marker list that Media Composer imports as text: author, timecode, track, colour, comment and length in
 * frames, tabs between them, one line a marker and no headers.
 */
export function toAvidMarkers(markers: readonly Marker[], clock: Clock): string {
  const lines = sortedByTime(markers).map((marker) => {
    const first = millisecondsToFrame(marker.start, clock.rate);
    const frames = Math.max(1, millisecondsToFrame(marker.end, clock.rate) - first);
    const words = oneLine([marker.name, marker.text].filter(Boolean).join(': '));
    const text = marker.done ? `${words} [done]` : words;
    const cells = [
      marker.author ? oneLine(marker.author) : markerName(marker),
      formatTimecode(marker.start, clock),
      'V1',
      AVID[resolveColor(marker.color)],
      text || markerName(marker),
      String(frames),
    ];
    return cells.join('\t');
  });
  return lines.map((line) => `${line}\r\n`).join('');
}
