import type { Row } from '../../types.ts';
import { stamp } from '../build/archive.ts';
import { ids } from '../build/ids.ts';
import { jobRow } from '../build/jobs.ts';
import type { Archive, Made } from '../build/types.ts';
import { who } from './people.ts';

export interface JobSpec {
  readonly id?: string;
  readonly type: string;
  readonly status: string;
  /** Title of the asset. */
  readonly on: string;
  /** Hours before the world's last morning. */
  readonly age: number;
  readonly progress?: number;
  readonly priority?: number;
  /** The step that failed or waits, and the reason. */
  readonly cause?: readonly [step: string, reason: string];
  readonly by?: string;
  readonly more?: Row;
}

const LAST_MORNING = Date.UTC(2026, 10, 20, 8);
export const TRANSCODER_OFFLINE = 'Edge transcoder lisbon-edge-1 has been offline since 2026-11-18 21:04 UTC';
const TOKEN_REFUSED = 'Storage "Second copies" refused the authorization token (401)';
export const SOURCE_MISSING = 'Source file is missing on storage "Lisbon SAN"';
export const CODEC_UNKNOWN = 'No decoder for codec id 0x4d4a3263 in stream 0';
const STEPS: Readonly<Record<string, readonly string[]>> = {
  TRANSCODE: ['Read source', 'Transcode proxy', 'Create keyframes', 'Upload'],
  TRANSFER: ['Read source', 'Copy', 'Verify checksum'],
  ARCHIVE: ['Copy to archive', 'Verify checksum', 'Remove original'],
  RESTORE: ['Request from archive', 'Copy', 'Verify checksum'],
  TRANSCRIPTION: ['Extract audio', 'Recognise speech', 'Write segments'],
};
const FINAL = ['FINISHED', 'FINISHED_WITH_WARNING', 'FAILED', 'ABORTED', 'SKIPPED'];

const episode = (number: number): string => `The Breakwater, episode ${number}, master`;
const INTERVIEW = 'Interview Jordan Reyes, Lisbon';
const MATCH = 'Matchday 12, Harbour City v Northgate, full match';
const CAMERA = 'Matchday 12, clean feed camera 2';
const SURGE = 'Storm surge on the promenade, viewer video';

const SPECS: readonly JobSpec[] = [
  { id: ids.runningJob, type: 'TRANSCODE', status: 'STARTED', on: episode(1), age: 0.4, progress: 62 },
  {
    id: ids.failedJob,
    type: 'TRANSCODE',
    status: 'FAILED',
    on: SURGE,
    age: 26,
    progress: 10,
    cause: ['Transcode proxy', CODEC_UNKNOWN],
  },
  { type: 'TRANSCODE', status: 'FAILED', on: CAMERA, age: 31, cause: ['Read source', SOURCE_MISSING] },
  {
    type: 'TRANSCODE',
    status: 'WAITING',
    on: episode(2),
    age: 35,
    cause: ['Transcode proxy', TRANSCODER_OFFLINE],
    priority: 7,
  },
  { type: 'TRANSCODE', status: 'WAITING', on: episode(3), age: 34.5, cause: ['Transcode proxy', TRANSCODER_OFFLINE] },
  {
    type: 'TRANSCODE',
    status: 'WAITING',
    on: 'Regatta, 1971',
    age: 20,
    cause: ['Transcode proxy', TRANSCODER_OFFLINE],
  },
  { type: 'TRANSCODE', status: 'READY', on: episode(4), age: 5 },
  { type: 'TRANSCODE', status: 'READY', on: episode(5), age: 4.9, priority: 9 },
  { type: 'TRANSCODE', status: 'PAUSED', on: MATCH, age: 52, progress: 44, by: who.tomOkafor },
  {
    type: 'TRANSCODE',
    status: 'ABORT_PENDING',
    on: 'Season trailer 2025',
    age: 1.2,
    progress: 80,
    by: who.maria,
  },
  { type: 'TRANSFER', status: 'FAILED', on: 'Drone, Old Harbour at sunrise', age: 12, cause: ['Copy', TOKEN_REFUSED] },
  { type: 'TRANSFER', status: 'STARTED', on: MATCH, age: 0.8, progress: 23 },
  { type: 'ARCHIVE', status: 'FINISHED', on: 'Fish market at dawn, 1968', age: 700 },
  {
    type: 'ARCHIVE',
    status: 'FAILED',
    on: 'Matchday 3 2023, full match, 4:1',
    age: 90,
    cause: ['Verify checksum', 'Checksum differs after copy'],
  },
  { type: 'RESTORE', status: 'STARTED', on: 'Jordan Reyes, signing day', age: 3, progress: 5 },
  { type: 'RESTORE', status: 'FINISHED', on: 'Launch of the ferry Santa Luzia, 1962', age: 480 },
  { type: 'TRANSCRIPTION', status: 'FINISHED', on: INTERVIEW, age: 13_000 },
  {
    type: 'TRANSCRIPTION',
    status: 'FINISHED_WITH_WARNING',
    on: 'Conferência de imprensa, Alvorada FC',
    age: 300,
    more: { message: 'Speaker count was estimated' },
  },
  {
    type: 'ANALYZE',
    status: 'SKIPPED',
    on: 'Harbour chart, 1889',
    age: 200,
    more: { message: 'Nothing to analyze' },
  },
  { type: 'EXPORT', status: 'ABORTED', on: episode(5), age: 150, by: who.tomBecker },
  { type: 'MEDIAINFO', status: 'FINISHED', on: SURGE, age: 27 },
  { type: 'KEYFRAMES', status: 'FINISHED', on: MATCH, age: 13_800 },
  { type: 'CUSTOM', status: 'STARTED', on: MATCH, age: 2, progress: 50, more: { custom_type: 'subtitle-burn-in' } },
];

