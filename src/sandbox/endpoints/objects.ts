import { type Call, Refusal, type Row } from '../types.ts';
import { found } from './common.ts';

/** The object of a path with `{object_type}/{object_id}`. */
export function objectOf({ store, path }: Call): Row {
  const { object_type: type, object_id: id } = path;
  if (type === 'assets') return found(store.assets, id, 'Asset');
  if (type === 'collections') return found(store.collections, id, 'Collection');
  throw new Refusal(404, `sandbox: nothing is known of ${type}`);
}
