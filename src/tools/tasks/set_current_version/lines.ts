import { answersLine } from '../../library/approvals.ts';
import { namesOf } from '../../library/people.ts';
import type { Versions } from '../../library/versions.ts';
import { approvals } from '../../operations/approvals.ts';
import { commentsLine, countSegments, countsOf, detailsOf } from '../../operations/segment_counts.ts';
import { type Version, versionLine } from '../../operations/version_list.ts';
import { createReport } from '../../run/report.ts';
import type { Context } from '../../types.ts';

/** Versions shown in a plan. */
const MAX_LINES = 40;

export interface VersionLines {
  readonly lines: readonly string[];
  /** What is said on a version, by its id: `2 open, 0 done, 1 reply`. */
  readonly comments?: (id: string) => string;
  /** The approval of the version that is current now: no other version has it. */
  readonly approval?: string;
}

/** A line per version for the plan: date, author, comments, markers, sub-clips, approval, and whether it is deleted. */
export async function versionLines(
  context: Context,
  { asset_id, list, latest }: Versions,
  toDelete: readonly Pick<Version, 'id'>[],
): Promise<VersionLines> {
  const authors = list.map(({ by }) => by);
  const report = createReport(context);
  const [people, counts, approval] = await Promise.all([
    report.part('names of people', namesOf(context, authors)),
    report.part('comments', countSegments(context, asset_id)),
    report.part('approval', context.use(approvals.tools.get_approval_request, { asset_id })),
  ]);
  const lines = list.slice(-MAX_LINES).map((version) => {
    return versionLine(
      version,
      { latest, author: people?.get(version.by ?? '') },
      ...detailsOf(counts, version.id),
      approval?.version_id === version.id && approval.status && `approval: ${approval.status}`,
      toDelete.some(({ id }) => id === version.id) ? 'to be deleted' : 'stays',
    );
  });
  const current = approval?.version_id === latest?.id && approval?.status !== 'N/A' ? approval : undefined;
  const whose = (current?.approvals_by ?? []).flatMap(({ user }) => user ?? []);
  const names = (await report.part('names of people', namesOf(context, whose))) ?? new Map();
  const answers = current && answersLine({ answer: current }, names);
  return {
    lines: list.length > MAX_LINES ? [...lines, `and ${list.length - MAX_LINES} older versions`] : lines,
    ...(counts && { comments: (id: string) => commentsLine(countsOf(counts, id)) }),
    ...(latest &&
      current?.status && { approval: `${latest.name} is ${current.status}${answers ? ` (${answers})` : ''}` }),
  };
}
