import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { listOf, text, versionPath } from '../params.ts';
import { noneOfVersion } from './not_found.ts';

export const transcriptions = toolset({
  name: 'transcriptions',
  description: 'Transcripts: their languages and speaker names. The words themselves are segments.',
  tools: {
    list_transcriptions: operation({
      title: 'List transcripts of a version',
      description: 'The transcripts of one version of an asset: language, and speaker names by number.',
      effect: 'read',
      listed: false,
      roles: ['can_read_transcriptions'],
      route: 'GET /assets/v1/assets/{asset_id}/versions/{version_id}/transcriptions/properties/',
      input: versionPath,
      output: {
        objects: listOf(
          z.looseObject({
            id: text,
            asset_id: text,
            version_id: text,
            language: text,
            speaker_labels: z.record(z.string(), z.string()).optional(),
          }),
        ),
      },
      onNotFound: noneOfVersion,
    }),
  },
});
