import { plural } from '../../../text/english.ts';
import { rightsFields, rightsNotes } from '../../library/plans/rights.ts';
import { titlesOf, toldApart } from '../../library/plans/titles.ts';
import { ACTIVE, all, type Doc, page, under } from '../../library/search.ts';
import type { Shared } from '../../library/shares/shares.ts';
import { sortedVersions } from '../../operations/version_list.ts';
import type { Context } from '../../types.ts';

export interface Contents {
  /** `with 36 assets and 4 collections below it`; empty for an asset. */
  readonly size: string;
  /** What in it people should know about before it leaves the company. */
  readonly notes: readonly string[];
}

/** What guests of a share get to see: how many, what their rights say, and what of it is not approved or archived. */
export async function contentsOf(context: Context, shared: Shared, until?: string): Promise<Contents> {
  const rights = await rightsFields(context);
  const fields = ['title', 'date_created', 'approval', 'archive_status', 'versions', ...rights.names];
  const notesOf = (found: readonly Doc[]) => {
    const docs = toldApart(found);
    return [...rightsNotes(rights, docs, until), ...stateNotes(docs)];
  };
  if (shared.object_type === 'assets') {
    const byId = { doc_types: ['assets' as const], terms: [{ name: 'id', value_in: [shared.object_id] }] };
    return { size: '', notes: notesOf(await all(context, byId, fields)) };
  }
  const below = { name: 'ancestor_collections', value_in: [shared.object_id] };
  const [docs, { total }] = await Promise.all([
    all(context, under(shared.object_id), fields),
    page(context, { doc_types: ['collections'], terms: [ACTIVE, below] }, { per_page: 1, include_fields: ['id'] }),
  ]);
  const size = ` with ${plural(docs.length, 'asset')}${total > 0 ? ` and ${plural(total, 'collection')} below it` : ''}`;
  const later = 'What is put into the collection later is shared as well.';
  return {
    size,
    notes: [
      ...(docs.length === 0 ? ['The collection is empty as far as the index knows.'] : []),
      ...notesOf(docs),
      later,
    ],
  };
}

/** Titles that a note of a plan lists: there are several notes. */
const MAX_TITLES = 3;

function stateNotes(docs: readonly Doc[]): string[] {
  const by = (state: string): Doc[] => docs.filter((doc) => approvalOf(doc) === state);
  const [approved, unasked, older] = [by('APPROVED'), by('N/A'), by(OLDER)];
  const open = docs.filter((doc) => ![...approved, ...unasked, ...older].includes(doc));
  const states = [...new Set(open.map(approvalOf))].sort().join(', ');
  const archived = docs.filter(({ archive_status: state }) => state !== undefined && state !== 'NOT_ARCHIVED');
  const of = (some: readonly Doc[]): string => `${some.length} of ${docs.length}: ${titlesOf(some, MAX_TITLES)}`;
  return [
    ...(open.length > 0 ? [`Not approved (${states}): ${of(open)}.`] : []),
    ...(older.length > 0 ? [`Approved in another version than the current one: ${of(older)}.`] : []),
    ...(unasked.length > 0 ? [`Never asked for approval: ${unasked.length} of ${docs.length}.`] : []),
    ...(archived.length > 0
      ? [`Archived or on the way there: ${of(archived)}. Guests get proxies of these, no originals.`]
      : []),
  ];
}

const OLDER = 'of another version';

/** The state of the approval of the current version. */
function approvalOf(doc: Doc): string {
  const { status = 'N/A', version_id } = doc.approval ?? {};
  const { latest } = sortedVersions(doc);
  return status === 'APPROVED' && version_id && latest && latest.id !== version_id ? OLDER : status;
}
