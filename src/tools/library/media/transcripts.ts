import { transcriptions } from '../../operations/transcriptions.ts';
import type { Context } from '../../types.ts';

/** The languages and the speakers of a version's transcripts, a line for each language. */
export async function transcriptLines(context: Context, asset_id: string, version_id: string): Promise<string[]> {
  const { objects } = await context.use(transcriptions.tools.list_transcriptions, { asset_id, version_id });
  const languages = new Map<string, string[][]>();
  for (const { language = 'unknown language', speaker_labels = {} } of objects) {
    const runs = languages.get(language) ?? [];
    languages.set(language, [...runs, Object.values(speaker_labels)]);
  }
  return [...languages].map(([language, runs]) => {
    const speakers = [...new Set(runs.flat())].map((name) => `"${name}"`);
    return [
      language,
      runs.length > 1 && `transcribed ${runs.length} times`,
      speakers.length > 0 && `speakers ${speakers.join(', ')}`,
    ]
      .filter(Boolean)
      .join(' · ');
  });
}
