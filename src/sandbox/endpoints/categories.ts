import { flag } from '../fields.ts';
import type { Call, Endpoint, Row } from '../types.ts';
import { textsOf } from '../values.ts';
import { ok, rowOr404 } from './common.ts';
import { viewFields } from './metadata_values.ts';

const LIST = '/API/metadata/v1/{object_type}/categories/';
const roles = ['can_read_metadata_categories'];

const shown = ({ id: _, ...category }: Row): Row => category;
const categoryOf = ({ store, path }: Call): Row =>
  rowOr404(store.categories, `${path.object_type}/${path.name}`, 'Category');

/** The category with its views and their fields; with `writable_only`, views with a writable field. */
function withViews(call: Call): Row {
  const { store, query } = call;
  const category = categoryOf(call);
  const views = textsOf(category.view_ids)
    .map((id) => store.views.get(id))
    .filter((view) => view !== undefined)
    .map((view): { view: Row; fields: Row[] } => ({ view, fields: viewFields(store, view) }))
    .filter(({ fields }) => query.writable_only !== true || fields.some((field) => field.read_only !== true));
  return { ...shown(category), views: views.map(({ view, fields }) => ({ ...view, view_fields: fields })) };
}

export const categoryEndpoints: readonly Endpoint[] = [
  {
    route: `GET ${LIST}`,
    roles,
    handle: ({ store, path }) =>
      ok({ objects: store.categories.list((row) => row.object_type === path.object_type).map(shown) }),
  },
  { route: `GET ${LIST}{name}/`, roles, handle: (call) => ok(shown(categoryOf(call))) },
  {
    route: `GET ${LIST}{name}/views/`,
    roles,
    query: { ext_options: flag, writable_only: flag },
    handle: (call) => ok(withViews(call)),
  },
];
