import { transcriptions } from '../operations/transcriptions.ts';
import type { Context } from '../types.ts';

/** The languages and the speakers of a version's transcripts, a line each. */
export async function transcriptLines(context: Context, asset_id: string, version_id: string): Promise<string[]> {
  const { objects } = await context.use(transcriptions.tools.list_transcriptions, { asset_id, version_id });
  return objects.map(({ language = 'unknown language', speaker_labels = {} }) => {
    const speakers = Object.values(speaker_labels).map((name) => `"${name}"`);
    return speakers.length > 0 ? `${language} · speakers ${speakers.join(', ')}` : language;
  });
}
