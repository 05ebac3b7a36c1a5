import { millisecondsToFrame } from '../rate.ts';
import { type Clock, framesToTimecode } from '../timecode.ts';
import { resolveColor } from './colors.ts';
import { inOrder, type Marker, nameOf, oneLine } from './marker.ts';

/**
 * An edit decision list (CMX 3600) with markers as DaVinci Resolve writes and reads them: an event of one frame each, then
 * `note |C:colour |M:name |D:frames`. Timecodes are those of the clip. Beyond 999 events the numbers get longer.
 */
export function toEdl(title: string, markers: readonly Marker[], clock: Clock): string {
  const head = [
    `TITLE: ${oneLine(title) || 'Markers'}`,
    `FCM: ${clock.rate.drop ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
    '',
  ];
  const events = inOrder(markers).flatMap((marker, index) => event(marker, index + 1, clock));
  return `${[...head, ...events].join('\n')}\n`;
}

function event(marker: Marker, number: number, { rate, start }: Clock): string[] {
  const first = millisecondsToFrame(marker.start, rate);
  const frames = Math.max(1, millisecondsToFrame(marker.end, rate) - first);
  const at = framesToTimecode(start + first, rate);
  const next = framesToTimecode(start + first + 1, rate);
  const tags = `|C:ResolveColor${resolveColor(marker.color)} |M:${field(nameOf(marker))} |D:${frames}`;
  return [
    `${String(number).padStart(3, '0')}  001      V     C        ${at} ${next} ${at} ${next}  `,
    `${note(marker)} ${tags}`,
    '',
  ];
}

function note({ name, author, text, done }: Marker): string {
  const signed = name && author ? `${author}: ${text}` : text;
  const written = field(done ? `${signed} [done]` : signed);
  // Resolve takes a line that begins like an event or a statement of the list for one: "2. door", "FCM: …".
  return /^\p{L}/u.test(written) && !/^[A-Z][A-Z0-9_]+\b/.test(written) ? written : written && `- ${written}`;
}

/** A bar would begin the next tag. */
const field = (text: string): string => oneLine(text).replaceAll('|', '/');
