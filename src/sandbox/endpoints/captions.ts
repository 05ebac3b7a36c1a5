import { between } from '../fields.ts';
import type { Call, Endpoint, Reply, Row } from '../types.ts';
import { isRow, rowsOf } from '../values.ts';
import { exportQuery } from './segment_fields.ts';
import { segmentsFor } from './segment_query.ts';

interface Cue {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const cuesOf = (call: Call): Cue[] => segmentsFor(call, call.store).flatMap((segment) => cuesOfSegment(call, segment));

function cuesOfSegment({ query, hard }: Call, segment: Row): Cue[] {
  const wordsPerLine = Number(query.words_per_line ?? 0);
  const start = Number(segment.time_start_milliseconds ?? 0);
  const zero = hard.relativeWords ? start : 0;
  const words = isRow(segment.transcription) ? rowsOf(segment.transcription.words) : [];
  if (wordsPerLine > 0 && words.length > 0) {
    const lines = Array.from({ length: Math.ceil(words.length / wordsPerLine) }, (_, line) =>
      words.slice(line * wordsPerLine, (line + 1) * wordsPerLine),
    );
    return lines.map((line) => ({
      start: zero + Number(line[0]?.start_ms),
      end: zero + Number(line.at(-1)?.end_ms),
      text: line.map((word) => word.value).join(' '),
    }));
  }
  const text = segment.segment_text ?? words.map((word) => word.value).join(' ');
  return text === '' ? [] : [{ start, end: Number(segment.time_end_milliseconds ?? start), text: String(text) }];
}

const clock = (ms: number, point: string): string => {
  const pad = (value: number, width: number): string => String(Math.floor(value)).padStart(width, '0');
  return `${pad(ms / 3_600_000, 2)}:${pad((ms / 60_000) % 60, 2)}:${pad((ms / 1000) % 60, 2)}${point}${pad(ms % 1000, 3)}`;
};

function srt(call: Call): Reply {
  const blocks = cuesOf(call).map(
    (cue, index) => `${index + 1}\n${clock(cue.start, ',')} --> ${clock(cue.end, ',')}\n${cue.text}\n`,
  );
  return { status: 200, text: blocks.join('\n'), headers: { 'content-type': 'text/srt' } };
}

function vtt(call: Call): Reply {
  const blocks = cuesOf(call).map((cue) => `${clock(cue.start, '.')} --> ${clock(cue.end, '.')}\n${cue.text}\n`);
  return { status: 200, text: ['WEBVTT\n', ...blocks].join('\n'), headers: { 'content-type': 'text/vtt' } };
}

const query = { ...exportQuery, words_per_line: between(1, 1000) };

/** Segments as subtitle files. */
export const captionEndpoints: readonly Endpoint[] = [
  { route: 'GET /API/assets/v1/assets/{asset_id}/segments/srt/', roles: ['can_read_segments'], query, handle: srt },
  { route: 'GET /API/assets/v1/assets/{asset_id}/segments/vtt/', roles: ['can_read_segments'], query, handle: vtt },
];
