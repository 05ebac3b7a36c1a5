import * as z from 'zod';
import { task } from '../../define.ts';
import { byLabel, free, integer, strings, text } from '../../params.ts';
import { findPage } from './page.ts';
import { CURSOR, readQuery } from './query.ts';
import { SORT_NAMES } from './sorting.ts';

const words = (description: string) => z.string().min(1).optional().describe(description);

export const find_assets = task({
  title: 'Find assets',
  description:
    'Find assets (clips, interviews, footage, stills) or collections by words, people, dates, place, state and metadata labels. Returns a line per hit, the total, and a selection handle for set_metadata, read_metadata, collect_assets and others. For one asset use show_asset.',
  effect: 'read',
  page: 'gallery',
  roles: ['can_search'],
  input: {
    words: words('Words that must all match; "a phrase"; foo* for beginnings; -word excludes; a OR b.'),
    anywhere: words('The same, in titles, metadata, speech, comments and markers.'),
    people: z.array(z.string().min(1)).optional().describe('Names of people who must all be in it.'),
    spoken: words('Words said, in transcripts.'),
    comment: words('Words in comments or markers.'),
    where: byLabel
      .optional()
      .describe(
        'By label: a value, several (any of), a range, "empty", "not empty", "not X". Also created, modified, imported, viewed, comments (open), transcript, type (subclip), cut from, storage, size (100 GB..), codec, resolution, frame rate, audio, checksum. E.g. {"label": "Content type", "value": ["Interview"]}.',
      ),
    media_type: z.array(z.string()).optional().describe('video, audio, image, document.'),
    collection: words('In it or below: name, path, id; or a selection.'),
    archived: z.boolean().optional().describe('Only archived, or only others.'),
    online: z.boolean().optional().describe('Only online, or only offline.'),
    approval: words('APPROVED, NOT_APPROVED, REQUESTED, MIXED or N/A.'),
    length: words('e.g. ..1:00 or 20:00..'),
    sort: z.enum(SORT_NAMES).optional().describe('Default relevance.'),
    show: z
      .array(z.string())
      .optional()
      .describe('Per hit: labels such as Clearance, size, codec, audio, storage, collections, viewed.'),
    count_by: z
      .array(z.string())
      .optional()
      .describe(
        'Labels, media_type, archive_status, codec, collection, storage, size, created, month ("Shoot date by year").',
      ),
    kind: z.enum(['assets', 'collections']).optional().describe('Default assets.'),
    limit: z.int().min(1).max(100).optional().describe('Default 20.'),
    time_zone: z.string().optional().describe('Of dates, e.g. Europe/Lisbon. Default UTC.'),
    cursor: z.string().optional().describe('next of the last answer; enough alone.'),
  },
  output: {
    total: integer,
    looked_at: text,
    shown: integer,
    hits: strings,
    counts: free,
    total_size: text,
    selection: text,
    next: text,
    notes: strings,
  },
  validate: ({ cursor, ...rest }) => {
    const given = Object.entries(rest).filter(([name, value]) => value !== undefined && name !== 'limit');
    return cursor && given.length > 0
      ? `cursor: leave out ${given[0]?.[0]}. The cursor continues the earlier call.`
      : undefined;
  },
  run: async ({ cursor, limit = 20, ...args }, context) => {
    const query = cursor === undefined ? await readQuery(context, args) : context.handles.get(CURSOR, cursor);
    return findPage(context, query, limit);
  },
});
