import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { listOf, text, textByName, uuid, versionPath } from '../params.ts';
import { noneOfVersion } from './not_found.ts';

const transcriptionAnswer = {
  id: text,
  asset_id: text,
  version_id: text,
  language: text,
  speaker_labels: z.record(z.string(), z.string()).optional(),
};

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
      output: { objects: listOf(z.looseObject(transcriptionAnswer)) },
      onNotFound: noneOfVersion,
    }),

    partial_update_transcription: operation({
      title: 'Update a transcription',
      description: 'Changes the names of the speakers of one transcript; names that are left out are lost.',
      effect: 'update',
      listed: false,
      roles: ['can_write_transcriptions'],
      route: 'PATCH /assets/v1/assets/{asset_id}/versions/{version_id}/transcriptions/{transcription_id}/properties/',
      input: {
        ...versionPath,
        transcription_id: uuid('Transcription id.'),
        language: z.string().optional().describe('Tag, e.g. en.'),
        speaker_labels: textByName.optional().describe('Name by number of the speaker.'),
      },
      output: transcriptionAnswer,
    }),
  },
});
