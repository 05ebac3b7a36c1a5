import type { Subject } from '../../library/subject.ts';
import { countSegments, countsOf } from '../../operations/segment_counts.ts';
import type { Context } from '../../types.ts';

/** A version with comments that a document of another one does not have. */
export interface Elsewhere {
  readonly name: string;
  /** `v1: 1 open of 2`. */
  readonly line: string;
}

/** The other versions with comments, oldest first; with `open_only` those with open ones. */
export async function commentsElsewhere(
  context: Context,
  { id, version, versions }: Subject,
  open_only: boolean | undefined,
): Promise<Elsewhere[]> {
  const others = versions.filter((one) => one !== version);
  if (others.length === 0) return [];
  const counted = await countSegments(context, id, { segment_type: 'COMMENT' });
  return others.flatMap(({ id: version_id, name }) => {
    const { open, done } = countsOf(counted, version_id);
    return (open_only ? open : open + done) > 0 ? [{ name, line: `${name}: ${open} open of ${open + done}` }] : [];
  });
}

export const elsewhereNote = (others: readonly Elsewhere[]): string[] =>
  others.length > 0 ? [`Comments on other versions: ${others.map(({ line }) => line).join(', ')}.`] : [];
