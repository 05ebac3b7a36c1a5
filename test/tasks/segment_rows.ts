import { expect } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { ids, world as make, type World } from '../support/world.ts';

export { ids, make };

export const { grade, interview, master } = ids;
export const [, second, current] = ids.interviewVersions;

export const rows = (sandbox: Sandbox, asset: string) => sandbox.store.segments.where('asset_id', asset);
/** The segments that are new since the snapshot, in short. */
export const since = (sandbox: Sandbox, asset: string, before: ReadonlySet<unknown>) =>
  rows(sandbox, asset)
    .filter(({ id }) => !before.has(id))
    .sort((a, b) => Number(a.time_start_milliseconds) - Number(b.time_start_milliseconds))
    .map((one) => [one.segment_type, one.time_start_milliseconds, one.time_end_milliseconds, one.segment_text]);
export const idsOf = (sandbox: Sandbox, asset: string) => new Set<unknown>(rows(sandbox, asset).map(({ id }) => id));
/** All segments but those of one asset, to see that nothing else changes. */
export const others = ({ store }: Sandbox, asset: string): string =>
  JSON.stringify(store.segments.list(({ asset_id }) => asset_id !== asset));

/** Shows the plan, then agrees to it. */
export const agree = async ({ call }: World, args: Record<string, unknown>) => {
  const plan = await call('annotate_asset', args);
  expect(plan.status).toBe('preview');
  return { plan, answer: await call('annotate_asset', { ...args, confirm: plan.confirm }) };
};

export const done = (sandbox: Sandbox, text: string) =>
  rows(sandbox, interview).find(({ segment_text }) => String(segment_text).startsWith(text))?.segment_checked;
