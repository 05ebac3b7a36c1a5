import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { flag, listOf, page, paged, perPage, strings, text, uuid, versionPath } from '../params.ts';

const personId = uuid('Person id, from list_persons.');

const personAnswer = {
  id: text,
  name: text,
  status: text,
  has_unconfirmed_instances: flag,
  main_face_id: text,
  created_by_user: text,
  date_created: text,
  date_modified: text,
};
/** A person as found in one version of an asset. */
const appearance = { ...personAnswer, asset_id: text, version_id: text, person_version_face_id: text };

const status = z.enum(['NEW', 'UNCONFIRMED', 'SYSTEM_CONFIRMED', 'USER_CONFIRMED']);

export const persons = toolset({
  name: 'persons',
  description: 'Persons that face recognition found in pictures.',
  tools: {
    list_persons: operation({
      title: 'List persons found by face',
      description:
        'List the persons that face recognition found, by name and by whether somebody confirmed them; nameless ones wait for a name. list_assets_of_person shows where one appears.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_person'],
      route: 'GET /ml/v1/face_recognition/persons/',
      input: {
        name: z.string().optional().describe('Name or part of it, e.g. Reyes.'),
        has_name: z.boolean().optional().describe('false: only persons without a name.'),
        status: status.meta({ listed: z.string() }).optional().describe('e.g. UNCONFIRMED or USER_CONFIRMED.'),
        status_in: z.string().optional().describe('Several, joined by commas, e.g. NEW,UNCONFIRMED.'),
        sort: z.string().optional().describe('e.g. name,asc.'),
        page,
        per_page: perPage(10, 1000),
      },
      output: paged(z.looseObject(personAnswer)),
    }),

    get_person: operation({
      title: 'Get a person found by face',
      description: 'Read one person: name, whether confirmed, and whether some finds still wait for confirmation.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_person'],
      route: 'GET /ml/v1/face_recognition/persons/{person_id}/',
      input: { person_id: personId },
      output: personAnswer,
    }),

    list_person_versions: operation({
      title: 'List versions with a person',
      description:
        'List the asset versions in which a person was found, each with the title of the asset and whether the find is confirmed.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_person'],
      route: 'GET /ml/v1/face_recognition/persons/{person_id}/versions/',
      input: { person_id: personId, page, per_page: perPage(10, 1000) },
      output: paged(z.looseObject({ ...appearance, asset_title: text, version_number: text })),
    }),

    list_version_persons: operation({
      title: 'List persons in a version',
      description: 'List the persons that face recognition found in one version of an asset.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_person'],
      route: 'GET /ml/v1/face_recognition/assets/{asset_id}/versions/{version_id}/persons/',
      input: versionPath,
      output: { objects: listOf(z.looseObject(appearance)) },
    }),

    list_assets_of_person: operation({
      title: 'List assets with a person',
      description:
        'List the assets in which a person appears. To search by persons and other things at once use search with a filter on person_ids.',
      effect: 'read',
      listed: 'chosen',
      roles: [],
      route: 'GET /assets/v1/persons/{person_id}/',
      input: {
        person_id: personId,
        asset_id: uuid('Only this asset: does the person appear in it?').optional(),
        page,
        per_page: perPage(10, 1000),
      },
      output: paged(
        z.looseObject({
          id: text,
          title: text,
          type: text,
          status: text,
          is_online: flag,
          archive_status: text,
          person_ids: strings,
          has_unconfirmed_persons: flag,
          date_created: text,
        }),
      ),
    }),
  },
});
