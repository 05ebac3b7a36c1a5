import type { Archive, Made } from './types.ts';

/** A turn: who speaks, and what is said. */
export type Turn = readonly [speaker: number, text: string];

export interface Speech {
  readonly id: string;
  readonly version: string;
  readonly language: string;
  /** Milliseconds of the asset that the turns are spread over. */
  readonly from: number;
  readonly to: number;
  readonly turns: readonly Turn[];
  /** Names by speaker number; without them the speakers stay numbers. */
  readonly speakers?: Readonly<Record<number, string>>;
}

/** Writes a transcription: one segment a turn, every word timed. */
export function addSpeech({ world, random }: Archive, asset: Made, speech: Speech): void {
  const lengths = speech.turns.map(([, text]) => text.length + text.split(' ').length * 2);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  // Nobody speaks for more than nine tenths of the time, and nobody slower than 75 ms a letter.
  const perLetter = Math.min(75, ((speech.to - speech.from) * 0.9) / total);
  const pause = Math.floor((speech.to - speech.from - total * perLetter) / speech.turns.length);
  let at = speech.from;
  for (const [speaker, text] of speech.turns) {
    const start = at;
    const words = text.split(' ').map((value) => {
      const word = { start_ms: at, end_ms: at + Math.floor(value.length * perLetter), value, score: score() };
      at = word.end_ms + Math.floor(2 * perLetter);
      return word;
    });
    const end = words.at(-1)?.end_ms ?? start;
    world.segments.push({
      id: random.id(),
      asset_id: asset.id,
      version_id: speech.version,
      segment_type: 'TRANSCRIPTION',
      segment_text: text,
      time_start_milliseconds: start,
      time_end_milliseconds: end,
      transcription_id: speech.id,
      transcription: { speaker, words },
      status: 'ACTIVE',
      segment_checked: false,
      date_created: '2025-05-28T08:00:00.000000+00:00',
      date_modified: '2025-05-28T08:00:00.000000+00:00',
    });
    at = end + pause;
  }
  world.transcriptions.push({
    id: speech.id,
    asset_id: asset.id,
    version_id: speech.version,
    language: speech.language,
    speaker_labels: { ...speech.speakers },
  });
  const row = world.assets.find(({ id }) => id === asset.id);
  const versions = row?.versions;
  for (const version of Array.isArray(versions) ? versions : [])
    if (version.id === speech.version) {
      version.transcribe_status = 'DONE';
      version.transcribed_languages = [...version.transcribed_languages, speech.language];
    }

  function score(): number {
    return random.int(82, 99) / 100;
  }
}
