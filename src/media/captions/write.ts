import { formatElapsed } from '../timecode.ts';
import type { Cue } from './cues.ts';

export interface CaptionOptions {
  /** Names by number; without them no speaker is named. */
  readonly speakers?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds added to every time: the start timecode as a time of day. */
  readonly offset?: number | undefined;
}

/** Writes SubRip. A speaker is named before the first caption of a turn. An arrow would end the text, so it loses dashes. */
export function captionsSrt(cues: readonly Cue[], { speakers, offset = 0 }: CaptionOptions = {}): string {
  return cues
    .map((cue, index) => {
      const name = nameOf(cue, cues[index - 1], speakers);
      const text = (name ? [`${name}: ${cue.lines[0]}`, ...cue.lines.slice(1)] : cue.lines).join('\n');
      const safe = text.replace(/-+(>?)/g, (run, arrow: string) => (arrow ? '->' : run));
      return `${index + 1}\n${times(cue, offset, ',')}\n${safe}\n`;
    })
    .join('\n');
}

/** Writes WebVTT (W3C). A speaker is the voice of each caption, which players may show. */
export function captionsVtt(cues: readonly Cue[], { speakers, offset = 0 }: CaptionOptions = {}): string {
  const blocks = cues.map((cue, index) => {
    const name = nameOf(cue, undefined, speakers);
    const voice = name ? `<v ${escaped(name)}>` : '';
    return `${index + 1}\n${times(cue, offset, '.')}\n${voice}${escaped(cue.lines.join('\n'))}\n`;
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}

function nameOf({ speaker }: Cue, before: Cue | undefined, speakers: CaptionOptions['speakers']): string | undefined {
  if (!speakers || speaker === undefined || (before && before.speaker === speaker)) return undefined;
  return Object.hasOwn(speakers, speaker) ? speakers[speaker]?.replace(/\s+/g, ' ') : undefined;
}

const times = ({ start, end }: Cue, offset: number, separator: string): string =>
  `${formatElapsed(start + offset, separator)} --> ${formatElapsed(end + offset, separator)}`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
