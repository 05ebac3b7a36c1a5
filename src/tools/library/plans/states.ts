import { batches } from '../../run/each.ts';
import type { Context } from '../../types.ts';
import { ACTIVE, all, type Term } from '../search.ts';
import { assetsWith, openComments } from '../segments/open_comments.ts';
import { sharedNow } from '../shares/shares.ts';

/** The assets that are in a state, and how the words for it were understood. */
interface InState {
  readonly ids: readonly string[];
  readonly meant: string;
}

interface State {
  /** The words, without those that say nothing. */
  readonly words: RegExp;
  find(context: Context): Promise<InState>;
}

/** Words that people put around the name of a state. */
const FILLERS =
  /\b(what(ever)?|is|are|was|were|those|all|everything|anything|that|which|right|now|currently|still|the|assets?|with|has|have|having|any|of|them|made|ones|things?|items?|cut|from)\b/g;

/** For an error and for plans. */
export const STATE_WORDS = '"shared", "approved", "waiting for approval", "rejected", "open comments", "sub-clips"';

const STATES: readonly State[] = [
  { words: /^shared( outside)?$/, find: shared },
  { words: /^approved$/, find: (context) => approval(context, 'approved', ['APPROVED']) },
  {
    words: /^(waiting for approval|asked for approval|(approval )?requested)$/,
    find: (context) => approval(context, 'waiting for approval', ['REQUESTED', 'MIXED']),
  },
  {
    words: /^(rejected|not approved)$/,
    find: (context) => approval(context, 'rejected by somebody', ['NOT_APPROVED', 'MIXED']),
  },
  { words: /^(open|unresolved) comments?$/, find: commented },
  { words: /^sub ?clips?$/, find: originals },
];

/** The assets in the state that words name, such as `what is shared now`; undefined for other words. */
export function inState(context: Context, words: string): Promise<InState> | undefined {
  const key = words.toLowerCase().replace(/-/g, ' ').replace(FILLERS, ' ').replace(/\s+/g, ' ').trim();
  return STATES.find((one) => one.words.test(key))?.find(context);
}

const idsOf = async (context: Context, terms: readonly Term[]): Promise<string[]> =>
  (await all(context, { doc_types: ['assets'], terms: [ACTIVE, ...terms] }, [])).flatMap(({ id }) => id ?? []);

/** Shared themselves, or in a collection that is: a share reaches what is inside. */
async function shared(context: Context): Promise<InState> {
  const { ids, isWhole } = await sharedNow(context);
  const clauses = batches([...ids]).flatMap((value_in) =>
    ['id', 'ancestor_collections'].map((name) => ({ name, value_in })),
  );
  const found = await Promise.all(clauses.map((term) => idsOf(context, [term])));
  const scope = isWhole ? '' : ', of the shares that you may see';
  return { ids: [...new Set(found.flat())], meant: `shared right now, or in a collection that is${scope}` };
}

/** The index has the approval of an asset, of whatever version, and is some seconds behind. */
const approval = async (context: Context, meant: string, value_in: readonly string[]): Promise<InState> => ({
  ids: await idsOf(context, [{ name: 'approval_status', value_in }]),
  meant: `${meant}, as search has it, in whatever version`,
});

async function commented(context: Context): Promise<InState> {
  const ids = [...assetsWith(await openComments(context))];
  return { ids, meant: 'with comments that are not ticked off, on whatever version' };
}

async function originals(context: Context): Promise<InState> {
  const terms = [ACTIVE, { name: 'type', value_in: ['SUBCLIP'] }];
  const subclips = await all(context, { doc_types: ['assets'], terms }, ['original_asset_id']);
  const ids = subclips.flatMap(({ original_asset_id: id }) => (typeof id === 'string' ? [id] : []));
  return { ids: [...new Set(ids)], meant: 'originals that sub-clips are made of' };
}
