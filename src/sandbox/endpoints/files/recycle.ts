import { addressOf } from '../../storage/address.ts';
import { markAbsent } from '../../storage/objects.ts';
import type { Call, Row } from '../../types.ts';
import type { Noun } from './rows.ts';

/** Puts the row into the recycle bin. */
export function recycled({ store, user }: Call, noun: Noun, row: Row): void {
  const who = noun === 'files' ? {} : { date_deleted: store.now(), deleted_by_user: user.id };
  store[noun].update(String(row.id), { status: 'DELETED', ...who });
}

/** Removes the row and its media for good; `keep_source` spares the media. */
export function removed({ store, query }: Call, noun: Noun, row: Row): void {
  if (noun !== 'formats' && noun !== 'file_sets' && query.keep_source !== true)
    markAbsent(store, addressOf(store, row));
  store[noun].remove(String(row.id));
}
