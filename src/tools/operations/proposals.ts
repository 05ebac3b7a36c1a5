import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { text, uuid, versionPath } from '../params.ts';

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
      effect: 'update',
      listed: 'chosen',
      roles: ['can_write_metadata_values'],
      route: 'POST /transcode/v1/metadata_filling/proposals/{job_id}/discard/',
      input: { job_id },
      output: decided,
      shape: (_, args) => ({ job_id: args.job_id, decision: 'discarded' }),
    }),
  },
});
