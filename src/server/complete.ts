import { clean } from '../text/clean.ts';
import { suggest } from '../tools/library/objects.ts';
import type { Caller, Pipeline } from './call.ts';
import { createContext } from './context.ts';

const MAX_SUGGESTIONS = 10;
/** Characters of a title that somebody may type. */
const MAX_TITLE = 300;

/** Titles with these words, for a host that completes while a person types; ids of assets where an id is asked for. */
export async function complete(
  pipeline: Pipeline,
  argument: { readonly name: string; readonly value: string },
  caller: Caller,
): Promise<string[]> {
  const typed = argument.value.trim();
  if (!['asset', 'collection', 'id'].includes(argument.name) || typed.length < 2) return [];
  const clock = { until: performance.now() + pipeline.deadline };
  const quiet = { attached: [], audit: () => () => undefined, takes: () => false };
  const context = createContext(pipeline, { ...caller, clock, ...quiet });
  const kind = argument.name === 'collection' ? 'collections' : 'assets';
  // A host shows no error here, and a person types on.
  const found = await suggest(context, kind, typed, MAX_SUGGESTIONS).catch(() => []);
  const isShown = (title: string): boolean => title.length <= MAX_TITLE && pipeline.mask(clean(title)) === title;
  const values = found
    // A title that cannot be shown as it is would not be found: its id is.
    .map(({ id, title }) => (argument.name === 'id' || !isShown(title) ? id : title));
  return [...new Set(values)];
}
