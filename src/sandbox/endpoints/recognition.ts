import { between, defaulting, flag, listOf, nullable, oneOf, required, text, uuid } from '../fields.ts';
import { may } from '../permissions.ts';
import { type Call, type Endpoint, type Fields, Refusal, type Reply, type Row } from '../types.ts';
import { rowsOf, textsOf } from '../values.ts';
import { assetOf, created, latestVersion, startJob } from './common.ts';
import { assetsNamed } from './named_assets.ts';

const BASE = '/API/transcode/v1/';
const CAN_TRANSCRIBE = ['can_transcribe_content'];

const speech: Fields = {
  engine: nullable(text),
  force: defaulting(flag, false),
  language: nullable(text),
  profile_id: uuid,
  speakers: nullable(between(1, 100)),
  summary: nullable(flag),
  topics_extraction: defaulting(flag, true),
  translate_languages: nullable(listOf(text)),
};
const named: Fields = {
  object_ids: required(listOf(uuid, { minItems: 1, maxItems: 500 })),
  object_type: required(oneOf('assets', 'collections', 'saved_searches')),
};

const isAbout = (store: Call['store'], asset: Row, type: string): boolean =>
  store.formats
    .where('asset_id', asset.id)
    .some((format) => rowsOf(format.components).some((component) => component.type === type));

/** Sets a state of the asset and of its latest version. */
function setState({ store }: Call, id: unknown, changes: Row, ofVersion: Row = changes): void {
  const asset = store.assets.get(String(id));
  if (!asset) return;
  const latest = latestVersion(asset)?.id;
  const versions = rowsOf(asset.versions).map((row) => (row.id === latest ? { ...row, ...ofVersion } : row));
  store.assets.update(String(id), { ...changes, versions });
}

/** What speech recognition hears in every asset of the sandbox. */
const linesOf = ({ title }: Row): readonly string[] => [
  `This is about ${title}.`,
  'We recorded it here at the harbour this morning.',
  'That is all for now, thank you very much.',
];
const LINE_MS = 4_000;

function addTranscript(call: Call, asset: Row): void {
  const { store, hard, body, user } = call;
  const language = String(body.language ?? 'en');
  const version = latestVersion(asset);
  const id = store.newId();
  const domain = user.system_domain_id;
  const own = { asset_id: asset.id, version_id: version?.id };
  store.transcriptions.insert({ id, ...own, language, speaker_labels: null, system_domain_id: domain });
  for (const [index, line] of linesOf(asset).entries()) {
    const [start, date] = [index * LINE_MS, store.now()];
    const words = line.split(' ');
    const step = Math.floor(LINE_MS / (words.length + 1));
    const zero = hard.relativeWords ? 0 : start;
    store.segments.insert({
      id: store.newId(),
      ...own,
      segment_type: 'TRANSCRIPTION',
      segment_text: line,
      time_start_milliseconds: start,
      time_end_milliseconds: start + step * words.length,
      transcription_id: id,
      transcription: {
        speaker: 0,
        words: words.map((value, at) => ({
          start_ms: zero + at * step,
          end_ms: zero + (at + 1) * step,
          value,
          score: 0.9,
        })),
      },
      status: 'ACTIVE',
      segment_checked: false,
      date_created: date,
      date_modified: date,
    });
  }
  const languages = [...new Set([...textsOf(version?.transcribed_languages), language])];
  setState(call, asset.id, {}, { transcribe_status: 'DONE', transcribed_languages: languages });
}

/** Without `force`, what has a transcript in the language is left out. */
function isTranscribed(asset: Row, { force, language }: Row): boolean {
  if (force === true) return false;
  const done = textsOf(latestVersion(asset)?.transcribed_languages);
  return typeof language === 'string' ? done.includes(language) : done.length > 0;
}

