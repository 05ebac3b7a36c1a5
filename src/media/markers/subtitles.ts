import { formatElapsed } from '../timecode.ts';
import { type Marker, markerName, nonEmptyLines, oneLine, sortedByTime } from './marker.ts';

/** How long a marker without duration is shown, in milliseconds. */
const POINT_DURATION = 2000;

/** Writes SubRip: times from the first frame, the author before the text. An arrow would end the text, so it loses dashes. */
export function toSrt(markers: readonly Marker[]): string {
  return sortedByTime(markers)
    .map((marker, index) => {
      const words = nonEmptyLines(marker.author ? `${oneLine(marker.author)}: ${marker.text}` : marker.text);
      const text = (words || markerName(marker)).replace(/-+(>?)/g, (run, arrow: string) => (arrow ? '->' : run));
      return `${index + 1}\n${cueTimes(marker, ',')}\n${text}\n`;
    })
    .join('\n');
}

/** Writes WebVTT (W3C): times from the first frame, the author as the voice. */
export function toVtt(markers: readonly Marker[]): string {
  const cues = sortedByTime(markers).map((marker, index) => {
    const voice = marker.author ? `<v ${escaped(oneLine(marker.author))}>` : '';
    return `${index + 1}\n${cueTimes(marker, '.')}\n${voice}${escaped(nonEmptyLines(marker.text) || markerName(marker))}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

function cueTimes({ start, end }: Marker, separator: string): string {
  const last = end > start ? end : start + POINT_DURATION;
  return `${formatElapsed(start, separator)} --> ${formatElapsed(last, separator)}`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
