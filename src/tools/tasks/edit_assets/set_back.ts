import { EDIT_RUNS } from '../../library/plans/edit_runs.ts';
import { type OwnRun, runsSince, undoOfAll } from '../../library/plans/own_runs.ts';
import { titlesOf } from '../../library/plans/titles.ts';
import { assets } from '../../operations/assets.ts';
import type { Context } from '../../types.ts';
import { changes, FIELDS, type Item } from './plan.ts';

type Field = (typeof FIELDS)[number];

/** What an asset is called and where it is. */
interface State {
  readonly title: string;
  readonly values: Item['old'];
  readonly places: ReadonlySet<string>;
}

/** What of an asset is to be set back, and the fields that hold neither what was written nor what was before. */
interface Kept {
  readonly item: Item;
  readonly fields: readonly Field[];
}

/** An asset as it is; undefined for one in the recycle bin. */
export async function stateOf({ use }: Context, written: Item): Promise<State | undefined> {
  const now = await use(assets.tools.get_asset, { asset_id: written.id, include_collections: true });
  if (now.status === 'DELETED') return undefined;
  const { title = written.title, in_collections: places = [] } = now;
  const values = {
    title,
    ...(now.category && { category: now.category }),
    ...(now.external_id && { external_id: now.external_id }),
  };
  return { title, values, places: new Set(places) };
}

/** What sets all of these back, one after the other: each finds what those before it set back. */
export function setBack(written: readonly Item[], now: ReadonlyMap<string, State>) {
  const back = new Map<string, Item>();
  const kept: Kept[] = [];
  for (const one of written) {
    const state = now.get(one.id);
    if (!state) continue;
    const known = back.get(one.id) ?? {
      ...one,
      title: state.title,
      old: state.values,
      fields: {},
      add: [],
      remove: [],
    };
    const { item, left } = backTo(one, known, state);
    back.set(one.id, item);
    if (left.length > 0) kept.push({ item, fields: left });
  }
  return { items: [...back.values()].filter((item) => changes(item) > 0), kept };
}

const heldBy = ({ old, fields }: Item, name: Field): string => fields[name] ?? old[name] ?? '';

/** An asset that is set back further, and the fields that were changed by others. */
function backTo(written: Item, known: Item, state: State): { item: Item; left: Field[] } {
  const open = FIELDS.filter(
    (name) => written.fields[name] !== undefined && heldBy(known, name) !== (written.old[name] ?? ''),
  );
  const own = open.filter((name) => heldBy(known, name) === written.fields[name]);
  const fields = { ...known.fields, ...Object.fromEntries(own.map((name) => [name, written.old[name] ?? ''])) };
  const without = (some: Item['add'], others: Item['add']) =>
    some.filter(({ id }) => !others.some((one) => one.id === id));
  const places = new Map(
    [...known.add, ...known.remove, ...written.add, ...written.remove].map((one) => [one.id, one]),
  );
  const wanted = [...without(known.add, written.add), ...written.remove];
  const unwanted = [...without(known.remove, written.remove), ...written.add];
  const of = (some: Item['add'], isThere: boolean) =>
    [...new Set(some.map(({ id }) => id))].flatMap((id) =>
      state.places.has(id) === isThere ? (places.get(id) ?? []) : [],
    );
  return {
    item: {
      ...known,
      apart: written.apart,
      fields: Object.fromEntries(
        Object.entries(fields).filter(([name, value]) => value !== (known.old[name as Field] ?? '')),
      ),
      add: of(wanted, false),
      remove: of(unwanted, true),
    },
    left: open.filter((name) => !own.includes(name)),
  };
}

/** What was changed since: by others, and by later calls of the caller himself, which can be taken back with these. */
export function ofOthers(context: Context, runs: readonly OwnRun<readonly Item[]>[], kept: readonly Kept[]) {
  const later = runsSince(context, EDIT_RUNS, runs);
  const written = runs.flatMap(({ run }) => run);
  const byRun = new Map<string, Item[]>();
  const others = kept.filter(({ item, fields }) => {
    const by = fields.map((name) => writersOf(item, name, written, later));
    for (const handle of new Set(by.flat())) byRun.set(handle, [...(byRun.get(handle) ?? []), item]);
    return by.some((handles) => handles.length === 0);
  });
  const lines = [...byRun].map(([handle, items]) => `Left alone, changed by your later ${handle}: ${titlesOf(items)}.`);
  const own = byRun.size > 0 ? [...lines, ...undoOfAll('edit_assets', {}, runs, [...byRun.keys()])] : [];
  return { others: others.map(({ item }) => item), own };
}

/** The later runs that a field went through to what it holds now; none where somebody else had a hand in it. */
function writersOf(
  item: Item,
  name: Field,
  written: readonly Item[],
  later: readonly OwnRun<readonly Item[]>[],
): string[] {
  const { id } = item;
  let value = heldBy(item, name);
  const by = later.flatMap(({ handle, run }) => {
    const own = run.find((one) => one.id === id);
    if (own?.fields[name] === undefined || own.fields[name] !== value) return [];
    value = own.old[name] ?? '';
    return [handle];
  });
  return written.some((one) => one.id === id && one.fields[name] === value) ? by : [];
}
