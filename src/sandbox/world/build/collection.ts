import type { Row } from '../../types.ts';

/** A collection at the top of the tree, without contents; `more` adds to it and changes it. */
export const collectionRow = (id: string, title: string, more: Row): Row => ({
  id,
  title,
  status: 'ACTIVE',
  object_type: 'collections',
  is_root: true,
  parent_id: null,
  parents: [],
  in_collections: [],
  category: null,
  external_id: null,
  favoured: false,
  position: 9,
  custom_order_status: 'DISABLED',
  storage_id: null,
  ...more,
});