/** Adds jobs of every status; failed and waiting ones say why. */
export function addJobs(archive: Archive, made: ReadonlyMap<string, Made>): void {
  for (const spec of SPECS) {
    const asset = made.get(spec.on);
    if (!asset) throw new Error(`sandbox: no asset "${spec.on}" for a job`);
    addJob(archive, spec, asset.id);
  }
}

export function addJob(archive: Archive, spec: JobSpec, asset: string): void {
  archive.world.jobs.push(rowOf(archive, spec, asset));
}

function rowOf({ random }: Archive, spec: JobSpec, asset: string): Row {
  const created = LAST_MORNING - spec.age * 3_600_000;
  const final = FINAL.includes(spec.status);
  const waiting = spec.status === 'READY' || spec.status === 'WAITING';
  const ended = stamp(Math.min(LAST_MORNING, created + 1_500_000));
  const finished = spec.status.startsWith('FINISHED');
  const progress = finished ? 100 : (spec.progress ?? 0);
  const action = { url: '/API/jobs/v1/jobs/state/', bulk: true };
  const failed = spec.status === 'FAILED' && spec.cause;
  return jobRow(asset, {
    id: spec.id ?? random.id(),
    title: `${spec.type.charAt(0)}${spec.type.slice(1).toLowerCase()}: ${spec.on}`,
    type: spec.type,
    status: spec.status,
    priority: spec.priority ?? 5,
    progress,
    progress_processed: progress,
    progress_total: 100,
    created_by: spec.by ?? ids.me,
    date_created: stamp(created),
    date_modified: final ? ended : stamp(Math.min(LAST_MORNING, created + 600_000)),
    ...(!waiting && { started_at: stamp(created + 20_000) }),
    ...(final && { completed_at: ended }),
    message: spec.cause && !failed ? spec.cause[1] : '',
    error_message: failed ? failed[1] : '',
    action_context: final ? (failed ? { RESTART: action } : {}) : { ABORT: action, CHANGE_PRIORITY: action },
    steps: stepsOf(spec, finished, random.id),
    ...spec.more,
  });
}

function stepsOf(spec: JobSpec, finished: boolean, newId: () => string): Row[] {
  const labels = STEPS[spec.type] ?? ['Work'];
  const halted = spec.cause ? labels.indexOf(spec.cause[0]) : Math.floor(((spec.progress ?? 0) / 100) * labels.length);
  const idle = ['ABORTED', 'SKIPPED'].includes(spec.status) ? 'SKIPPED' : 'WAITING';
  return labels.map((label, index) => {
    const base = { id: newId(), label, message: null, error_message: null };
    if (finished || index < halted) return { ...base, status: 'DONE' };
    if (index > halted) return { ...base, status: idle };
    if (spec.status === 'FAILED') return { ...base, status: 'FAILED', error_message: spec.cause?.[1] ?? null };
    if (spec.cause) return { ...base, status: 'WAITING', message: spec.cause[1] };
    return { ...base, status: spec.status === 'STARTED' ? 'IN_PROGRESS' : idle };
  });
}
