import { firstOf } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { NotFound } from '../../errors.ts';
import { isHandle } from '../../handles.ts';
import type { Context } from '../../types.ts';
import { keepNoted, SELECTION } from '../kept_selections.ts';
import { findAsset, findCollection } from '../objects.ts';
import { all, type Doc, under } from '../search.ts';
import { inState, STATE_WORDS } from './states.ts';
import { labelOf, MAX_TITLES, namesLine, type Titled, titleOf, titlesOf } from './titles.ts';

/** For a plan that says what is about some of its assets. */
export const LEAVE_OUT = `To leave assets out, call again with except: titles, ids, handles (sel_…), collections, or ${STATE_WORDS}.`;

/** `"A", "B" and 7 more (sel_k3x9p2)`: of more than a note names, all are behind the handle. */
export function namedOrKept(context: Context, docs: readonly Titled[], description: string): string {
  const names = titlesOf(docs);
  const ids = docs.flatMap(({ id }) => id ?? []);
  return docs.length > MAX_TITLES ? `${names} (${keepNoted(context, ids, description)})` : names;
}

/** What a plan leaves out, by the words that name it. */
export interface LeftOut {
  readonly ids: ReadonlySet<string>;
  readonly named: ReadonlyMap<string, readonly string[]>;
  /** Of these the words that are no asset. */
  readonly reasons: ReadonlyMap<string, readonly string[]>;
  /** How words were understood that are no asset. */
  readonly notes: readonly string[];
}

/** The assets that words of `except` mean: an asset, all of a selection, all in a collection, all in a state. Throws `ToolError`. */
export async function leftOut(context: Context, except: readonly string[] = []): Promise<LeftOut> {
  const found = await Promise.all(except.map((words) => meantBy(context, words)));
  return {
    ids: new Set(found.flatMap(({ ids }) => ids)),
    named: new Map(found.map(({ words, ids }) => [words, ids])),
    reasons: new Map(found.flatMap(({ words, ids, meant }) => (meant === undefined ? [] : [[words, ids] as const]))),
    notes: found.flatMap(({ meant }) => (meant === undefined ? [] : [`except: ${meant}.`])),
  };
}

interface Meant {
  readonly words: string;
  readonly ids: readonly string[];
  readonly meant?: string;
}

async function meantBy(context: Context, words: string): Promise<Meant> {
  const idsIn = async (criteria: Parameters<typeof all>[1]): Promise<string[]> =>
    (await all(context, criteria, [])).flatMap(({ id }) => id ?? []);
  if (isHandle(words)) {
    const { criteria, description } = context.handles.get(SELECTION, words, 'except');
    return { words, ids: await idsIn(criteria), meant: `${words} → ${description}` };
  }
  try {
    return { words, ids: [(await findAsset(context, words)).id] };
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const title = words.replace(IN_COLLECTION, '');
    const place = await findCollection(context, title).catch((other: unknown) => {
      if (other instanceof NotFound) return undefined;
      throw other;
    });
    if (place) {
      const meant = `${inQuotes(words)} → collection ${labelOf(place)}, all in it`;
      return { words, ids: await idsIn(under(place.id)), meant };
    }
    const state = await inState(context, words);
    if (state) return { words, ids: state.ids, meant: `${inQuotes(words)} → ${state.meant}` };
    throw new NotFound(`${error.message} except also takes a collection, or ${STATE_WORDS}.`);
  }
}

/** `what is used in the collection Spring Campaign`. */
const IN_COLLECTION = /^(what is |those |all )?(used )?in (the )?collection /i;

/** `"A" (shared, approved)`: where several words were given, those that an asset is left out for. */
function because({ named, reasons }: LeftOut): (doc: Doc) => string {
  return (doc) => {
    const own = [...reasons].filter(([, ids]) => ids.includes(String(doc.id))).map(([words]) => words);
    return named.size > 1 && own.length > 0 ? `${titleOf(doc)} (${own.join(', ')})` : titleOf(doc);
  };
}

/** `except: 2 left out: "A", "B".`, and what is not among the documents that were read; of the first few nobody knows that. */
export function leftOutNotes(out: LeftOut, docs: readonly Doc[], isWhole: boolean): string[] {
  const { ids, named, notes } = out;
  const gone = docs.filter(({ id }) => ids.has(String(id)));
  const there = new Set(gone.map(({ id }) => String(id)));
  const absent = isWhole ? [...named].filter(([, own]) => !own.some((id) => there.has(id))) : [];
  return [
    ...notes,
    ...(gone.length > 0 ? [`except: ${gone.length} left out: ${firstOf(gone, MAX_TITLES, because(out))}.`] : []),
    ...(absent.length > 0 ? [`except: not among them: ${namesLine(absent.map(([words]) => words))}.`] : []),
  ];
}
