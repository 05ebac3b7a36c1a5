import { millisecondsToFrame } from '../rate.ts';
import { type Clock, framesToTimecode } from '../timecode.ts';
import { resolveColor } from './colors.ts';
import { type Marker, markerName, oneLine, sortedByTime } from './marker.ts';

/**
 * Writes an edit decision list (CMX 3600) with markers in the form of DaVinci Resolve: one event of one frame per marker,
 * then `note |C:colour |M:name |D:frames`. Timecodes are those of the clip. From 1000 events on the numbers get longer. A
 * frame has one event.
 */
export function toEdl(title: string, markers: readonly Marker[], clock: Clock): string {
  const head = [
    `TITLE: ${oneLine(title) || 'Markers'}`,
    `FCM: ${clock.rate.drop ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
    '',
  ];
  const events = placedMarkers(markers, clock).flatMap((placed, index) => event(placed, index + 1, clock));
  return `${[...head, ...events].join('\n')}\n`;
}

/** A marker and the frame of its event, counted from the first frame of the clip. */
interface PlacedMarker {
  readonly marker: Marker;
  readonly frame: number;
  readonly isMoved: boolean;
}

/** Markers by time, each on a frame of its own: Resolve keeps one a frame, so others move to the next free frame. */
function placedMarkers(markers: readonly Marker[], { rate }: Clock): PlacedMarker[] {
  let free = 0;
  return sortedByTime(markers).map((marker) => {
    const meant = millisecondsToFrame(marker.start, rate);
    const frame = Math.max(meant, free);
    free = frame + 1;
    return { marker, frame, isMoved: frame !== meant };
  });
}

/** How many markers `toEdl` moves off their frame. */
export const countMoved = (markers: readonly Marker[], clock: Clock): number =>
  placedMarkers(markers, clock).filter(({ isMoved }) => isMoved).length;

function event({ marker, frame }: PlacedMarker, number: number, { rate, start }: Clock): string[] {
  const frames = Math.max(1, millisecondsToFrame(marker.end, rate) - frame);
  const at = framesToTimecode(start + frame, rate);
  const next = framesToTimecode(start + frame + 1, rate);
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
