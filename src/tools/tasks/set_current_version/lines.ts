import { namesOf } from '../../library/people.ts';
import { commentsLine, othersLine, remarksIn, remarksOf } from '../../library/segment_counts.ts';
import { stateOf, type Version, type Versions } from '../../library/versions.ts';
import { approvals } from '../../operations/approvals.ts';
import { forgiving } from '../../run/partial.ts';
import type { Context } from '../../types.ts';

/** Lines of one plan. */
const SHOWN = 40;

/** The versions of an asset for a person to agree to: date, author, what people left on them, and whether they go. */
export async function versionLines(
  context: Context,
  { asset_id, list, latest }: Versions,
  going: readonly Pick<Version, 'id'>[],
): Promise<string[]> {
  const notes: string[] = [];
  const [people, remarks, approval] = await Promise.all([
    forgiving(
      context,
      notes,
      'names of people',
      namesOf(
        context,
        list.map(({ by }) => by),
      ),
    ),
    forgiving(context, notes, 'comments', remarksOf(context, asset_id)),
    forgiving(context, notes, 'approval', context.use(approvals.tools.get_approval_request, { asset_id })),
  ]);
  const lines = list.slice(-SHOWN).map((version) => {
    const own = remarks && remarksIn(remarks, version.id);
    const parts = [
      version.name,
      version === latest && 'current now',
      version.date,
      version.by && people?.get(version.by),
      ...stateOf(version),
      own ? `comments: ${commentsLine(own)}` : 'comments: not known',
      own && othersLine(own),
      own && own.subclips > 0 && `${own.subclips} sub-clips`,
      approval?.version_id === version.id && approval.status && `approval: ${approval.status}`,
      going.some(({ id }) => id === version.id) ? 'goes' : 'stays',
    ];
    return parts.filter(Boolean).join(' · ');
  });
  return list.length > SHOWN ? [...lines, `and ${list.length - SHOWN} older ones`] : lines;
}
