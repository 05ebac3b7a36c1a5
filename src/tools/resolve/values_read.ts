import type { Context } from '../context.ts';
import { valuesIn } from './change.ts';
import { each } from './fanout.ts';
import type { Field } from './fields.ts';
import { type Criteria, type Doc, page } from './library.ts';
import type { Named } from './objects.ts';
import { storedIn, storedOf } from './stored.ts';
import { quotedValue, type Value } from './values.ts';

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
  readonly said: readonly string[];
}

/** Characters of the lines of one answer: with the rest of it some 4,000 tokens. */
const MOST = 12_000;
/** Characters that a value takes in a table of several, and alone. */
const IN_TABLE = 160;
const ALONE = 4_000;

interface Line {
  readonly text: string;
  /** What to go on from after it. */
  readonly mark: unknown;
}

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
  const lines = fitting(
    found.docs.map((doc) => ({ text: row(doc, reading, (field) => valuesIn(doc.metadata, field.name)), mark: doc })),
  );
  const last = lines.at(-1)?.mark as Doc | undefined;
  const more = lines.length < found.docs.length || found.after !== undefined;
  const next = more && Array.isArray(last?._sort) ? { criteria, after: last._sort as readonly unknown[] } : undefined;
  return { rows: lines.map(({ text }) => text), failed: [], total: found.total, next };
}

async function oneByOne(context: Context, reading: Reading, named: readonly Named[], limit: number) {
  const asked = named.slice(0, limit);
  const { done, failed } = await each(asked, context, ({ id }) => storedOf(context, id, reading.fields));
  const width = named.length === 1 ? ALONE : IN_TABLE;
  const lines = fitting(
    done.map(({ item, result }) => ({
      text: row(item, reading, (field) => storedIn(result, field.name), width),
      mark: item,
    })),
  );
  const read = new Set([...lines.map(({ mark }) => mark), ...failed.map(({ item }) => item)]);
  const left = named.filter((one) => !read.has(one));
  return {
    rows: lines.map(({ text }) => text),
    failed: failed.map(({ item, error }) => `"${item.title}" (${item.id}): ${error.message.slice(0, 200)}`),
    total: reading.total,
    next: left.length > 0 ? { named: left } : undefined,
  };
}

function fitting<T extends Line>(lines: readonly T[]): T[] {
  let size = 0;
  const most = lines.findIndex(({ text }, index) => {
    size += text.length;
    return index > 0 && size > MOST;
  });
  return most === -1 ? [...lines] : lines.slice(0, most);
}

/** `"Title": Label value, value · Label value`. */
function row(
  { id = '', title = id }: { readonly id?: string | undefined; readonly title?: string | undefined },
  { fields, empties }: Wanted,
  valuesOf: (field: Field) => readonly Value[],
  width = IN_TABLE,
): string {
  const parts = fields.flatMap((field) => {
    const values = valuesOf(field);
    if (values.length === 0) return empties ? [`${field.label} empty`] : [];
    return [`${field.label} ${cut(values.map((value) => quotedValue(field, value)).join(', '), width)}`];
  });
  return `"${title}": ${parts.join(' · ') || 'nothing is filled in'} · ${id}`;
}

const cut = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width)}… (${text.length} characters)` : text;
