import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { stillShownNotes } from '../../library/bin/still_shown.ts';
import { SELECTION, selectionNow } from '../../library/kept_selections.ts';
import { findCollection } from '../../library/objects.ts';
import { titlesOf, toldApart } from '../../library/plans/titles.ts';
import { ACTIVE, type Criteria, page, under } from '../../library/search.ts';
import type { Context } from '../../types.ts';

/** The assets that are looked at: the whole library, a collection with all below it, or a selection. */
export interface Scope {
  readonly criteria: Criteria;
  readonly label: string;
  readonly isWhole: boolean;
}

interface Given {
  readonly collection?: string | undefined;
  readonly selection?: string | undefined;
}

export async function scopeOf(context: Context, { collection, selection }: Given): Promise<Scope> {
  if (selection !== undefined) {
    const { criteria, notes } = await selectionNow(context, selection);
    return { criteria, label: notes.join('; '), isWhole: false };
  }
  if (collection === undefined)
    return { criteria: { doc_types: ['assets'], terms: [ACTIVE] }, label: 'the whole library', isWhole: true };
  const { id, title } = await findCollection(context, collection);
  return {
    criteria: under(id),
    label: `collection ${inQuotes(title)} (${id}) and everything below it`,
    isWhole: false,
  };
}

/** The same with further conditions, in no order of its own. */
export const narrowed = ({ sort: _, ...criteria }: Criteria, ...terms: Criteria['terms']): Criteria => ({
  ...criteria,
  terms: [...criteria.terms, ...terms],
});

/** Every state but DONE. */
const NOT_DONE = ['N/A', 'REQUESTED', 'IN_PROGRESS', 'FAILED'];
const WITH_PICTURE = { name: 'media_type', value_in: ['video', 'image'] };
/** Assets that a note names. */
const EXAMPLES = 5;

export interface Coverage {
  /** Handle of what nobody has looked at for faces. */
  readonly not_analysed?: string;
  readonly notes: readonly string[];
}

/** How much of a scope face recognition has not looked at: what is not there may be in it. */
export async function coverageOf(context: Context, { criteria, label }: Scope): Promise<Coverage> {
  const open = narrowed(criteria, WITH_PICTURE, { name: 'face_recognition_status', value_in: NOT_DONE });
  const read = { per_page: EXAMPLES, include_fields: ['id', 'title'] };
  const [all, { docs, total }, leftOut] = await Promise.all([
    page(context, narrowed(criteria, WITH_PICTURE), { per_page: 1, include_fields: ['id'] }),
    page(context, { ...open, sort: [{ name: 'title', order: 'asc' }] }, read),
    stillShownNotes(context, criteria),
  ]);
  if (total === 0)
    return {
      notes: [`Face recognition has looked at all ${plural(all.total, 'video and image')} of ${label}.`, ...leftOut],
    };
  const description = `videos and images not analysed for faces, of ${label}`;
  return {
    not_analysed: context.handles.keep(SELECTION, { criteria: open, total, description }),
    notes: [
      `Not analysed for faces: ${total} of ${all.total} videos and images of ${label}: ${titlesOf(toldApart(docs))}${total > docs.length ? ' …' : ''}. Who is in them is not known.`,
      ...leftOut,
    ],
  };
}
