import { formatElapsed } from '../timecode.ts';
import { inOrder, type Marker, nameOf, oneLine, someLines } from './marker.ts';

/** How long a marker without a length is shown, in milliseconds. */
const POINT = 2000;

/** SubRip: times from the first frame, the author before the text. SRT has no escape, so an arrow loses a dash. */
export function toSrt(markers: readonly Marker[]): string {
  return inOrder(markers)
    .map((marker, index) => {
      const said = someLines(marker.author ? `${oneLine(marker.author)}: ${marker.text}` : marker.text);
      const text = (said || nameOf(marker)).replace(/-+>/g, '->');
      return `${index + 1}\n${cueTimes(marker, ',')}\n${text}\n`;
    })
    .join('\n');
}

/** WebVTT (W3C): times from the first frame, the author as the voice. */
export function toVtt(markers: readonly Marker[]): string {
  const cues = inOrder(markers).map((marker, index) => {
    const voice = marker.author ? `<v ${escaped(oneLine(marker.author))}>` : '';
    return `${index + 1}\n${cueTimes(marker, '.')}\n${voice}${escaped(someLines(marker.text) || nameOf(marker))}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

function cueTimes({ start, end }: Marker, separator: string): string {
  const last = end > start ? end : start + POINT;
  return `${formatElapsed(start, separator)} --> ${formatElapsed(last, separator)}`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
