import * as z from 'zod';
import { withName } from '../../text/compare.ts';
import { inQuotes } from '../../text/quote.ts';
import { task } from '../define.ts';
import { ToolError } from '../errors.ts';
import { SELECTION } from '../library/kept_selections.ts';
import { allSaved, criteriaOf } from '../library/saved/searches.ts';
import { type Criteria, searchBody } from '../library/search.ts';
import { savedSearches } from '../operations/saved_searches.ts';
import { strings, text } from '../params.ts';
import { instead } from '../run/each.ts';

export const save_search = task({
  title: 'Save a search',
  description:
    'Save a search of find_assets under a name, so that people run it in Iconik: it finds what fits then. To list or run them use list_searches.',
  effect: 'create',
  idempotent: true,
  roles: ['can_write_saved_searches', 'can_read_saved_searches'],
  input: {
    name: z
      .string()
      .trim()
      .min(1)
      .refine((name) => name.length <= 200, 'has more than 200 characters')
      .describe('e.g. "Clearance pending".'),
    selection: z.string().describe('Handle from find_assets: what it looked for is saved.'),
  },
  output: { search: text, finds: text, notes: strings },
  run: async ({ name, selection }, context) => {
    const { criteria, total, description, orderedBy } = context.handles.get(SELECTION, selection);
    const lasting = withoutId(criteria);
    // By the rule that list_searches finds a name with: two that it cannot tell apart could not be run by name.
    const same = withName(await allSaved(context), (one) => [one.name ?? ''], name);
    const label = (id: string | undefined): string => `${inQuotes(name)} (${id ?? 'no id'})`;
    const finds = `${total} assets now: ${description}`;
    const there = same.find((one) => isSame(criteriaOf(one.criteria), lasting));
    if (there) return { search: label(there.id), finds, notes: ['It is saved already. Nothing to do.'] };
    if (same[0])
      throw new ToolError(
        `A saved search called ${inQuotes(name)} looks for something else (${same[0].id}). Give another name. Nothing was saved.`,
      );
    const made = await context.use(savedSearches.tools.create_saved_search, {
      name,
      criteria: searchBody(lasting),
    });
    const { id } = made;
    const read =
      id === undefined
        ? undefined
        : await context
            .use(savedSearches.tools.get_saved_search, { search_id: id, page: 1, per_page: 1 })
            .catch(instead(context, undefined));
    return {
      search: label(id),
      finds,
      notes: [
        read === undefined
          ? 'Saved, but Iconik could not run it yet. Look with list_searches.'
          : `Saved and run: Iconik finds ${read.total ?? 'an unknown number'}${read.total === total ? '' : `, ${total} when it was searched`}.`,
        ...(lasting.terms.some((one) => one.name === 'id')
          ? ['It holds a fixed list of ids: new assets do not come to it.']
          : []),
        ...fixedDates(lasting),
        ...(orderedBy ? [`Its order is not kept: Iconik sorts no search by ${orderedBy}; find_assets does.`] : []),
      ],
    };
  },
});

/** Iconik keeps days, not words: `this month` stays the month in which the search was saved. */
function fixedDates({ terms }: Criteria): string[] {
  const ranges = terms.flatMap(({ name, range: { min = '', max = '' } = {} }) =>
    /^\d{4}-\d\d-\d\d/.test(min || max) ? [`${name} ${min.slice(0, 10)}..${max.slice(0, 10)}`] : [],
  );
  return ranges.length > 0 ? [`Fixed to these days, which do not move on: ${ranges.join(', ')}.`] : [];
}

/** The id only breaks ties between pages, and not every Iconik sorts by it. */
const withoutId = ({ sort = [], ...criteria }: Criteria): Criteria => {
  const others = sort.filter(({ name }) => name !== 'id');
  return { ...criteria, ...(others.length > 0 && { sort: others }) };
};

const isSame = (one: Criteria | undefined, other: Criteria): boolean =>
  one !== undefined && sorted(searchBody(one)) === sorted(searchBody(other));

/** JSON with the keys of each object in one order. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
