import { ids } from './ids.ts';
import type { Archive, Made } from './types.ts';

/** One turn of a conversation. */
export type Turn = readonly [speaker: number, text: string];

export interface Speech {
  readonly id: string;
  readonly version: string;
  readonly language: string;
  /** The time range of the turns, in milliseconds of the asset. */
  readonly from: number;
  readonly to: number;
  readonly turns: readonly Turn[];
  /** Names by speaker number. */
  readonly speakers?: Readonly<Record<number, string>>;
  /** Date and time of the transcription. */
  readonly date?: string;
}

const MAX_MS_PER_LETTER = 75;
/** The largest share of the time range that is speech. */
const SPOKEN_SHARE = 0.9;

/** Adds a transcription: one segment for each turn, a time for each word. */
export function addSpeech(archive: Archive, asset: Made, speech: Speech): void {
  addTurns(archive, asset, speech);
  const { id, version, language, speakers } = speech;
  archive.world.transcriptions.push({
    id,
    asset_id: asset.id,
    version_id: version,
    language,
    speaker_labels: speakers ? { ...speakers } : null,
    system_domain_id: ids.domain,
  });
  const versions = archive.world.assets.find((row) => row.id === asset.id)?.versions;
  for (const row of Array.isArray(versions) ? versions : [])
    if (row.id === version) {
      row.transcribe_status = 'DONE';
      row.transcribed_languages = [...new Set([...row.transcribed_languages, language])];
    }
}

const DATE = '2025-05-28T08:00:00.000000+00:00';

function addTurns({ world, random, relativeWords }: Archive, asset: Made, speech: Speech): void {
  const { id, version, from, to, turns, date = DATE } = speech;
  const lengths = turns.map(([, text]) => text.length + text.split(' ').length * 2);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const perLetter = Math.min(MAX_MS_PER_LETTER, ((to - from) * SPOKEN_SHARE) / total);
  const pause = Math.floor((to - from - total * perLetter) / turns.length);
  let at = from;
  for (const [speaker, text] of turns) {
    const start = at;
    const zero = relativeWords ? start : 0;
    const words = text.split(' ').map((value) => {
      const end = at + Math.floor(value.length * perLetter);
      const word = { start_ms: at - zero, end_ms: end - zero, value, score: random.int(82, 99) / 100 };
      at = end + Math.floor(2 * perLetter);
      return word;
    });
    const end = zero + (words.at(-1)?.end_ms ?? 0);
    world.segments.push({
      id: random.id(),
      asset_id: asset.id,
      version_id: version,
      segment_type: 'TRANSCRIPTION',
      segment_text: text,
      time_start_milliseconds: start,
      time_end_milliseconds: end,
      transcription_id: id,
      transcription: { speaker, words },
      status: 'ACTIVE',
      segment_checked: false,
      date_created: date,
      date_modified: date,
    });
    at = end + pause;
  }
}