/** Starts a job that works on the assets one after the other. */
function begin(call: Call, type: string, title: string, assets: readonly Row[], work: (asset: Row) => void): Reply {
  const pieces = Math.max(1, assets.length);
  const job = startJob(
    call,
    type,
    title,
    pieces,
    (piece) => {
      // What it was when the job began may have changed.
      const asset = call.store.assets.get(String(assets[piece]?.id));
      if (asset) work(asset);
    },
    pieces,
  );
  const related = assets.map(({ id }) => ({ object_id: id, object_type: 'assets' }));
  const [only] = assets.length === 1 ? related : [];
  call.store.jobs.update(String(job.id), { related_objects: related, ...only });
  return created(job);
}

function transcribe(call: Call, assets: readonly Row[]): Reply {
  for (const { id } of assets) setState(call, id, {}, { transcribe_status: 'REQUESTED' });
  const title = assets.length === 1 ? `Transcribe ${assets[0]?.title}` : `Transcribe ${assets.length} assets`;
  return begin(call, 'TRANSCRIPTION', title, assets, (asset) => addTranscript(call, asset));
}

function transcribeOne(call: Call): Reply {
  const asset = assetOf(call);
  if (!isAbout(call.store, asset, 'AUDIO')) throw new Refusal(400, 'The asset has no sound to transcribe');
  if (isTranscribed(asset, call.body)) throw new Refusal(400, 'The asset has a transcription; use force');
  return transcribe(call, [asset]);
}

const writable = (call: Call): Row[] => assetsNamed(call).filter(({ id }) => may(call.store, 'write', 'assets', id));

function transcribeMany(call: Call): Reply {
  const wanted = writable(call).filter(
    (asset) => isAbout(call.store, asset, 'AUDIO') && !isTranscribed(asset, call.body),
  );
  return transcribe(call, wanted);
}

/** Words of a title that make tags. */
const tagsOf = ({ title }: Row): string[] =>
  [
    ...new Set(
      String(title)
        .toLowerCase()
        .match(/\p{L}{5,}/gu) ?? [],
    ),
  ].slice(0, 3);

function addTags(call: Call, asset: Row): void {
  const { store, body } = call;
  const version = latestVersion(asset)?.id;
  const tags = store.segments.where('asset_id', asset.id).filter((row) => row.segment_type === 'TAG');
  if (body.force_type !== 'APPEND') for (const { id } of tags) store.segments.remove(String(id));
  for (const tag of tagsOf(asset)) {
    const date = store.now();
    store.segments.insert({
      id: store.newId(),
      asset_id: asset.id,
      version_id: version,
      segment_type: 'TAG',
      segment_text: tag,
      time_start_milliseconds: 0,
      time_end_milliseconds: LINE_MS,
      status: 'ACTIVE',
      segment_checked: false,
      date_created: date,
      date_modified: date,
    });
  }
  setState(call, asset.id, { analyze_status: 'DONE' });
}

/** Without `force`, what was analyzed is left out. */
function analyzeMany(call: Call): Reply {
  const { store, body } = call;
  const wanted = writable(call).filter(
    (asset) =>
      (isAbout(store, asset, 'VIDEO') || isAbout(store, asset, 'IMAGE')) &&
      (body.force === true || asset.analyze_status !== 'DONE'),
  );
  for (const { id } of wanted) setState(call, id, { analyze_status: 'REQUESTED' });
  return begin(call, 'ANALYZE', `Analyze ${wanted.length} assets`, wanted, (asset) => addTags(call, asset));
}

/** Speech and pictures that a service outside recognizes: transcripts and tags appear in the background. */
export const recognitionEndpoints: readonly Endpoint[] = [
  {
    route: `POST ${BASE}transcribe/assets/{asset_id}/profiles/default/`,
    roles: CAN_TRANSCRIBE,
    body: speech,
    handle: transcribeOne,
  },
  {
    route: `POST ${BASE}transcribe/bulk/`,
    roles: CAN_TRANSCRIBE,
    body: { ...speech, ...named },
    handle: transcribeMany,
  },
  {
    route: `POST ${BASE}analyze/bulk/`,
    roles: ['can_analyze_content'],
    body: {
      force: defaulting(flag, false),
      force_type: defaulting(nullable(oneOf('APPEND', 'OVERWRITE')), 'OVERWRITE'),
      profile_id: uuid,
      ...named,
    },
    handle: analyzeMany,
  },
];
