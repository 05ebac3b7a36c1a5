import { countFittingLines, shorten, shortenToTokens } from '../../../text/tokens.ts';
import { TITLE } from '../../library/hit.ts';
import { valuesIn } from '../../library/metadata/change.ts';
import type { Field } from '../../library/metadata/fields.ts';
import { storedIn, storedOf } from '../../library/metadata/stored.ts';
import { quotedValue, type Value } from '../../library/metadata/values.ts';
import type { Named } from '../../library/objects.ts';
import { type Criteria, page } from '../../library/search.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** What is read: the columns of the table, and whether the empty ones are told too. */
export interface Wanted {
  readonly fields: readonly Field[];
  readonly empties: boolean;
}

/** A table in the making: what is still to be read. `docs` through the index, `named` one by one. */
export interface Reading extends Wanted {
  readonly from:
    | { readonly criteria: Criteria; readonly after?: readonly unknown[] }
    | { readonly named: readonly Named[] };
  readonly total: number;
  readonly notes: readonly string[];
}

/** Tokens of the lines of one answer, and of one line. */
const MOST = 4_000;
const LINE = 6_000;
/** Tokens of a value in a table of several, and alone; of those that could not be read, all together. */
const IN_TABLE = 60;
const ALONE = 2_000;
const FAILED = 1_000;

/** At most so many lines, fewer where they are long; and what is left to read. */
export async function readPage(context: Context, reading: Reading, limit: number) {
  return 'named' in reading.from
    ? oneByOne(context, reading, reading.from.named, limit)
    : indexed(context, reading, reading.from, limit);
}

async function indexed(
  context: Context,
  reading: Reading,
  { criteria, after }: { readonly criteria: Criteria; readonly after?: readonly unknown[] },
  limit: number,
) {
  const include_fields = ['id', 'title', ...reading.fields.map(({ name }) => `metadata.${name}`)];
  const found = await page(context, criteria, { per_page: limit, after, include_fields });
  const lines = found.docs.map((doc) => row(doc, reading, (field) => valuesIn(doc.metadata, field.name)));
  const rows = lines.slice(0, countFittingLines(lines, 0, MOST));
  const last = found.docs[rows.length - 1];
  const more = rows.length < lines.length || found.after !== undefined;
  const next = more && Array.isArray(last?._sort) ? { criteria, after: last._sort as readonly unknown[] } : undefined;
  return { rows, failed: [], total: found.total, next };
}

async function oneByOne(context: Context, reading: Reading, named: readonly Named[], limit: number) {
  const asked = named.slice(0, limit);
  const { done, failed } = await each(asked, context, ({ id }) => storedOf(context, id, reading.fields));
  const width = named.length === 1 ? ALONE : IN_TABLE;
  const lines = done.map(({ item, result }) => row(item, reading, (field) => storedIn(result, field.name), width));
  const rows = lines.slice(0, countFittingLines(lines, 0, MOST));
  const errors = failed.map(
    ({ item, error }) => `${called(item)} (${item.id}): ${shortenToTokens(error.message, IN_TABLE)}`,
  );
  const told = errors.slice(0, countFittingLines(errors, 0, FAILED));
  const read = new Set([
    ...done.slice(0, rows.length).map(({ item }) => item),
    ...failed.slice(0, told.length).map(({ item }) => item),
  ]);
  const remaining = named.filter((one) => !read.has(one));
  return { rows, failed: told, total: reading.total, next: remaining.length > 0 ? { named: remaining } : undefined };
}

const called = ({ id = '', title = id }: { readonly id?: string | undefined; readonly title?: string | undefined }) =>
  `"${shorten(title, TITLE)}"`;

/** `"Title": Label value, value · Label value`, as many labels as one line takes. */
function row(
  asset: { readonly id?: string | undefined; readonly title?: string | undefined },
  { fields, empties }: Wanted,
  valuesOf: (field: Field) => readonly Value[],
  width = IN_TABLE,
): string {
  const parts = fields.flatMap((field) => {
    const values = valuesOf(field);
    if (values.length === 0) return empties ? [`${field.label} empty`] : [];
    return [`${field.label} ${shortenToTokens(values.map((value) => quotedValue(field, value)).join(', '), width)}`];
  });
  const shown = parts.slice(0, countFittingLines(parts, 0, LINE));
  const remaining = parts.length - shown.length;
  const more = remaining > 0 ? [`and ${remaining} more labels: name them in labels, or a view`] : [];
  return `${called(asset)}: ${[...shown, ...more].join(' · ') || 'nothing is filled in'} · ${asset.id ?? ''}`;
}
