import { firstOf } from '../../../text/english.ts';
import { countFittingLines, shortenToTokens } from '../../../text/tokens.ts';
import { metadata } from '../../operations/metadata.ts';
import type { Report } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { type Field, type View, viewsOf } from './fields.ts';
import { type Stored, storedIn } from './stored.ts';
import { quotedValue } from './values.ts';

/** A field that has values, as a person reads it. */
export interface Filled {
  readonly field: Field;
  readonly values: readonly string[];
}

type Asked = { readonly asset_id: string; readonly version_id?: string };

/**
 * All fields of an asset, or of one of its versions, that have values. A field that several views show comes once, in
 * the first of them. `undefined` where no view could be read.
 */
export async function filledIn(context: Context, report: Report, asked: Asked): Promise<Filled[] | undefined> {
  const views = (await report.part('metadata views', viewsOf(context))) ?? [];
  const read = (view: View) => report.part(`metadata in view "${view.name}"`, ofView(context, asked, view));
  const found = await Promise.all(views.map(read));
  if (found.every((one) => one === undefined)) return undefined;
  const seen = new Set<string>();
  return found.flat().filter((one): one is Filled => {
    if (!one || seen.has(one.field.name)) return false;
    seen.add(one.field.name);
    return true;
  });
}

async function ofView(context: Context, { asset_id, version_id }: Asked, view: View): Promise<Filled[]> {
  const { metadata_values = {} } = version_id
    ? await context.use(metadata.tools.get_version_metadata, { asset_id, version_id, view_id: view.id })
    : await context.use(metadata.tools.get_asset_metadata, { asset_id, view_id: view.id });
  return view.fields.flatMap((field) => {
    const values = storedIn(metadata_values as Stored, field.name).map((value) => quotedValue(field, value, LENGTH));
    return values.length > 0 ? [{ field, values }] : [];
  });
}

/** Characters of one value. */
const LENGTH = 200;

/** Values of one field that a line shows. */
const MAX_VALUES = 12;

/** Tokens of one field, and of all lines. */
const FIELD = 300;
const ALL = 3_000;

/** `Rights · Clearance: Cleared · Territory: Portugal, Spain`, a line a view; `left`: fields that there is no room for. */
export function viewLines(filled: readonly Filled[]): { readonly lines: string[]; readonly remaining: number } {
  const parts = filled.map(
    ({ field, values }) => `${field.label}: ${shortenToTokens(firstOf(values, MAX_VALUES), FIELD)}`,
  );
  const count = countFittingLines(parts, 0, ALL);
  const views = [...new Set(filled.slice(0, count).map(({ field }) => field.view))];
  const lines = views.map((view) =>
    [view, ...parts.filter((_, index) => index < count && filled[index]?.field.view === view)].join(' · '),
  );
  return { lines, remaining: filled.length - Math.min(count, filled.length) };
}
