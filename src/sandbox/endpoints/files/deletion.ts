import { addressOf } from '../../storage/address.ts';
import { removeObject } from '../../storage/objects.ts';
import type { Call, Row } from '../../types.ts';
import type { AssetTable } from './rows.ts';

/** Puts the row into the recycle bin. */
export function moveToBin({ store, user }: Call, table: AssetTable, row: Row): void {
  const who = table === 'files' ? {} : { date_deleted: store.now(), deleted_by_user: user.id };
  store[table].update(String(row.id), { status: 'DELETED', ...who });
}

/** Removes the row and its media for good; with `keep_source` the media stays. */
export function removeForGood({ store, query }: Call, table: AssetTable, row: Row): void {
  if (table !== 'formats' && table !== 'file_sets' && query.keep_source !== true)
    removeObject(store, addressOf(store, row));
  store[table].remove(String(row.id));
}
