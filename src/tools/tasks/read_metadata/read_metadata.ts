import * as z from 'zod';
import { task } from '../../define.ts';
import { cursorOf } from '../../handles.ts';
import { FEW } from '../../library/metadata/change.ts';
import { type Field, findField, findView, understoodAs, viewsOf } from '../../library/metadata/fields.ts';
import { findAsset, findCollection } from '../../library/objects.ts';
import { manyAssets, oneWay, SELECTION, under } from '../../library/selection.ts';
import { integer, strings, text } from '../../params.ts';
import type { Context } from '../../types.ts';
import { type Reading, readPage, type Wanted } from './table.ts';

interface Asked {
  readonly assets?: readonly string[] | undefined;
  readonly selection?: string | undefined;
  readonly collection?: string | undefined;
  readonly view?: string | undefined;
  readonly labels?: readonly string[] | undefined;
}

const CURSOR = cursorOf<Reading>('read_metadata');

export const read_metadata = task({
  title: 'Read metadata',
  description:
    'The metadata values of one asset, many, a selection or a collection as a table: one line an asset, options by label. Without view and labels: all that is filled in. For which fields and values there are use describe_metadata, to write use set_metadata.',
  effect: 'read',
  roles: ['can_read_metadata_values', 'can_search'],
  input: {
    ...manyAssets,
    view: z.string().min(1).optional().describe('Only the fields of this view, e.g. Rights.'),
    labels: z.array(z.string().min(1)).optional().describe('Only these, empty ones too, e.g. ["Clearance", "Rating"].'),
    limit: z.int().min(1).max(50).optional().describe('Lines. Default 50.'),
    cursor: z.string().optional().describe('next of the answer before; nothing else is needed.'),
  },
  output: { total: integer, shown: integer, rows: strings, failed: strings, next: text, notes: strings },
  validate: ({ cursor, limit: _, ...asked }) => {
    const given = Object.entries(asked).find(([, value]) => value !== undefined)?.[0];
    if (cursor === undefined) return oneWay(asked);
    return given && `cursor: leave out ${given}, the cursor knows what was asked.`;
  },
  run: async ({ cursor, limit = 50, ...asked }, context) => {
    const kept = cursor === undefined ? undefined : context.handles.get(CURSOR, cursor);
    const reading = kept ?? (await readAsked(context, asked));
    const { rows, failed, total, next } = await readPage(context, reading, limit);
    return {
      total,
      shown: rows.length,
      rows,
      ...(failed.length > 0 && { failed }),
      ...(next && { next: context.handles.keep(CURSOR, { ...reading, from: next }) }),
      ...(reading.notes.length > 0 && !kept && { notes: [...reading.notes] }),
    };
  },
});

async function readAsked(context: Context, asked: Asked): Promise<Reading> {
  const wanted = await readWanted(context, asked);
  const understood = (asked.labels ?? []).flatMap((label, index) => {
    const field = wanted.fields[index];
    return field && field.label !== label ? [understoodAs(label, field)] : [];
  });
  const late = 'Values are those of the search index, which is some seconds behind.';
  if (asked.selection !== undefined) {
    const { criteria, total, description: words } = context.handles.get(SELECTION, asked.selection);
    const from = { criteria: { ...criteria, sort: criteria.sort ?? BY_TITLE } };
    return { ...wanted, from, total, notes: [`${asked.selection} → ${words}`, ...understood, late] };
  }
  if (asked.collection !== undefined) {
    const { id, title } = await findCollection(context, asked.collection);
    const place = `"${asked.collection}" → collection "${title}" (${id}) and everything below it`;
    return {
      ...wanted,
      from: { criteria: { ...under(id), sort: BY_TITLE } },
      total: 0,
      notes: [place, ...understood, late],
    };
  }
  const words = asked.assets ?? [];
  const found = await Promise.all(words.map((one) => findAsset(context, one)));
  const named = found.filter(({ id }, index) => found.findIndex((one) => one.id === id) === index);
  if (named.length <= FEW) return { ...wanted, from: { named }, total: named.length, notes: understood };
  const terms = [{ name: 'id', value_in: named.map(({ id }) => id) }];
  const criteria = { doc_types: ['assets' as const], terms, sort: BY_TITLE };
  return { ...wanted, from: { criteria }, total: named.length, notes: [...understood, late] };
}

/** A stable order, so that pages neither repeat nor skip. */
const BY_TITLE = [
  { name: 'title', order: 'asc' as const },
  { name: 'id', order: 'asc' as const },
];

async function readWanted(context: Context, { view, labels }: Asked): Promise<Wanted> {
  if (labels && labels.length > 0) {
    return { fields: await Promise.all(labels.map((label) => findField(context, label, view))), empties: true };
  }
  const views = view === undefined ? await viewsOf(context) : [await findView(context, view)];
  // A field of several views is read, and told, once.
  const byName = new Map<string, Field>();
  for (const field of views.flatMap(({ fields }) => fields)) if (!byName.has(field.name)) byName.set(field.name, field);
  return { fields: [...byName.values()], empties: false };
}
