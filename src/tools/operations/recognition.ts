import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { inQuotes } from '../../text/quote.ts';
import { operation, toolset } from '../define.ts';
import { assetId, uuid, uuids } from '../params.ts';
import type { Context, Planned } from '../types.ts';
import { assets } from './assets.ts';
import { startedAnswer } from './jobs.ts';
import { linesOfObjects } from './object_lines.ts';

const speech = {
  language: z.string().optional().describe('Spoken language, e.g. en. Default: recognised.'),
  speakers: z.int().min(1).max(100).optional().describe('Number of speakers. Default: estimated.'),
  translate_languages: z.array(z.string()).optional().describe('Also translate into these, e.g. pt.'),
  summary: z.boolean().optional().describe('Also write a summary.'),
  topics_extraction: z.boolean().optional().describe('Also find topics. Default true.'),
  engine: z.string().optional().describe('Speech engine. Default that of the library.'),
  profile_id: uuid('Transcription profile. Default that of the library.').optional(),
  force: z.boolean().optional().describe('Again, where there is a transcript. Default false.'),
};

const objectType = z.enum(['assets', 'collections', 'saved_searches']);

const objects = {
  object_type: objectType.describe('Kind of the objects.'),
  object_ids: uuids('Ids of the objects, 1 to 500.').min(1).max(500),
};

interface Objects {
  readonly object_type: z.infer<typeof objectType>;
  readonly object_ids: readonly string[];
}

const NOUNS = { assets: 'asset', collections: 'collection', saved_searches: 'saved search' } as const;

/** Of saved searches the plural is irregular. */
const counted = ({ object_type, object_ids: { length } }: Objects): string =>
  object_type === 'saved_searches' && length !== 1 ? `${length} saved searches` : plural(length, NOUNS[object_type]);

/** What leaves the company, and what it costs. */
const goesOut = (what: string, whose: string): string =>
  `Sends ${what} of ${whose} to a recognition service outside of Iconik, which costs money for each minute or picture.`;

async function planOf(what: string, given: Objects, context: Context): Promise<Planned> {
  const affected = await linesOfObjects(given.object_type, given.object_ids, context);
  const inside = given.object_type === 'assets' ? '' : 'everything in ';
  return { preview: { summary: goesOut(what, `${inside}${counted(given)}`), affected }, plan: undefined };
}

export const recognition = toolset({
  name: 'recognition',
  description: 'Speech and picture recognition.',
  tools: {
    create_transcription: operation({
      title: 'Transcribe an asset',
      description:
        'Start speech recognition on an asset. The transcript appears in the background: read it with read_transcript. The sound goes to a service outside and costs money: the first call only shows what would be sent.',
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_transcribe_content'],
      route: 'POST /transcode/v1/transcribe/assets/{asset_id}/profiles/default/',
      input: { asset_id: assetId, ...speech },
      output: startedAnswer,
      preview: async ({ asset_id }, { use }) => {
        const { title, status } = await use(assets.tools.get_asset, { asset_id });
        const summary = goesOut('the sound', title ? inQuotes(title) : asset_id);
        return { preview: { summary, affected: [{ id: asset_id, title, status }] }, plan: undefined };
      },
    }),

    create_transcriptions: operation({
      title: 'Transcribe many assets',
      description:
        'Start speech recognition on up to 500 assets, collections or saved searches; what has a transcript is passed over. The sound goes to a service outside and costs money: the first call only shows what would be sent.',
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_transcribe_content'],
      route: 'POST /transcode/v1/transcribe/bulk/',
      input: { ...objects, ...speech },
      output: startedAnswer,
      preview: (args, context) => planOf('the sound', args, context),
    }),

    create_analyses: operation({
      title: 'Recognise what pictures show',
      description:
        "Start Iconik's picture recognition on up to 500 assets, collections or saved searches: it adds tags and, where set up, faces. Pictures go to a service outside and cost money: the first call only shows what would be sent.",
      effect: 'create',
      outbound: true,
      listed: 'chosen',
      roles: ['can_analyze_content'],
      route: 'POST /transcode/v1/analyze/bulk/',
      input: {
        ...objects,
        force: z.boolean().optional().describe('Again, where it was done. Default false.'),
        force_type: z.enum(['APPEND', 'OVERWRITE']).optional().describe('With force: add tags or replace them.'),
        profile_id: uuid('Analysis profile. Default that of the library.').optional(),
      },
      output: startedAnswer,
      preview: (args, context) => planOf('pictures', args, context),
    }),
  },
});
