import { countFittingLines, shorten, shortenToTokens } from '../../../text/tokens.ts';
import { valuesIn } from '../../library/metadata/change.ts';
import type { Field } from '../../library/metadata/fields.ts';
import { storedIn, storedOf } from '../../library/metadata/stored.ts';
import { quotedValue, type Value } from '../../library/metadata/values.ts';
import { MAX_TITLE_LENGTH, type Named } from '../../library/objects.ts';
import { type Criteria, page } from '../../library/search.ts';
import { each } from '../../run/each.ts';
import type { Context } from '../../types.ts';

/** The columns of the table. */
export interface Columns {
  readonly fields: readonly Field[];
  /** Whether a row also names the fields without values. */
  readonly showEmpty: boolean;
}

/** A table and what remains to be read: through the index (`criteria`), or asset by asset (`named`). */
export interface Table extends Columns {
  readonly source:
    | { readonly criteria: Criteria; readonly after?: readonly unknown[] }
    | { readonly named: readonly Named[] };
  readonly total: number;
  readonly notes: readonly string[];
}

/** Tokens of all rows of an answer, of one row, and of all errors. */
const MAX_ROWS_TOKENS = 4_000;
const MAX_ROW_TOKENS = 6_000;
const MAX_ERRORS_TOKENS = 1_000;
/** Tokens of one value: in a table of several assets, and for a single asset. */
const MAX_VALUE_TOKENS = 60;
const MAX_SINGLE_VALUE_TOKENS = 2_000;

/** At most `limit` rows, fewer if they are long, and the source of the rest. */
export async function readPage(context: Context, table: Table, limit: number) {
  return 'named' in table.source
    ? readOneByOne(context, table, table.source.named, limit)
    : readFromIndex(context, table, table.source, limit);
}

async function readFromIndex(
  context: Context,
  table: Table,
  { criteria, after }: { readonly criteria: Criteria; readonly after?: readonly unknown[] },
  limit: number,
) {
  const include_fields = ['id', 'title', ...table.fields.map(({ name }) => `metadata.${name}`)];
  const found = await page(context, criteria, { per_page: limit, after, include_fields });
  const lines = found.docs.map((doc) => row(doc, table, (field) => valuesIn(doc.metadata, field.name)));
  const rows = lines.slice(0, countFittingLines(lines, 0, MAX_ROWS_TOKENS));
  const last = found.docs[rows.length - 1];
  const more = rows.length < lines.length || found.after !== undefined;
  const next = more && Array.isArray(last?._sort) ? { criteria, after: last._sort as readonly unknown[] } : undefined;
  return { rows, failed: [], total: found.total, next };
}

async function readOneByOne(context: Context, table: Table, named: readonly Named[], limit: number) {
  const requested = named.slice(0, limit);
  const { done, failed } = await each(requested, context, ({ id }) => storedOf(context, id, table.fields));
  const maxValue = named.length === 1 ? MAX_SINGLE_VALUE_TOKENS : MAX_VALUE_TOKENS;
  const lines = done.map(({ item, result }) => row(item, table, (field) => storedIn(result, field.name), maxValue));
  const rows = lines.slice(0, countFittingLines(lines, 0, MAX_ROWS_TOKENS));
  const errors = failed.map(
    ({ item, error }) => `${quotedTitle(item)} (${item.id}): ${shortenToTokens(error.message, MAX_VALUE_TOKENS)}`,
  );
  const shown = errors.slice(0, countFittingLines(errors, 0, MAX_ERRORS_TOKENS));
  const read = new Set([
    ...done.slice(0, rows.length).map(({ item }) => item),
    ...failed.slice(0, shown.length).map(({ item }) => item),
  ]);
  const remaining = named.filter((one) => !read.has(one));
  return { rows, failed: shown, total: table.total, next: remaining.length > 0 ? { named: remaining } : undefined };
}

const quotedTitle = ({
  id = '',
  title = id,
}: {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
}) => `"${shorten(title, MAX_TITLE_LENGTH)}"`;

/** `"Title": Label value, value · Label value`, with as many labels as fit. */
function row(
  asset: { readonly id?: string | undefined; readonly title?: string | undefined },
  { fields, showEmpty }: Columns,
  valuesOf: (field: Field) => readonly Value[],
  maxValue = MAX_VALUE_TOKENS,
): string {
  const parts = fields.flatMap((field) => {
    const values = valuesOf(field);
    if (values.length === 0) return showEmpty ? [`${field.label} empty`] : [];
    return [`${field.label} ${shortenToTokens(values.map((value) => quotedValue(field, value)).join(', '), maxValue)}`];
  });
  const shown = parts.slice(0, countFittingLines(parts, 0, MAX_ROW_TOKENS));
  const remaining = parts.length - shown.length;
  const more = remaining > 0 ? [`and ${remaining} more labels: give labels or view`] : [];
  return `${quotedTitle(asset)}: ${[...shown, ...more].join(' · ') || 'nothing is filled in'} · ${asset.id ?? ''}`;
}
