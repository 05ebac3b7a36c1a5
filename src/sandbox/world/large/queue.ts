import type { Archive, Titled } from '../build/types.ts';
import { addJob, CODEC_UNKNOWN, type JobSpec, SOURCE_MISSING, TRANSCODER_OFFLINE } from '../data/jobs.ts';

const STORAGE_FULL = 'No space left on storage "Harbour proxies": 0 bytes of 20 TB free';
const KEY_EXPIRED = 'Upload to storage "Harbour proxies" was refused (403), the key has expired';

interface Batch extends Pick<JobSpec, 'status' | 'cause' | 'progress'> {
  readonly count: number;
  /** Hours: age of the newest job, and the difference from job to job. */
  readonly age: number;
  readonly step: number;
  readonly type?: string;
}

/** Queued and finished jobs in batches. */
export const QUEUE: readonly Batch[] = [
  { count: 42, status: 'WAITING', age: 30, step: 0.6, cause: ['Transcode proxy', TRANSCODER_OFFLINE] },
  { count: 25, status: 'WAITING', age: 6, step: 0.3, cause: ['Upload', STORAGE_FULL] },
  { count: 37, status: 'READY', age: 0.1, step: 0.08 },
  { count: 4, status: 'STARTED', age: 0.3, step: 0.1, progress: 40 },
  // Stuck: started long ago, no progress since.
  { count: 2, status: 'STARTED', age: 71, step: 2, progress: 12 },
  { count: 3, status: 'PAUSED', age: 20, step: 1, progress: 5 },
  { count: 28, status: 'FAILED', age: 2, step: 1.1, cause: ['Transcode proxy', CODEC_UNKNOWN] },
  { count: 11, status: 'FAILED', age: 5, step: 3, cause: ['Read source', SOURCE_MISSING] },
  { count: 9, status: 'FAILED', age: 40, step: 0.2, cause: ['Upload', KEY_EXPIRED] },
  { count: 150, status: 'FINISHED', age: 1, step: 1.3 },
  { count: 6, status: 'ABORTED', age: 10, step: 9 },
  {
    count: 5,
    status: 'FAILED',
    age: 12,
    step: 2,
    cause: ['Recognise speech', 'No speech found'],
    type: 'TRANSCRIPTION',
  },
];

export function addQueue(archive: Archive, assets: readonly Titled[]): void {
  let next = 0;
  for (const { count, age, step, type = 'TRANSCODE', ...rest } of QUEUE)
    for (let index = 0; index < count; index += 1) {
      const asset = assets[next % assets.length];
      next += 1;
      if (asset) addJob(archive, { ...rest, type, on: asset.title, age: age + index * step }, asset.id);
    }
}
