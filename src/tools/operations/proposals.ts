import * as z from 'zod';
import { plural } from '../../text/english.ts';
import { operation, toolset } from '../define.ts';
import { text, uuid, uuids, versionPath } from '../params.ts';

const job_id = uuid('Job of the proposal.');

/** What a decision answers: the description says nothing of it. */
const decided = { job_id: text, decision: text };

/**
 * Metadata that Iconik's AI proposes and a person decides on. The description names a header `User-ID` here that no
 * client of the API sends elsewhere: it is not sent.
 */
export const proposals = toolset({
  name: 'proposals',
  description: "Metadata that Iconik's AI proposes.",
  tools: {
    list_metadata_proposals: operation({
      title: 'List AI proposals for metadata',
      description:
        "List the metadata that Iconik's AI proposes for a version of an asset and nobody has decided on: fields, values, and the job to accept or discard. Values that are stored: read_metadata.",
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_metadata_values'],
      route: 'GET /transcode/v1/metadata_filling/proposals/assets/{asset_id}/versions/{version_id}/',
      input: versionPath,
      output: { proposals: z.array(z.any()).default([]) },
      shape: (body) => {
        const { objects } = (body ?? {}) as { readonly objects?: unknown };
        if (Array.isArray(body)) return { proposals: body };
        return { proposals: Array.isArray(objects) ? objects : body ? [body] : [] };
      },
      takesLists: true,
    }),

    accept_metadata_proposals: operation({
      title: 'Accept AI proposals for metadata',
      description:
        "Write what Iconik's AI proposed in one job into the metadata of the asset. Show a person the values of list_metadata_proposals first; to write other values use set_metadata.",
      prefer: ['review_proposals', 'For single fields or many assets'],
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_metadata_values'],
      route: 'POST /transcode/v1/metadata_filling/proposals/{job_id}/accept/',
      input: { job_id },
      output: decided,
      shape: (_, args) => ({ job_id: args.job_id, decision: 'accepted' }),
    }),

    discard_metadata_proposals: operation({
      title: 'Discard AI proposals for metadata',
      description:
        "Discard what Iconik's AI proposed in one job; the metadata of the asset stays as it is. To write it use accept_metadata_proposals.",
      prefer: ['review_proposals', 'For single fields or many assets'],
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_metadata_values'],
      route: 'POST /transcode/v1/metadata_filling/proposals/{job_id}/discard/',
      input: { job_id },
      output: decided,
      shape: (_, args) => ({ job_id: args.job_id, decision: 'discarded' }),
    }),

    /** Iconik works in the background; the description has no answer. */
    fill_metadata: operation({
      title: 'Let AI propose metadata',
      description: 'Let the AI of Iconik propose values for fields of assets, which costs money.',
      effect: 'create',
      outbound: true,
      listed: false,
      roles: ['can_trigger_metadata_ai_filling', 'can_write_metadata_values'],
      route: 'POST /transcode/v1/metadata_filling/bulk/',
      input: {
        object_type: z.enum(['assets', 'collections', 'saved_searches']).describe('Kind of the objects.'),
        object_ids: uuids('Objects.').min(1),
        view_id: uuid('View of the fields.'),
        field_names: z.array(z.string()).min(1).describe('Names of fields.'),
      },
      output: {},
      preview: async ({ object_ids }) => ({
        preview: { summary: `Lets AI propose metadata for ${plural(object_ids.length, 'object')}.`, affected: [] },
        plan: undefined,
      }),
    }),
  },
});
