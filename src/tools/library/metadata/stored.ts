import { metadata } from '../../operations/metadata.ts';
import type { Context } from '../../types.ts';
import type { Field } from './fields.ts';
import type { Value } from './values.ts';

/** Values as Iconik keeps them, by field name. */
export type Stored = Readonly<Record<string, { readonly field_values?: readonly { readonly value?: Value }[] }>>;

/** What an asset holds in the views of these fields, read by id: the index is behind. Throws `IconikError`. */
export async function storedOf(context: Context, asset_id: string, fields: readonly Field[]): Promise<Stored> {
  const views = [...new Set(fields.map(({ view_id }) => view_id))];
  const answers = await Promise.all(
    views.map((view_id) => context.use(metadata.tools.get_asset_metadata, { asset_id, view_id })),
  );
  return Object.assign({}, ...answers.map(({ metadata_values = {} }) => metadata_values));
}

/** The values of one field, empty ones left out. */
export const storedIn = (stored: Stored, name: string): Value[] =>
  (stored[name]?.field_values ?? []).flatMap(({ value }) =>
    value === undefined || value === null || value === '' ? [] : [value],
  );
