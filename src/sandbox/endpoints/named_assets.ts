import { type Call, Refusal, type Row } from '../types.ts';
import { textsOf } from '../values.ts';
import { objectsIn } from './collection_tree.ts';
import { rowOr404 } from './common.ts';

/** The assets that a body with `object_type` and `object_ids` names: themselves, or in collections at any depth. */
export function assetsNamed({ store, body }: Call): Row[] {
  const ids = textsOf(body.object_ids);
  if (body.object_type === 'assets') return ids.map((id) => rowOr404(store.assets, id, 'Asset'));
  if (body.object_type !== 'collections') throw new Refusal(400, `sandbox: ${body.object_type} cannot be named here`);
  const inside = ids.flatMap((id) => objectsIn(store, rowOr404(store.collections, id, 'Collection').id, true).assets);
  return [...new Set(inside)].filter((asset) => asset.status !== 'DELETED');
}
