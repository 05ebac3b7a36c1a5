import { after, type Change, type Changed, holds, type Item } from '../../library/metadata/change.ts';
import { quotedValue, type Value } from '../../library/metadata/values.ts';
import { type OwnRun, runsSince, undoOfAll } from '../../library/plans/own_runs.ts';
import { type Titled, titleOf } from '../../library/plans/titles.ts';
import { staysFilled, VALUE_RUNS, type ValueRun } from '../../library/plans/value_runs.ts';
import { groupBy } from '../../run/group_by.ts';
import type { Context } from '../../types.ts';

/** A field that has got another value since, and what it holds. */
interface Kept {
  /** What the run wrote there, and what was there before. */
  readonly change: Change;
  readonly before: readonly Value[];
  readonly now: readonly Value[];
}

/** What sets back one asset of a run. */
interface Judged extends Titled {
  readonly id: string;
  readonly title: string;
  /** Absent for one that is gone. */
  readonly back?: Changed;
  readonly kept: readonly Kept[];
}

export function judge(written: Changed, now: Item | undefined): Judged {
  const { id, apart } = written;
  if (!now) return { id, title: written.title, apart, kept: [] };
  const judged = written.changes.map((change) => {
    const { name } = change.field;
    const [before, held] = [written.old[name] ?? [], now.old[name] ?? []];
    return { change, before, now: held, back: backTo(change, before, held) };
  });
  return {
    id,
    title: now.title,
    apart,
    back: { ...now, apart, changes: judged.flatMap(({ back }) => (back === 'kept' ? [] : (back ?? []))) },
    kept: judged.filter(({ back }) => back === 'kept'),
  };
}

/** The same for all, one after the other: each finds what those before it set back. */
export function setBack(written: readonly Changed[], now: ReadonlyMap<string, Item>): Judged[] {
  const state = new Map(now);
  return written.map((one) => {
    const judged = judge(one, state.get(one.id));
    if (judged.back) state.set(one.id, { ...judged.back, old: heldAfter(judged.back) });
    return judged;
  });
}

const heldAfter = ({ old, changes }: Changed): Item['old'] => ({
  ...old,
  ...Object.fromEntries(changes.map((change) => [change.field.name, after(change, old[change.field.name] ?? [])])),
});

/** One change for each field of each asset, from what it holds now. */
export function together(judged: readonly Judged[], now: ReadonlyMap<string, Item>): Changed[] {
  const backs = judged.flatMap(({ back }) => (back && back.changes.length > 0 ? [back] : []));
  return [...groupBy(backs, ({ id }) => id)].flatMap(([id, own]) => {
    const [first] = own;
    const held = now.get(id);
    if (!first || !held || own.length === 1) return first ? [first] : [];
    const byField = groupBy(
      own.flatMap(({ changes }) => changes),
      ({ field }) => field.name,
    );
    const changes = [...byField].flatMap(([name, [change, ...more]]): Change[] => {
      if (!change || more.length === 0) return change ? [change] : [];
      const values = [change, ...more].reduce((values, one) => after(one, values), [...(held.old[name] ?? [])]);
      const whole: Change = { field: change.field, mode: 'overwrite', values };
      return holds(whole, held.old[name] ?? []) ? [] : [whole];
    });
    return changes.length > 0 ? [{ ...first, ...held, apart: first.apart, changes }] : [];
  });
}

/** What was changed since: by others, and by later calls of the caller himself, which can be taken back with these. */
export function ofOthers(context: Context, runs: readonly OwnRun<ValueRun>[], judged: readonly Judged[]) {
  const later = runsSince(context, VALUE_RUNS, runs);
  const byRun = new Map<OwnRun<ValueRun>, Judged[]>();
  const others = judged.flatMap((one): Judged[] => {
    const own = one.kept.map((kept) => ({ kept, by: writersOf(one.id, kept, later) }));
    for (const { kept, by } of own)
      for (const run of by) byRun.set(run, [...(byRun.get(run) ?? []), { ...one, kept: [kept] }]);
    const rest = own.filter(({ by }) => by.length === 0).map(({ kept }) => kept);
    return rest.length > 0 ? [{ ...one, kept: rest }] : [];
  });
  const lines = [...byRun].map(
    ([{ handle, run }, list]) => `Left alone, changed by your later ${handle} (${run.tool}): ${keptLines(list)}.`,
  );
  const handles = [...byRun.keys()].map(({ handle }) => handle);
  return {
    others,
    own: handles.length > 0 ? [...lines, ...undoOfAll('set_metadata', {}, runs, handles)] : [],
  };
}

/** The later runs that a field went through to what it holds now; none where somebody else had a hand in it. */
function writersOf(id: string, { change, before, now }: Kept, later: readonly OwnRun<ValueRun>[]): OwnRun<ValueRun>[] {
  let values = now;
  const by: OwnRun<ValueRun>[] = [];
  for (const one of later) {
    const set = one.run.sets.find(
      ({ changes, items }) =>
        items.some((item) => item.id === id) && changes.some(({ field }) => field.name === change.field.name),
    );
    const own = set?.changes.find(({ field }) => field.name === change.field.name);
    const old = set?.items.find((item) => item.id === id)?.old[change.field.name] ?? [];
    const back = own && backTo(own, old, values);
    if (back === undefined || back === 'kept') continue;
    values = after(back, values);
    by.push(one);
  }
  return holds({ ...change, mode: 'overwrite', values: after(change, before) }, values) ? by : [];
}

/** Assets that a note names. */
const MAX_KEPT = 10;

/** `"Title" (Rating 4)` for each. */
export function keptLines(some: readonly Judged[]): string {
  const held = ({ change: { field }, now }: Kept): string => `${field.label} ${shown(field, now)}`;
  const lines = some.slice(0, MAX_KEPT).map((one) => `${titleOf(one)} (${one.kept.map(held).join(', ')})`);
  return `${lines.join('; ')}${some.length > MAX_KEPT ? ` and ${some.length - MAX_KEPT} more` : ''}`;
}

const shown = (field: Change['field'], values: readonly Value[]): string =>
  values.map((value) => quotedValue(field, value, MAX_VALUE)).join(', ') || 'empty';
const MAX_VALUE = 40;

/** The change that takes one back; none where nothing is to be done, `kept` where the field has got another value since. */
function backTo(change: Change, before: readonly Value[], now: readonly Value[]): Change | 'kept' | undefined {
  const { field, mode } = change;
  const made = after(change, before);
  const whole: Change = { field, mode: 'overwrite', values: before };
  if (holds(whole, now) || holds(whole, made)) return undefined;
  if (staysFilled(field, before)) return undefined;
  if (holds({ ...whole, values: made }, now)) return whole;
  if (mode === 'overwrite') return 'kept';
  // Others have added or taken values: only its own go back.
  const part: Change =
    mode === 'append'
      ? { field, mode: 'delete', values: made.filter((one) => !before.includes(one)) }
      : { field, mode: 'append', values: before.filter((one) => !made.includes(one)) };
  if (!holds(part, now)) return part;
  // What it added is gone, and what was there before, too: somebody set it all anew.
  return mode === 'append' && !holds({ field, mode, values: before }, now) ? 'kept' : undefined;
}
