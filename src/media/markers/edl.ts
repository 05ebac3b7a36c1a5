import { millisecondsToFrame } from '../rate.ts';
import { type Clock, framesToTimecode } from '../timecode.ts';
import { resolveColor } from './colors.ts';
import { type Marker, markerName, oneLine, sortedByTime } from './marker.ts';

/**
 * Writes an edit decision list (CMX 3600) with markers in the form of DaVinci Resolve: one event of one frame per marker,
 * then `note |C:colour |M:name |D:frames`. Timecodes are those of the clip. From 1000 events on the numbers get longer.
 */
export function toEdl(title: string, markers: readonly Marker[], clock: Clock): string {
  const head = [
    `TITLE: ${oneLine(title) || 'Markers'}`,
    `FCM: ${clock.rate.drop ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
    '',
  ];
  const events = sortedByTime(markers).flatMap((marker, index) => event(marker, index + 1, clock));
  return `${[...head, ...events].join('\n')}\n`;
}

function event(marker: Marker, number: number, { rate, start }: Clock): string[] {
  const first = millisecondsToFrame(marker.start, rate);
  const frames = Math.max(1, millisecondsToFrame(marker.end, rate) - first);
  const at = framesToTimecode(start + first, rate);
  const next = framesToTimecode(start + first + 1, rate);
  const tags = `|C:ResolveColor${resolveColor(marker.color)} |M:${field(markerName(marker))} |D:${frames}`;
  return [
    `${String(number).padStart(3, '0')}  001      V     C        ${at} ${next} ${at} ${next}  `,
    `${note(marker)} ${tags}`,
    '',
  ];
}

function note({ name, author, text, done }: Marker): string {
  const signed = name && author ? `${author}: ${text}` : text;
  const written = field(done ? `${signed} [done]` : signed);
  // Resolve would read a line such as "2. door" or "FCM: …" as an event or a statement of the list.
  return /^\p{L}/u.test(written) && !/^[A-Z][A-Z0-9_]+\b/.test(written) ? written : written && `- ${written}`;
}

/** A bar would start the next tag. */
const field = (text: string): string => oneLine(text).replaceAll('|', '/');
