import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { flag, free, page, paged, perPage, strings, text, uuid, uuids } from '../params.ts';
import { documentAnswer, shapeDocuments } from './documents.ts';
import { criteria } from './search.ts';

const savedSearch = {
  id: text,
  name: text,
  criteria: free,
  favoured: flag,
  group_id: text,
  permissions: strings,
  date_created: text,
  date_modified: text,
};

/** The fields of a hit that a list shows; whole documents are about twenty times as long. */
const hit = z.looseObject({
  id: documentAnswer.id,
  object_type: documentAnswer.object_type,
  title: documentAnswer.title,
  type: documentAnswer.type,
  status: documentAnswer.status,
  media_type: documentAnswer.media_type,
  is_online: documentAnswer.is_online,
  archive_status: documentAnswer.archive_status,
  duration_milliseconds: documentAnswer.duration_milliseconds,
  date_created: documentAnswer.date_created,
});

export const savedSearches = toolset({
  name: 'saved_searches',
  description: 'Searches that people keep under a name.',
  tools: {
    list_saved_searches: operation({
      title: 'List saved searches',
      description:
        'List the saved searches that this user can see, with their criteria. get_saved_search runs one; create_saved_search keeps a new one.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_saved_searches'],
      route: 'GET /search/v1/search/saved/',
      input: {
        query: z.string().optional().describe('Part of the name, e.g. pending.'),
        ids: uuids('Only these.').optional(),
        group_id: uuid('Only those of this group of saved searches.').optional(),
        favorites: z.boolean().optional().describe('Only favourites. Default false.'),
        sort: z.string().optional().describe('e.g. name,asc.'),
        page,
        per_page: perPage(10, 1000),
      },
      output: paged(z.looseObject(savedSearch)),
    }),

    get_saved_search: operation({
      title: 'Run a saved search',
      description:
        'Run a saved search: returns its name, its criteria and what it finds now, page by page. To search by other words use search.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_saved_searches'],
      route: 'GET /search/v1/search/saved/{search_id}/',
      input: {
        search_id: uuid('Saved search id, from list_saved_searches.'),
        include_results: z.boolean().optional().describe('false: only the search itself. Default true.'),
        page,
        per_page: perPage(10, 1000),
      },
      output: { id: text, name: text, search_criteria_document: z.looseObject(savedSearch).optional(), ...paged(hit) },
      shape: shapeDocuments,
    }),

    create_saved_search: operation({
      title: 'Keep a search under a name',
      description:
        'Save a search under a name, which people then find in Iconik; returns it with its id. criteria is what search takes: query, doc_types, filter, sort and others.',
      effect: 'create',
      listed: 'chosen',
      roles: ['can_write_saved_searches'],
      route: 'POST /search/v1/search/saved/',
      input: {
        name: z.string().min(1).describe('e.g. Clearance pending.'),
        criteria: criteria.describe('What is searched for, as in search.'),
        group_id: uuid('Group of saved searches to put it into.').optional(),
        favoured: z.boolean().optional().describe('Make it a favourite. Default false.'),
      },
      output: savedSearch,
    }),
  },
});
