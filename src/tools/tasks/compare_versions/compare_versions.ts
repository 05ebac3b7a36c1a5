import * as z from 'zod';
import { inQuotes } from '../../../text/quote.ts';
import { task } from '../../define.ts';
import { ToolError } from '../../errors.ts';
import { findAsset } from '../../library/objects.ts';
import { namesOf } from '../../library/people.ts';
import { oneAsset } from '../../library/selection.ts';
import { pickVersion, type Versions, versionsOf } from '../../library/versions.ts';
import { countSegments } from '../../operations/segment_counts.ts';
import { type Version, versionLine } from '../../operations/version_list.ts';
import { strings, text } from '../../params.ts';
import { createReport } from '../../run/report.ts';
import { factDifferences, metadataDifferences } from './differences.ts';
import { readVersionFacts } from './facts.ts';

const versionName = (description: string) => z.string().min(1).optional().describe(description);

export const compare_versions = task({
  title: 'Compare versions',
  description:
    'Show what differs between two versions of an asset: author, date, duration, size, codec, resolution, frame rate, timecode, comments open and done, transcripts, metadata; not the pictures. To make a version current use set_current_version.',
  effect: 'read',
  roles: ['can_read_assets', 'can_read_formats', 'can_read_files', 'can_read_proxies', 'can_read_segments'],
  input: {
    asset: oneAsset,
    version: versionName('e.g. v3. Default: current.'),
    with: versionName('The other. Default: the one before.'),
  },
  output: { asset: text, versions: strings, differ: strings, same: text, metadata: strings, notes: strings },
  run: async ({ asset, version = 'current', with: other }, context) => {
    const { id } = await findAsset(context, asset);
    const versions = await versionsOf(context, id);
    const pair = pairOf(versions, version, other);
    const authors = pair.map(({ by }) => by);
    const report = createReport(context);
    const [people, segmentCounts] = await Promise.all([
      report.part('names of people', namesOf(context, authors)),
      report.part('comments', countSegments(context, id)),
    ]);
    const both = await Promise.all([
      readVersionFacts(context, report, id, pair[0], segmentCounts),
      readVersionFacts(context, report, id, pair[1], segmentCounts),
    ]);
    const { differ, same } = factDifferences(pair, both);
    const metadata = metadataDifferences(pair, both);
    return {
      asset: `"${versions.title}" · ${id}`,
      versions: pair.map((one) =>
        versionLine(one, { latest: versions.latest, author: people?.get(one.by ?? '') }, one.id),
      ),
      differ: [...differ],
      same: same.join(', ') || 'nothing',
      ...(metadata && { metadata }),
      ...(report.notes.length > 0 && { notes: [...report.notes] }),
    };
  },
});

/** The two versions to compare, the older one first. Throws `ToolError`. */
function pairOf(versions: Versions, version: string, other: string | undefined): [Version, Version] {
  const { list, title } = versions;
  if (list.length < 2) {
    const count = list.length === 1 ? 'only one version' : 'no version';
    throw new ToolError(`${inQuotes(title)} has ${count}: there is nothing to compare.`);
  }
  const one = pickVersion(versions, version);
  const index = list.indexOf(one);
  const second = other === undefined ? (list[index - 1] ?? list[index + 1]) : pickVersion(versions, other);
  if (!second || second === one) {
    const names = list.map(({ name }) => name).join(', ');
    throw new ToolError(`with: ${one.name} is the same version as ${version}. Give a different one of ${names}.`);
  }
  return list.indexOf(second) < index ? [second, one] : [one, second];
}
