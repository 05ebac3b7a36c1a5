import { ToolError } from '../../errors.ts';
import type { Segment } from '../../library/segments/segments.ts';
import type { Subject } from '../../library/subject.ts';
import { segments } from '../../operations/segments.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import type { Copy } from './copies.ts';
import { sizeOf, type Thread } from './plan.ts';

export interface Written {
  readonly copied: readonly { readonly copy: Copy; readonly segment: Segment }[];
  readonly failed: readonly { readonly copy: Copy; readonly error: Error }[];
  /** Not begun: the time was over. */
  readonly rest: number;
}

/** Milliseconds kept for the answer. */
const RESERVE = 3_000;

/** Creates copies thread by thread, one after the other within a thread: replies are in order of creation. */
export async function writeThreads(context: Context, target: Subject, threads: readonly Thread[]): Promise<Written> {
  const written = await each(threads, context, (thread) => writeThread(context, target, thread), { reserve: RESERVE });
  const results = written.done.map(({ result }) => result);
  return {
    copied: results.flatMap(({ copied }) => copied),
    failed: [
      ...results.flatMap(({ failed }) => failed),
      ...written.failed.flatMap(({ item, error }) => copiesIn(item).map((copy) => ({ copy, error }))),
    ],
    rest:
      results.reduce((sum, { rest }) => sum + rest, 0) + written.rest.reduce((sum, thread) => sum + sizeOf(thread), 0),
  };
}

const copiesIn = ({ top, replies }: Thread): Copy[] => [...(top ? [top] : []), ...replies];

async function writeThread(context: Context, target: Subject, thread: Thread): Promise<Written> {
  const copied: { copy: Copy; segment: Segment }[] = [];
  const failed: { copy: Copy; error: Error }[] = [];
  let parent_id = thread.parent_id;
  const copies = copiesIn(thread);
  for (const [index, copy] of copies.entries()) {
    if (index > 0 && context.timeLeft() < RESERVE) return { copied, failed, rest: copies.length - index };
    const isTop = copy === thread.top;
    if (!isTop && parent_id === undefined) {
      failed.push({ copy, error: new ToolError('the comment it answers was not copied') });
      continue;
    }
    try {
      const segment = await create(context, target, copy, isTop ? undefined : parent_id);
      copied.push({ copy, segment });
      if (isTop) parent_id = segment.id;
    } catch (error) {
      if (context.signal.aborted) throw error;
      failed.push({ copy, error: error as Error });
    }
  }
  return { copied, failed, rest: 0 };
}

const create = (context: Context, { id, version }: Subject, copy: Copy, parent_id: string | undefined) =>
  context.use(segments.tools.create_segment, {
    asset_id: id,
    segment_type: copy.kind,
    segment_text: copy.text,
    ...(copy.start !== undefined && {
      time_start_milliseconds: copy.start,
      time_end_milliseconds: copy.end ?? copy.start,
    }),
    ...(version && { version_id: version.id }),
    ...(copy.done && { segment_checked: true }),
    ...(copy.color && { segment_color: copy.color }),
    ...(copy.track && { segment_track: copy.track }),
    ...(copy.internal && { is_internal: true }),
    ...(copy.drawing && { drawing: copy.drawing }),
    ...(parent_id && { parent_id }),
  });
