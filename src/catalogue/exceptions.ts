import type { Judgement } from './types.ts';

/** What is true of one operation and no rule of `rules.ts` says, with the reason. */
export interface Exception extends Partial<Omit<Judgement, 'access' | 'outbound' | 'refuse'>> {
  readonly of: string;
  readonly because: string;
}

/** One entry an operation; what fits several is a rule. `test/catalogue/classes.test.ts` holds all of them. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    of: 'POST /assets/v1/playlists/{playlist_id}/keyframes/',
    effect: 'update',
    because: 'It picks pictures of a playlist that is there; nothing is made.',
  },
  {
    of: 'PUT /metadata/v1/{object_type}/{object_id}/',
    asks: true,
    because: 'Without a view nothing is validated, and values are written even for objects that do not exist.',
  },
  {
    of: 'PATCH /jobs/v1/jobs/',
    asks: true,
    byFilter: true,
    because: 'It changes all jobs that fit a filter.',
  },
  {
    of: 'DELETE /jobs/v1/jobs/',
    byFilter: true,
    because: 'It deletes all jobs that fit a filter, and its body is optional.',
  },
  {
    of: 'DELETE /search/v1/views/',
    byFilter: true,
    because: 'Its body is optional: without ids it would delete all views.',
  },
  {
    of: 'POST /ml/v1/face_recognition/persons/{person_id}/confirm_person/',
    asks: true,
    because: 'Without versions it confirms all appearances of a person at once.',
  },
  {
    of: 'POST /assets/v1/delete_queue/assets/restore/all/',
    asks: true,
    because: 'It brings everything in the bin back.',
  },
  {
    of: 'POST /assets/v1/delete_queue/collections/restore/all/',
    asks: true,
    because: 'It brings everything in the bin back.',
  },
  {
    of: 'DELETE /transcode/v1/storages/{storage_id}/',
    asks: true,
    because: 'It cancels all transcodes of a storage.',
  },
];
