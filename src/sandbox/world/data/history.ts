import { ids } from '../build/ids.ts';
import type { Archive, Made } from '../build/types.ts';
import { who } from './people.ts';

/** Adds history entries to the assets of the story. */
export function addHistory({ world, random }: Archive, made: ReadonlyMap<string, Made>): void {
  const entry = (title: string, version: number, type: string, text: string, date: string, user: string): void => {
    const asset = made.get(title);
    if (!asset) throw new Error(`sandbox: no asset "${title}" for its history`);
    world.history.push({
      id: random.id(),
      asset_id: asset.id,
      version_id: asset.versions[version] ?? null,
      operation_type: type,
      operation_description: text,
      user_id: user,
      date_created: `${date}:00.000000+00:00`,
      date_modified: `${date}:00.000000+00:00`,
    });
  };
  const interview = 'Interview Jordan Reyes, Lisbon';
  entry(interview, 0, 'VERSION_CREATE', 'Version 1 created', '2025-05-15T07:41', who.lena);
  entry(interview, 0, 'TRANSCODE', 'Proxy created', '2025-05-15T08:02', who.lena);
  entry(interview, 1, 'VERSION_CREATE', 'Version 2 created', '2025-05-20T15:10', who.maria);
  entry(interview, 2, 'VERSION_CREATE', 'Version 3 created', '2025-05-27T17:31', who.maria);
  entry(interview, 2, 'TRANSCRIPTION', 'Transcribed: en, pt', '2025-05-28T08:00', ids.me);
  entry(interview, 2, 'METADATA', 'Metadata changed in view Rights', '2025-06-02T10:15', ids.me);
  entry(interview, 2, 'DOWNLOAD', 'Original downloaded', '2026-09-11T13:47', who.tomBecker);
  const match = 'Matchday 12, Harbour City v Northgate, full match';
  entry(match, 0, 'VERSION_CREATE', 'Version 1 created', '2025-04-28T05:30', who.tomOkafor);
  entry(match, 0, 'EXPORT', 'Exported to Broadcast playout', '2025-04-28T09:00', who.tomOkafor);
  entry('Fish market at dawn, 1968', 0, 'ARCHIVE', 'Format ORIGINAL archived', '2026-10-22T04:30', ids.me);
  entry(
    'Launch of the ferry Santa Luzia, 1962',
    0,
    'RESTORE_ARCHIVE',
    'Format ORIGINAL restored',
    '2026-10-31T09:12',
    who.grace,
  );
  entry('Season trailer 2025', 3, 'REJECT', 'Not approved: music', '2025-01-29T16:00', who.ines);
  entry('Season trailer 2025', 4, 'APPROVE', 'Approved', '2025-01-30T11:20', who.ines);
}
