import { formatDuration } from '../../../media/units.ts';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';
import { type Find, findsOf } from '../../library/faces/finds.ts';
import { isUnconfirmed, type Person, stateLabel } from '../../library/faces/persons.ts';
import { all, type Doc } from '../../library/search.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import { batches } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { narrowed, type Scope } from './scope.ts';
import { type Span, screenTimes, shared, totalOf } from './spans.ts';

/** Assets whose times are read. */
const MAX_ASSETS = 5_000;
/** Ids in one search. */
const MAX_IDS = 1_000;

/** An asset in which all who are asked for appear. */
export interface Place {
  readonly id: string;
  readonly title: string;
  /** `v1`, where it is not the current version. */
  readonly version?: string;
  readonly finds: readonly { readonly person: Person; readonly find: Find; readonly spans: readonly Span[] }[];
  /** When all of them are on screen. */
  readonly together: readonly Span[];
}

interface Wanted {
  readonly persons: readonly Person[];
  readonly scope: Scope;
  /** Milliseconds on screen, together where there are several. */
  readonly atLeast: number;
  readonly isOpenOnly: boolean;
}

export interface Places {
  readonly places: readonly Place[];
  /** Assets with them before the conditions on time and confirmation. */
  readonly total: number;
  /** Of these, finds without any time, which a length leaves out. */
  readonly untimed: number;
}

/** Where persons appear, all of them, longest on screen first. Throws `ToolError` where that is too much to read. */
export async function placesOf(context: Context, { persons, scope, atLeast, isOpenOnly }: Wanted): Promise<Places> {
  const lists = await Promise.all(persons.map(({ id }) => findsOf(context, id)));
  const docs = await documentsIn(context, scope, assetsInAll(lists));
  const times = await screenTimes(
    context,
    persons.map(({ id }) => id),
    docs.flatMap(({ id }) => id ?? []),
  );
  const found = docs.flatMap((doc) => placeIn(doc, persons, lists, times) ?? []);
  const places = found
    .filter(({ together }) => totalOf(together) >= atLeast)
    .filter(({ finds }) => !isOpenOnly || finds.some(({ find }) => isUnconfirmed(find)))
    .toSorted((a, b) => totalOf(b.together) - totalOf(a.together));
  return {
    places,
    total: found.length,
    untimed: found.filter(({ finds }) => finds.some(({ spans }) => spans.length === 0)).length,
  };
}

/** The assets that are in every list. */
function assetsInAll(lists: readonly (readonly Find[])[]): string[] {
  const [first = [], ...others] = lists.map((finds) => new Set(finds.map(({ asset_id }) => asset_id)));
  return [...first].filter((id) => others.every((other) => other.has(id)));
}

async function documentsIn(context: Context, { criteria }: Scope, ids: readonly string[]): Promise<Doc[]> {
  const fields = ['title', 'versions'];
  const docs: Doc[] = [];
  for (const some of batches(ids, MAX_IDS))
    docs.push(...(await all(context, narrowed(criteria, { name: 'id', value_in: some }), fields)));
  if (docs.length > MAX_ASSETS)
    throw new ToolError(`${docs.length} assets, more than ${MAX_ASSETS}: narrow by collection, selection or people.`);
  return docs;
}

/** The current version with all of them, or else the newest other one. */
function placeIn(
  doc: Doc,
  persons: readonly Person[],
  lists: readonly (readonly Find[])[],
  times: (person_id: string, version_id: string) => readonly Span[],
): Place | undefined {
  const { list, latest } = sortedVersions(doc);
  const order = [...(latest ? [latest] : []), ...list.filter((one) => one !== latest).toReversed()];
  for (const version of order) {
    const finds = persons.flatMap((person, index) => {
      const find = lists[index]?.find((one) => one.version_id === version.id);
      return find ? [{ person, find, spans: times(person.id, version.id) }] : [];
    });
    if (finds.length < persons.length) continue;
    const [first = [], ...others] = finds.map(({ spans }) => spans);
    return {
      id: String(doc.id),
      title: doc.title ?? String(doc.id),
      ...(version !== latest && { version: version.name }),
      finds,
      together: others.reduce((sum, one) => shared(sum, one), first),
    };
  }
  return undefined;
}

/** `"Title" · on screen 12:34 in 2 times, longest 7:00-15:00 · confirmed by a person · id`. */
export function placeLine({ id, title, version, finds, together }: Place): string {
  const [only] = finds;
  const states =
    only && finds.length === 1
      ? [stateLabel(only.find.status)]
      : finds.map(
          ({ person, find, spans }) =>
            `${person.name ? inQuotes(person.name) : person.id} ${spans.length > 0 ? formatDuration(totalOf(spans)) : 'no times'}, ${stateLabel(find.status)}`,
        );
  return [inQuotes(title), version && `${version}, not current`, spansLine(together, finds.length > 1), ...states, id]
    .filter(Boolean)
    .join(' · ');
}

function spansLine(spans: readonly Span[], isTogether: boolean): string {
  const [longest] = spans.toSorted((a, b) => b.end - b.start - (a.end - a.start));
  if (!longest) return isTogether ? 'never at the same time' : 'no times';
  const range = `${formatDuration(longest.start)}-${formatDuration(longest.end)}`;
  return `${isTogether ? 'together' : 'on screen'} ${formatDuration(totalOf(spans))} in ${plural(spans.length, 'time')}, longest ${range}`;
}
