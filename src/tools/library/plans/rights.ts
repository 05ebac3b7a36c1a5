import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { statusOf } from '../../errors.ts';
import { groupBy } from '../../run/group_by.ts';
import type { Context } from '../../types.ts';
import { type Field, viewsOf } from '../metadata/fields.ts';
import { toShown } from '../metadata/values.ts';
import type { Doc } from '../search.ts';
import { titlesOf } from './refusals.ts';

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

function kindOf({ type, label, name, multi }: Field): Kind | undefined {
  const words = `${label} | ${name}`.toLowerCase().replaceAll(/[_-]+/g, ' ');
  const isDay = type === 'date' || type === 'datetime';
  if (isDay) return EMBARGO.test(words) ? 'embargo' : END.test(words) ? 'end' : undefined;
  const isChoice = type === 'drop_down' || type === 'boolean';
  return isChoice && !multi && STATE.test(words) ? 'state' : undefined;
}

/**
 * What the rights of assets say that leave the company: `Clearance: Refused 1 of 6: "…". Cleared 5.` `until`: how long
 * others have them; for good where it is left out.
 */
export function rightsNotes({ fields, unread }: RightsFields, docs: readonly Doc[], until?: string): string[] {
  if (unread) return [unread];
  if (docs.length === 0) return [];
  if (fields.length === 0)
    return ['Rights: no field for rights is known here (clearance, expiry, embargo): nothing was checked.'];
  return fields.map((field) => {
    const parts = field.kind === 'state' ? stateParts(field, docs) : dayParts(field, docs, until);
    return `Rights, ${field.label}: ${parts.join('; ')}.`;
  });
}

const some = (docs: readonly Doc[], all: readonly Doc[]): string =>
  `${docs.length} of ${all.length}: ${titlesOf(docs.map(({ title, id }) => title ?? String(id)))}`;

const valuesOf = ({ metadata = {} }: Doc, name: string): unknown[] =>
  [metadata[name] ?? []].flat().filter((one) => one !== '' && one !== null);

function stateParts(field: Field, docs: readonly Doc[]): string[] {
  const by = groupBy(docs, (doc) => {
    const [value] = valuesOf(doc, field.name);
    return value === undefined ? '' : toShown(field, value);
  });
  const isFine = (value: string): boolean => field.type === 'drop_down' && CLEAR.test(value);
  const open = [...by].filter(([value]) => !isFine(value));
  return [
    ...open.map(([value, those]) => `${value === '' ? 'unknown (no value)' : inQuotes(value)} ${some(those, docs)}`),
    ...[...by].filter(([value]) => isFine(value)).map(([value, those]) => `${inQuotes(value)} ${those.length}`),
  ];
}

function dayParts(
  { name, kind, type }: Field & { readonly kind: Kind },
  docs: readonly Doc[],
  until?: string,
): string[] {
  const dayOf = (doc: Doc): string | undefined => {
    const [value] = valuesOf(doc, name);
    return typeof value === 'string' ? value : undefined;
  };
  const now = new Date().toISOString();
  // The last day counts whole.
  const cut = (moment: string): string => (type === 'date' ? moment.slice(0, 10) : moment);
  const known = docs.filter((doc) => dayOf(doc) !== undefined);
  const before = (moment: string) => (doc: Doc) => (dayOf(doc) ?? '') < cut(moment);
  const past = known.filter(before(now));
  const ahead = known.filter((doc) => !past.includes(doc));
  const [first] = ahead.map((doc) => dayOf(doc) ?? '').sort();
  const unknown = docs.length - known.length;
  const rest = unknown > 0 ? [`unknown (no value) ${unknown} of ${docs.length}`] : [];
  if (kind === 'embargo')
    return [...(ahead.length > 0 ? [`not yet free ${some(ahead, docs)}, first on ${first}`] : ['none ahead']), ...rest];
  const during = until === undefined ? [] : ahead.filter(before(until));
  const later = ahead.length - during.length;
  return [
    ...(past.length > 0 ? [`expired ${some(past, docs)}`] : []),
    ...(during.length > 0 ? [`ends while others have it ${some(during, docs)}`] : []),
    ...(later > 0 ? [`${plural(later, 'asset')} later${during.length === 0 ? `, the first on ${first}` : ''}`] : []),
    ...rest,
  ];
}
