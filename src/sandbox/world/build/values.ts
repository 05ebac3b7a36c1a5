import type { Row } from '../../types.ts';
import type { Archive, Values } from './types.ts';

/** Adds the metadata values of an object. */
export function addValues(
  { world }: Archive,
  objectType: 'assets' | 'collections' | 'segments',
  id: string,
  date: string,
  values: Values,
): void {
  const metadata: Row = {};
  for (const [name, given] of Object.entries(values))
    metadata[name] = { field_values: (Array.isArray(given) ? given : [given]).map((value) => ({ value })) };
  world.values.push({
    id: `${objectType}/${id}`,
    object_type: objectType,
    object_id: id,
    date_created: date,
    date_modified: date,
    metadata_values: metadata,
  });
}
