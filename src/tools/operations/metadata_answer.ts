/** The values of one field as Iconik answers them; `date_created` and what else it has stay. */
type Entry = Readonly<Record<string, unknown>> & { readonly field_values: readonly unknown[] };

/** What a write sends for one field. Without a mode the values replace what is there. */
export interface SentValues {
  readonly field_values: readonly Readonly<Record<string, unknown>>[];
  readonly mode?: 'append' | 'delete' | 'overwrite' | undefined;
}

/** A line between two groups of fields of a view, which answers list among the fields. */
export const isSeparator = (name: string): boolean => /^__separator/i.test(name);

/**
 * An answer of `…/views/{view_id}/` with the fields that have values. Iconik lists every field of the view, empty ones
 * and separators too; sent back, these would empty what another has filled in meanwhile. Older answers have the fields
 * at the top, as `{"values": […]}`.
 */
export function filledFields(body: unknown): unknown {
  if (!isRecord(body)) return body;
  const { rest, fields } = fieldsOf(body);
  return { ...rest, metadata_values: Object.fromEntries(fields.filter(([, entry]) => entry.field_values.length > 0)) };
}

/** The same for a write, with what Iconik dropped or stored otherwise than sent, although it answered 200. */
export function writtenFields(
  body: unknown,
  {
    view_id,
    metadata_values: sent,
  }: { readonly view_id: string; readonly metadata_values: Record<string, SentValues> },
): unknown {
  if (!isRecord(body)) return body;
  const stored = fieldsOf(body);
  if (!isRecord(body.metadata_values) && stored.fields.length === 0)
    return { ...body, note: 'Iconik took it and answered without values: read back with get_asset_metadata.' };
  const answer = filledFields(body);
  const { dropped, different } = unwritten(stored, sent);
  const isNothing = dropped.length === Object.keys(sent).length;
  return {
    ...(answer as object),
    ...(dropped.length > 0 && { dropped }),
    ...(different.length > 0 && { stored_differently: different }),
    ...(dropped.length > 0 && {
      note: `${isNothing ? 'Nothing' : 'Not everything'} was written: Iconik dropped ${dropped.join(', ')}, which view ${view_id} does not have. get_metadata_view lists its fields.`,
    }),
  };
}

interface Fields {
  /** Without the separators. */
  readonly fields: readonly (readonly [string, Entry])[];
  /** False where a field that is empty is absent. */
  readonly hasAllFields: boolean;
  /** What else the answer has. */
  readonly rest: Readonly<Record<string, unknown>>;
}

function fieldsOf(body: Readonly<Record<string, unknown>>): Fields {
  const { metadata_values: given, ...others } = body;
  if (isRecord(given)) return { rest: others, ...entriesOf(Object.entries(given)) };
  // Before there was `metadata_values`, the fields were keys of the answer itself.
  const isField = ([, entry]: [string, unknown]) => isRecord(entry) && listIn(entry) !== undefined;
  const pairs = Object.entries(others);
  const rest = Object.fromEntries(pairs.filter((pair) => !isField(pair)));
  return { rest, ...entriesOf(pairs.filter(isField)) };
}

function entriesOf(given: readonly [string, unknown][]): Omit<Fields, 'rest'> {
  const all = given.map(([name, entry]) => [name, entryOf(entry)] as const);
  return {
    fields: all.filter(([name]) => !isSeparator(name)),
    hasAllFields: all.some(([, { field_values }]) => field_values.length === 0),
  };
}

function entryOf(given: unknown): Entry {
  const list = (isRecord(given) ? listIn(given) : undefined) ?? (isRecord(given) ? [] : listOf(given));
  const { values: _, ...rest } = isRecord(given) ? given : {};
  return { ...rest, field_values: list.map((value) => (isRecord(value) ? value : { value })) };
}

const listIn = ({ field_values, values }: Readonly<Record<string, unknown>>): unknown[] | undefined =>
  Array.isArray(field_values) ? field_values : Array.isArray(values) ? values : undefined;

const listOf = (given: unknown): unknown[] =>
  (Array.isArray(given) ? given : [given]).filter((value) => value !== null && value !== undefined);

/** The names that Iconik dropped, and those that it stored otherwise than sent. */
function unwritten({ fields, hasAllFields }: Fields, sent: Readonly<Record<string, SentValues>>) {
  const now = new Map(fields);
  const leavesNothing = ({ field_values, mode }: SentValues) => mode === 'delete' || field_values.length === 0;
  const dropped: string[] = [];
  const different: string[] = [];
  for (const [name, change] of Object.entries(sent)) {
    const entry = now.get(name);
    if (entry === undefined && (hasAllFields || !leavesNothing(change))) dropped.push(name);
    else if (!isStored(change, entry?.field_values ?? [])) different.push(name);
  }
  return { dropped, different };
}

function isStored({ field_values, mode = 'overwrite' }: SentValues, stored: readonly unknown[]): boolean {
  const now = new Set(stored.map(keyOf));
  const wanted = new Set(field_values.map(keyOf));
  if (mode === 'delete') return !field_values.some((value) => now.has(keyOf(value)));
  const hasAll = [...wanted].every((key) => now.has(key));
  return mode === 'append' ? hasAll : hasAll && now.size === wanted.size;
}

/** What tells values apart: numbers and booleans come back as text, moments in another zone. */
function keyOf(given: unknown): string {
  const value = isRecord(given) && 'value' in given ? given.value : given;
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  const text = String(value ?? '').trim();
  if (text !== '' && Number.isFinite(Number(text))) return String(Number(text));
  return /^\d{4}-\d\d-\d\dT/.test(text) ? String(Date.parse(text) || text) : text;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
