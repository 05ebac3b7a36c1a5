import { persons } from '../../operations/persons.ts';
import { allOf, pagesByNumber } from '../../run/pages.ts';
import type { Context } from '../../types.ts';

/** A person as found in one version of an asset. */
export interface Find {
  readonly person_id: string;
  readonly asset_id: string;
  readonly version_id: string;
  readonly status?: string;
  readonly title?: string;
}

/** All finds of a person (`GET /ml/v1/face_recognition/persons/{id}/versions/`), old versions included. */
export async function findsOf(context: Context, person_id: string): Promise<Find[]> {
  const list = await allOf(
    pagesByNumber((paging) => context.use(persons.tools.list_person_versions, { person_id, ...paging }), {
      // Their id is that of the person.
      keyOf: ({ version_id }) => version_id,
    }),
    ({ version_id }) => version_id,
  );
  return list.flatMap(({ asset_id, version_id, status, asset_title: title }) =>
    asset_id && version_id
      ? [{ person_id, asset_id, version_id, ...(status && { status }), ...(title && { title }) }]
      : [],
  );
}
