import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { toldApart } from '../../library/plans/titles.ts';
import { isAsAsked } from '../../library/segments/already_there.ts';
import { sameAs, type There } from '../../library/segments/notes.ts';
import { existingSegments, type Segment } from '../../library/segments/segments.ts';
import { isTickable, type NoteKind, notesOf, numbered, ofVersion } from '../../library/segments/threads.ts';
import { type Subject, subjectOf, versionLabel } from '../../library/subject.ts';
import { users } from '../../operations/users.ts';
import type { Context } from '../../types.ts';
import { type Candidate, type Copy, copyOf } from './copies.ts';
import { shiftBy } from './offset.ts';
import { authorNotes, changedCopies, outsideNotes, timecodeNotes } from './remarks.ts';

export interface Asked {
  readonly asset: string;
  readonly from_version?: string | undefined;
  readonly to_asset?: string | undefined;
  readonly to_version?: string | undefined;
  readonly kinds?: readonly NoteKind[] | undefined;
  readonly open_only?: boolean | undefined;
  readonly offset?: string | undefined;
}

/** A note with its replies; what is there already is left out. */
export interface Thread {
  readonly top?: Copy;
  /** Id of the copy of the first note, where that is there already. */
  readonly parent_id?: string;
  readonly replies: readonly Copy[];
}

export interface Plan {
  readonly source: Subject;
  readonly target: Subject;
  readonly threads: readonly Thread[];
  /** Notes that are there already, counted. */
  readonly existing: number;
  readonly notes: readonly string[];
}

/** Notes copied by one call. */
const MAX_COPIES = 500;
/** What to copy: existing copies are left out, times moved. Throws `ToolError`. */
export async function planCopies(context: Context, asked: Asked): Promise<Plan> {
  const { asset, from_version, to_asset, to_version, offset, open_only = false } = asked;
  const kinds = [...new Set(asked.kinds ?? (['COMMENT'] as const))];
  const to = await subjectOf(context, to_asset ?? asset, to_version);
  const from = await subjectOf(context, asset, from_version ?? (to_asset === undefined ? before(to) : undefined));
  const [source = from, target = to] = toldApart([from, to]);
  requireApart(source, target);
  const shift = shiftBy(offset, target.clip.clock ?? source.clip.clock);
  const me = await context.use(users.tools.get_current_user, {});
  const rows = ownOf(await notesOf(context, source.id, kinds), source, target);
  const all = await numbered(context, rows);
  const done = new Set(
    all.filter((one) => open_only && isTickable(one.kind) && one.done && !one.under).map(({ id }) => id),
  );
  const wanted = all.filter(({ id, under }) => !done.has(under ?? id));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const copies = wanted.map((note) => copyOf(note, byId.get(note.id) ?? {}, { source, target, shift, me: me.id }));
  const filter = { version_id: target.version?.id };
  const there = new Map<NoteKind, Segment[]>();
  for (const kind of kinds)
    there.set(kind, await existingSegments(context, target.id, { segment_type: kind, ...filter }));
  const threads = threadsOf(copies, (copy) => sameAs(copy, there.get(copy.kind) ?? [], target));
  const changed = threads.there.filter((one) => !isAsAsked(one, target));
  const { taken, left } = firstOf(threads.open);
  return {
    source,
    target,
    threads: taken,
    existing: threads.existing,
    notes: [
      ...(done.size > 0 ? [`${plural(done.size, 'note')} ticked off, left out with their replies.`] : []),
      ...outsideNotes(copies, target),
      ...timecodeNotes(source, target, offset),
      ...(threads.open.length > 0 ? authorNotes(copies) : []),
      ...(await changedCopies(context, target, changed)),
      ...(left > 0 ? [`${left} more: call again after this.`] : []),
    ],
  };
}

/** The version before the one that the notes go to. */
function before({ title, version, versions }: Subject): string {
  const earlier = version && versions[versions.indexOf(version) - 1];
  if (earlier) return earlier.id;
  throw new ToolError(
    `from_version: ${inQuotes(title)} has no version before ${version?.name ?? 'the current one'}. Give from_version, or to_asset for another asset.`,
  );
}

/** Within one version a repeat would find the copies of the first call, and copy them again. */
function requireApart(source: Subject, target: Subject): void {
  if (source.id !== target.id || source.version?.id !== target.version?.id) return;
  throw new ToolError(
    `from_version and to_version are both ${versionLabel(source)}: nothing to copy. annotate_asset moves notes within a version.`,
  );
}

/** Within one asset, a note that names no version is on the target already. */
const ownOf = (rows: readonly Segment[], source: Subject, target: Subject): Segment[] =>
  ofVersion(rows, source.version?.id).filter(({ version_id }) => source.id !== target.id || version_id !== undefined);

function threadsOf(copies: readonly Candidate[], there: (copy: Copy) => Segment | undefined) {
  const inside = copies.filter(({ outside }) => !outside);
  const known: There[] = [];
  let existing = 0;
  const open = inside.flatMap((top): Thread[] => {
    if (top.under) return [];
    const found = there(top.copy);
    const parent_id = found?.id;
    if (found) known.push({ note: top.copy, segment: found });
    const replies = inside.filter(({ under }) => under === top.id);
    const missing = replies.filter((reply) => !parent_id || !there({ ...reply.copy, parent_id }));
    existing += replies.length - missing.length + (found ? 1 : 0);
    if (found && missing.length === 0) return [];
    const copies = missing.map(({ copy }) => copy);
    return [found ? { ...(parent_id && { parent_id }), replies: copies } : { top: top.copy, replies: copies }];
  });
  return { open, existing, there: known };
}

export const sizeOf = ({ top, replies }: Thread): number => (top ? 1 : 0) + replies.length;

/** Whole threads, as many as one call copies. */
function firstOf(threads: readonly Thread[]): { taken: Thread[]; left: number } {
  const taken: Thread[] = [];
  let count = 0;
  for (const thread of threads) {
    if (taken.length > 0 && count + sizeOf(thread) > MAX_COPIES) break;
    taken.push(thread);
    count += sizeOf(thread);
  }
  const all = threads.reduce((sum, thread) => sum + sizeOf(thread), 0);
  return { taken, left: all - count };
}
