import { text, uuid } from '../fields.ts';
import { sortRows } from '../paging.ts';
import { type Call, type Endpoint, Refusal, type Reply, type Row } from '../types.ts';
import { contentsOf } from './collection_tree.ts';
import { accepted, BACKGROUND_MS, ok, rowOr404 } from './common.ts';

const CONTENTS = '/API/assets/v1/collections/{collection_id}/contents/';
const roles = ['can_write_collections'];

const collectionOf = ({ store, path }: Call): Row => rowOr404(store.collections, path.collection_id, 'Collection');

function number({ store }: Call, contents: readonly Row[]): void {
  for (const [position, { id }] of contents.entries()) store.contents.update(String(id), { position });
}

/** Gives the collection a custom order, which starts as the requested sort. */
function enable(call: Call): Reply {
  const { store, body } = call;
  const { id } = collectionOf(call);
  store.collections.update(String(id), { custom_order_status: 'ENABLING' });
  store.later(BACKGROUND_MS, () => {
    const objects = contentsOf(store, id).map((content): Row => {
      const table = content.object_type === 'assets' ? store.assets : store.collections;
      return { ...table.get(String(content.object_id)), content };
    });
    number(
      call,
      sortRows(objects, body.custom_order_sort).map(({ content }) => content as Row),
    );
    store.collections.update(String(id), { custom_order_status: 'ENABLED' });
  });
  return accepted({});
}

/** Moves one object to a position (-1: the end), or next to another object. */
function move(call: Call): Reply {
  const { store, path, body } = call;
  const collection = collectionOf(call);
  if (collection.custom_order_status !== 'ENABLED') throw new Refusal(400, 'Custom order is not enabled');
  const contents = contentsOf(store, collection.id);
  const own = contents.find((row) => row.object_type === path.object_type && row.object_id === path.object_id);
  if (!own) throw new Refusal(404, `No ${path.object_type} with id ${path.object_id} in this collection`);
  const others = contents.filter((row) => row !== own);
  const beside = (id: unknown): number => {
    const at = others.findIndex((row) => row.object_id === id);
    if (at < 0) throw new Refusal(400, `${id} is not in this collection`);
    return at;
  };
  const { after_object_id: after, before_object_id: before, position = -1 } = body;
  const asked = after ? beside(after) + 1 : before ? beside(before) : Number(position);
  number(call, others.toSpliced(asked < 0 ? others.length : asked, 0, own));
  return ok({});
}

export const orderingEndpoints: readonly Endpoint[] = [
  { route: `POST ${CONTENTS}ordering/custom/`, roles, body: { custom_order_sort: text }, handle: enable },
  {
    route: `DELETE ${CONTENTS}ordering/custom/`,
    roles,
    handle(call) {
      call.store.collections.update(String(collectionOf(call).id), { custom_order_status: 'DISABLED' });
      return ok({});
    },
  },
  {
    route: `PUT ${CONTENTS}{object_type}/{object_id}/`,
    roles,
    body: { after_object_id: uuid, before_object_id: uuid, position: { type: 'integer', minimum: -1 } },
    handle: move,
  },
];
