import * as z from 'zod';
import { task } from '../../define.ts';
import { ToolError } from '../../errors.ts';
import { findAsset } from '../../library/objects.ts';
import { namesOf } from '../../library/people.ts';
import { remarksOf } from '../../library/segment_counts.ts';
import { oneAsset } from '../../library/selection.ts';
import { pickVersion, type Versions, versionsOf } from '../../library/versions.ts';
import { type Version, versionLine } from '../../operations/version_list.ts';
import { strings, text } from '../../params.ts';
import { forgiving } from '../../run/partial.ts';
import { described, differences, metadataDifferences } from './differences.ts';

const which = (description: string) => z.string().min(1).optional().describe(description);

export const compare_versions = task({
  title: 'Compare versions',
  description:
    'What differs between two versions of an asset: author, date, duration, size, codec, resolution, frame rate, timecode, comments open and done, transcripts, metadata by label. Then set_current_version makes one of them current. The pictures themselves are not compared.',
  effect: 'read',
  roles: ['can_read_assets', 'can_read_formats', 'can_read_files', 'can_read_proxies', 'can_read_segments'],
  input: {
    asset: oneAsset,
    version: which('Number such as v3, or id. Default: the current one.'),
    with: which('The other one. Default: the one before it.'),
  },
  output: { asset: text, versions: strings, differ: strings, same: text, metadata: strings, notes: strings },
  run: async ({ asset, version = 'current', with: other }, context) => {
    const { id } = await findAsset(context, asset);
    const known = await versionsOf(context, id);
    const pair = pairOf(known, version, other);
    const notes: string[] = [];
    const [people, remarks] = await Promise.all([
      forgiving(
        context,
        notes,
        'names of people',
        namesOf(
          context,
          pair.map(({ by }) => by),
        ),
      ),
      forgiving(context, notes, 'comments', remarksOf(context, id)),
    ]);
    const both = await Promise.all([
      described(context, id, pair[0], remarks, notes),
      described(context, id, pair[1], remarks, notes),
    ]);
    const { differ, same } = differences(pair, both);
    const metadata = metadataDifferences(pair, both);
    const told = [...new Set(notes)];
    return {
      asset: `"${known.title}" · ${id}`,
      versions: pair.map((one) =>
        versionLine(one, { latest: known.latest, author: people?.get(one.by ?? '') }, one.id),
      ),
      differ: [...differ],
      same: same.join(', ') || 'nothing',
      ...(metadata && { metadata }),
      ...(told.length > 0 && { notes: told }),
    };
  },
});

/** The two that are meant, the older one first. Throws `ToolError`. */
function pairOf(known: Versions, version: string, other: string | undefined): [Version, Version] {
  if (known.list.length < 2) {
    throw new ToolError(
      `"${known.title}" has ${known.list.length === 1 ? 'one version only' : 'no version'}: there is nothing to compare.`,
    );
  }
  const one = pickVersion(known, version);
  const place = known.list.indexOf(one);
  const second = other === undefined ? (known.list[place - 1] ?? known.list[place + 1]) : pickVersion(known, other);
  if (!second || second === one) {
    throw new ToolError(
      `with: ${one.name} is the same version as ${version}. Give another one of ${known.list.map(({ name }) => name).join(', ')}.`,
    );
  }
  return known.list.indexOf(second) < place ? [second, one] : [one, second];
}
