import { millisecondsToFrame } from '../rate.ts';
import { writeCsv } from '../sheet.ts';
import { type Clock, framesToTimecode } from '../timecode.ts';
import { resolveColor } from './colors.ts';
import { type Marker, markerName, nonEmptyLines, oneLine, sortedByTime } from './marker.ts';

const HEADERS =
  '#,Reel,Match,V,C,Dur,Source In,Source Out,Record In,Record Out,Name,Comments,Source Start,Source End,Source Duration,Codec,Source FPS,Resolution,Color,Notes,EDL Clip Name,Marker Keywords'.split(
    ',',
  );

/**
 * Writes markers as DaVinci Resolve exports the edit index of a timeline that shows its markers: one row a marker, record
 * timecodes of the clip, the out being the frame behind it, and the columns of edits empty.
 */
export function toResolveIndex(markers: readonly Marker[], { rate, start }: Clock): string {
  const rows = sortedByTime(markers).map((marker, index) => {
    const first = millisecondsToFrame(marker.start, rate);
    const frames = Math.max(1, millisecondsToFrame(marker.end, rate) - first);
    const filled: Readonly<Record<string, string | number>> = {
      '#': index + 1,
      Dur: frames,
      'Record In': framesToTimecode(start + first, rate),
      'Record Out': framesToTimecode(start + first + frames, rate),
      Name: markerName(marker),
      Color: resolveColor(marker.color),
      Notes: noteOf(marker),
    };
    return HEADERS.map((header) => filled[header] ?? '');
  });
  return writeCsv([HEADERS, ...rows]);
}

/** The text, signed where the name does not say by whom, and whether it is done. */
function noteOf({ name, author, text, done }: Marker): string {
  const signed = name && author ? `${oneLine(author)}: ${text}` : text;
  return nonEmptyLines(done ? `${signed} [done]` : signed);
}
