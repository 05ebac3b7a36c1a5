import { addAsset } from '../build/asset.ts';
import { largeIds } from '../build/ids.ts';
import { addSpeech } from '../build/speech.ts';
import type { Archive, AssetSpec, Made } from '../build/types.ts';
import { CLIMATE, LONG_SPEAKERS, longEnglish, longFirstDraft, longPortuguese } from '../data/long_text.ts';
import { by, remarker } from '../data/remarks.ts';

const MINUTE_MS = 60_000;

/** An hour of talk: two versions, two languages, and a marker on one mention of the climate. */
export function addLongInterview(archive: Archive): void {
  const asset = addAsset(archive, SPEC);
  addTranscripts(archive, asset);
  markClimate(archive, asset);
}

const [draft, current] = largeIds.longInterviewVersions;
const SPEC: AssetSpec = {
  title: 'Interview Helena Duarte, the long version',
  id: largeIds.longInterview,
  media: 'interview',
  duration: 60 * MINUTE_MS,
  shot: '2026-01-29',
  in: ['interviews', 'storms'],
  by: 'lena',
  keyframesEvery: 60,
  versions: [
    { id: draft, after: 1, by: 'lena' },
    { id: current, after: 9, by: 'maria' },
  ],
  values: {
    description: 'Harbour master and engineer on forty winters, an hour of talk.',
    content_kind: 'interview',
    people_on_camera: ['Helena Duarte', 'Owen Tallis'],
    keywords: ['harbour', 'storm', 'sea wall'],
    shoot_date: '2026-01-29',
    spoken_language: ['en', 'pt'],
    location_name: 'Harbour office',
    rights_clearance: 'cleared',
  },
};

function addTranscripts(archive: Archive, asset: Made): void {
  const speakers = { ...LONG_SPEAKERS };
  const english = { version: current, language: 'en', speakers, from: 5_000 };
  addSpeech(archive, asset, {
    ...english,
    id: largeIds.longTranscriptionDraft,
    version: draft,
    to: 12 * MINUTE_MS,
    turns: longFirstDraft(),
  });
  addSpeech(archive, asset, {
    ...english,
    id: largeIds.longTranscription,
    to: 57 * MINUTE_MS,
    turns: longEnglish(),
  });
  addSpeech(archive, asset, {
    id: largeIds.longTranscriptionPortuguese,
    version: current,
    language: 'pt',
    from: 57 * MINUTE_MS + 5_000,
    to: 60 * MINUTE_MS - 5_000,
    turns: longPortuguese,
    speakers,
  });
}

function markClimate(archive: Archive, asset: Made): void {
  const [, , marked = ''] = Object.values(CLIMATE).map(([, text]) => text);
  const line = archive.world.segments.find(
    ({ segment_text: text, version_id: version }) => text === marked && version === current,
  );
  const [start, end] = [Number(line?.time_start_milliseconds), Number(line?.time_end_milliseconds)];
  remarker(archive, asset, current, '2026-02-12')('MARKER', start, end, 'climate', {
    ...by('lena'),
    id: largeIds.climateMarker,
    segment_color: 'blue',
  });
}
