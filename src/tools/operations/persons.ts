import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { operation, toolset } from '../define.ts';
import { clear, flag, listOf, page, paged, perPage, strings, text, uuid, uuids, versionPath } from '../params.ts';

/** Characters of a name, and versions in one request: Iconik's maxima. */
export const MAX_PERSON_NAME = 128;
export const MAX_CONFIRMED_VERSIONS = 100;

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

/** A find in one version of an asset. */
const find = { person_id: personId, ...versionPath };

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
      prefer: ['find_people', 'With times on screen, or for several persons'],
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
      prefer: ['find_people', 'With times on screen'],
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

    partial_update_person: operation({
      title: 'Name a person found by face',
      description: 'Give a person found by face a name, or another picture.',
      effect: 'update',
      listed: false,
      roles: ['can_edit_person'],
      route: 'PATCH /ml/v1/face_recognition/persons/{person_id}/',
      input: {
        person_id: personId,
        name: z.string().min(1).max(MAX_PERSON_NAME).optional().describe('Name.'),
        main_face_id: uuid('Face that stands for the person.').optional(),
        clear: clear('name'),
      },
      output: personAnswer,
    }),

    /** Iconik confirms in the background and answers nothing. */
    confirm_person: operation({
      title: 'Confirm finds of a person',
      description: 'Confirm that it is this person in some versions.',
      effect: 'update',
      listed: false,
      roles: ['can_delete_person', 'can_edit_person'],
      route: 'POST /ml/v1/face_recognition/persons/{person_id}/confirm_person/',
      input: {
        person_id: personId,
        version_ids: uuids('Versions, 1 to 100.').min(1).max(MAX_CONFIRMED_VERSIONS),
        all_instances_except_unconfirmed: z.boolean().optional().describe('Default false.'),
      },
      output: {},
    }),

    change_person: operation({
      title: 'Make a find another person',
      description: 'Make the find of a person in one version that of another person, known or new.',
      effect: 'update',
      listed: false,
      roles: ['can_add_person', 'can_delete_person', 'can_edit_person'],
      route: 'POST /ml/v1/face_recognition/persons/{person_id}/assets/{asset_id}/versions/{version_id}/change_person/',
      input: {
        ...find,
        new_person_id: uuid('Person it is.').optional(),
        new_person_name: z.string().min(1).max(MAX_PERSON_NAME).optional().describe('Name of a new person.'),
      },
      output: appearance,
    }),

    /** The description has no answer. */
    extract_faces: operation({
      title: 'Look for faces',
      description: 'Start face recognition on assets, collections or saved searches, which costs money.',
      effect: 'create',
      outbound: true,
      listed: false,
      roles: ['can_trigger_face_recognition'],
      route: 'POST /ml/v1/face_recognition/bulk/extract/',
      input: {
        object_type: z.enum(['assets', 'collections', 'saved_searches']).describe('Kind of the objects.'),
        object_ids: uuids('Objects, 1 to 500.').min(1).max(500),
        force: z.boolean().optional().describe('Again, where it was done. Default false.'),
      },
      output: {},
      preview: async ({ object_ids }) => ({
        preview: { summary: `Starts face recognition on ${plural(object_ids.length, 'object')}.`, affected: [] },
        plan: undefined,
      }),
    }),
  },
});
