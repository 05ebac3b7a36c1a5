import { inQuotes } from '../../../text/quote.ts';
import { statusOf } from '../../errors.ts';
import { groupBy } from '../../run/group_by.ts';
import { createReport } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { type Field, viewsOf } from '../metadata/fields.ts';
import { toShown } from '../metadata/values.ts';
import { all, byIds, type Doc } from '../search.ts';
import { titlesOf, toldApart } from './titles.ts';

/** The fields that say whether something may be used. No field of Iconik's is for this: each house has its own. */
export interface RightsFields {
  readonly fields: readonly (Field & { readonly kind: Kind })[];
  /** Fields of documents of the search index. */
  readonly names: readonly string[];
  /** Why they are not known. */
  readonly unread?: string;
}

type Kind = 'state' | 'end' | 'embargo';

const EMBARGO = /\b(embargo(ed)?|not before|release date|valid from|(rights|licen[cs]e) (from|start)|sperrfrist)\b/;
const END =
  /\b(expir\w*|valid (until|to|till)|(rights|licen[cs]e|usage) (end|ends|until|to)|end of (rights|licen[cs]e)|ablauf\w*|caduc\w*|validade)\b/;
const STATE =
  /\b(clearance|cleared|embargo(ed)?|usage|restrictions?|rights|rechte|freigabe|droits|derechos|direitos)\b/;
/** Values that need no look before something leaves. */
const CLEAR = /^(cleared|approved|ok|free|unrestricted|royalty free|public domain)$/i;

/** The fields whose labels or names say so. */
export async function rightsFields(context: Context): Promise<RightsFields> {
  try {
    const views = await viewsOf(context);
    const byName = new Map(views.flatMap(({ fields }) => fields.map((field) => [field.name, field] as const)));
    const fields = [...byName.values()].flatMap((field) => {
      const kind = kindOf(field);
      return kind ? [{ ...field, kind }] : [];
    });
    return { fields, names: fields.map(({ name }) => `metadata.${name}`) };
  } catch (error) {
    if (context.signal.aborted || statusOf(error) === undefined) throw error;
    return { fields: [], names: [], unread: 'The rights could not be read: no access to the metadata views.' };
  }
}

/** What they say of assets that are cut; nothing where no field is for rights. */
export async function rightsOfCut(context: Context, ids: readonly string[]): Promise<readonly string[]> {
  const rights = await rightsFields(context);
  if (rights.unread || rights.fields.length === 0) return rights.unread ? [rights.unread] : [];
  const report = createReport(context);
  const criteria = { doc_types: ['assets' as const], terms: [byIds(ids)] };
  const docs = await report.part('Rights', all(context, criteria, ['title', 'date_created', ...rights.names]));
  return docs ? rightsNotes(rights, toldApart(docs)) : report.notes;
}

function kindOf({ type, label, name, multi }: Field): Kind | undefined {
  const words = `${label} | ${name}`.toLowerCase().replaceAll(/[_-]+/g, ' ');
  const isDay = type === 'date' || type === 'datetime';
  if (isDay) return EMBARGO.test(words) ? 'embargo' : END.test(words) ? 'end' : undefined;
  const isChoice = type === 'drop_down' || type === 'boolean';
  return isChoice && !multi && STATE.test(words) ? 'state' : undefined;
}

/**
 * What the rights of assets say that leave the company: `Rights, Clearance (of 6): "Refused" 1: "…"; "Cleared" 5.` `until`: how long
 * others have them; for good where it is left out.
 */
export function rightsNotes({ fields, unread }: RightsFields, docs: readonly Doc[], until?: string): string[] {
  if (unread) return [unread];
  if (docs.length === 0) return [];
  if (fields.length === 0)
    return ['Rights: no field for rights is known here (clearance, expiry, embargo): nothing was checked.'];
  return fields.map((field) => {
    const parts = field.kind === 'state' ? stateParts(field, docs) : dayParts(field, docs, until);
    return `Rights, ${field.label} (of ${docs.length}): ${parts.join('; ')}.`;
  });
}

/** Titles that a part lists, where it has no more assets than can all be looked at. */
const MAX_TITLES = 3;
const MAX_NAMED = 20;

/** `2: "A", "B"`: those that stand for themselves; of many the first is named. */
const some = (docs: readonly Doc[]): string =>
  `${docs.length}: ${titlesOf(docs, docs.length > MAX_NAMED ? 1 : MAX_TITLES)}`;

const valuesOf = ({ metadata = {} }: Doc, name: string): unknown[] =>
  [metadata[name] ?? []].flat().filter((one) => one !== '' && one !== null);

/** The rarest first: one refusal among thousands is what a person would miss. */
function stateParts(field: Field, docs: readonly Doc[]): string[] {
  const by = groupBy(docs, (doc) => {
    const [value] = valuesOf(doc, field.name);
    return value === undefined ? '' : toShown(field, value);
  });
  const isFine = (value: string): boolean => field.type === 'drop_down' && CLEAR.test(value);
  const sorted = [...by].sort(([, a], [, b]) => a.length - b.length);
  return [
    ...sorted.filter(([value]) => !isFine(value)).map(([value, own]) => `${inQuotesOrNone(value)} ${some(own)}`),
    ...sorted.filter(([value]) => isFine(value)).map(([value, own]) => `${inQuotes(value)} ${own.length}`),
  ];
}

const inQuotesOrNone = (value: string): string => (value === '' ? 'no value, so unknown,' : inQuotes(value));

function dayParts(
  { name, kind, type }: Field & { readonly kind: Kind },
  docs: readonly Doc[],
  until?: string,
): string[] {
  const dayOf = (doc: Doc): string | undefined => {
    const [value] = valuesOf(doc, name);
    return typeof value === 'string' ? value : undefined;
  };
  // The last day counts whole.
  const cut = (moment: string): string => (type === 'date' ? moment.slice(0, 10) : moment);
  const known = docs.filter((doc) => dayOf(doc) !== undefined);
  const before = (moment: string) => (doc: Doc) => (dayOf(doc) ?? '') < cut(moment);
  const past = known.filter(before(new Date().toISOString()));
  const ahead = known.filter((doc) => !past.includes(doc));
  const first = (list: readonly Doc[]): string => list.map((doc) => dayOf(doc) ?? '').sort()[0] ?? '';
  const unknown = docs.length - known.length;
  const rest = unknown > 0 ? [`no value, so unknown, ${unknown}`] : [];
  if (kind === 'embargo')
    return [ahead.length > 0 ? `not yet free ${some(ahead)}, the first on ${first(ahead)}` : 'none is ahead', ...rest];
  const during = until === undefined ? [] : ahead.filter(before(until));
  const later = ahead.filter((doc) => !during.includes(doc));
  return [
    ...(past.length > 0 ? [`expired ${some(past)}`] : []),
    ...(during.length > 0 ? [`ends while others have it ${some(during)}`] : []),
    ...(later.length > 0 ? [`ends later ${later.length}, the first on ${first(later)}`] : []),
    ...rest,
  ];
}
