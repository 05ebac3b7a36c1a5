import * as z from 'zod';
import { task } from '../../define.ts';
import { anything, free, integer, strings, text } from '../../params.ts';
import { CURSOR, findPage, readFinding } from './query.ts';

const words = (description: string) => z.string().min(1).optional().describe(description);

export const find_assets = task({
  title: 'Find assets',
  description:
    'Find assets (clips, interviews, footage, stills) or collections by words, people, dates, place, archived or online state and metadata labels. A line a hit, the total, and a selection: a handle to the whole result that set_metadata, read_metadata and collect_assets take. One asset: show_asset.',
  effect: 'read',
  roles: ['can_search'],
  input: {
    words: words('Words, all needed; "a phrase" in quotes; foo* for beginnings.'),
    people: z.array(z.string().min(1)).optional().describe('Names of who is in it, all needed, e.g. Jordan Reyes.'),
    spoken: words('Words said, in transcripts.'),
    comment: words('Words in comments or markers.'),
    where: anything
      .optional()
      .describe(
        'By label: a value, a list (any of), a range, "empty", "not empty", "not X". Also created, modified, imported, viewed. E.g. {"Content type": "Interview", "Shoot date": "2025", "Rating": "4..5", "Clearance": ["Pending", "Refused"], "viewed": "..2025-12"}.',
      ),
    media_type: z.array(z.string()).optional().describe('video, audio, image, document.'),
    collection: words('In this collection or below: name, place or id.'),
    archived: z.boolean().optional().describe('Only archived, or only not.'),
    online: z.boolean().optional().describe('Only with media online, or only without.'),
    approval: words('e.g. APPROVED, REQUESTED.'),
    length: words('Duration range, e.g. ..1:00 or 20:00..'),
    sort: z
      .enum(['relevance', 'newest', 'oldest', 'title', 'longest', 'shortest'])
      .optional()
      .describe('Default relevance.'),
    show: z.array(z.string()).optional().describe('Labels whose values each line shows, e.g. Clearance.'),
    count_by: z.array(z.string()).optional().describe('Counts by label, or media_type, archive_status.'),
    kind: z.enum(['assets', 'collections']).optional().describe('Default assets.'),
    limit: z.int().min(1).max(100).optional().describe('Lines. Default 20.'),
    time_zone: z.string().optional().describe('For dates, e.g. Europe/Lisbon. Default UTC.'),
    cursor: z.string().optional().describe('next of the answer before, for more of it; nothing else is needed.'),
  },
  output: {
    total: integer,
    shown: integer,
    hits: strings,
    counts: free,
    selection: text,
    next: text,
    notes: strings,
  },
  validate: ({ cursor, ...rest }) => {
    const given = Object.entries(rest).filter(([name, value]) => value !== undefined && name !== 'limit');
    return cursor && given.length > 0
      ? `cursor: leave out ${given[0]?.[0]}, the cursor knows what was asked.`
      : undefined;
  },
  run: async ({ cursor, limit = 20, ...asked }, context) => {
    const finding = cursor === undefined ? await readFinding(context, asked) : context.handles.get(CURSOR, cursor);
    return findPage(context, finding, limit);
  },
});
