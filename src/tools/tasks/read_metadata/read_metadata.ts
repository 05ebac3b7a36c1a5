import * as z from 'zod';
import { task } from '../../define.ts';
import { cursorOf } from '../../handles.ts';
import { stillShownNotes } from '../../library/bin/still_shown.ts';
import { movedNotes, SELECTION } from '../../library/kept_selections.ts';
import { ONE_BY_ONE_LIMIT } from '../../library/metadata/change.ts';
import { type Field, findField, findView, understoodAs, viewsOf } from '../../library/metadata/fields.ts';
import { findAsset, findCollection } from '../../library/objects.ts';
import { under } from '../../library/search.ts';
import { manyAssets, oneWay } from '../../library/selection.ts';
import { integer, strings, text } from '../../params.ts';
import type { Context } from '../../types.ts';
import { nextProposed, type ProposedRest, proposedRows } from './proposed.ts';
import { type Columns, readPage, type Table } from './table.ts';

interface TableArgs {
  readonly assets?: readonly string[] | undefined;
  readonly selection?: string | undefined;
  readonly collection?: string | undefined;
  readonly view?: string | undefined;
  readonly labels?: readonly string[] | undefined;
}

const CURSOR = cursorOf<Table | ProposedRest>('read_metadata');
/** `limit` and `cursor` do what `first` does. */
const { first: _, ...targets } = manyAssets;

export const read_metadata = task({
  title: 'Read metadata',
  description:
    'Read the metadata values of one asset, several, a selection or a collection as a table: one line per asset. Without view and labels: everything that is filled in. To see which fields and values exist use describe_metadata; to write use set_metadata.',
  effect: 'read',
  roles: ['can_read_metadata_values', 'can_search'],
  input: {
    ...targets,
    view: z.string().min(1).optional().describe('Only its fields, e.g. Rights.'),
    labels: z.array(z.string().min(1)).optional().describe('Only these, empty ones too, e.g. ["Clearance"].'),
    limit: z.int().min(1).max(50).optional().describe('Default 50.'),
    proposed: z.boolean().optional().describe('AI proposals instead.'),
    cursor: z.string().optional().describe('next of the last answer; enough alone.'),
  },
  output: { total: integer, shown: integer, rows: strings, failed: strings, next: text, notes: strings },
  validate: ({ cursor, limit: _, ...args }) => {
    const given = Object.entries(args).find(([, value]) => value !== undefined)?.[0];
    if (args.proposed) return faultOfProposed({ cursor, ...args });
    if (cursor === undefined) return oneWay(args);
    return given && `cursor: leave out ${given}. The cursor continues the earlier call.`;
  },
  run: async ({ cursor, limit = 50, proposed, ...args }, context) => {
    if (proposed) return proposedPage(context, await proposedRows(context, args, limit));
    const table = cursor === undefined ? await planTable(context, args) : context.handles.get(CURSOR, cursor);
    if ('docs' in table) return proposedPage(context, await nextProposed(context, table, limit));
    const { rows, failed, total, next } = await readPage(context, table, limit);
    const moved = args.selection === undefined ? [] : movedNotes(context, args.selection, total);
    const notes = cursor === undefined ? [...table.notes, ...moved] : [];
    return {
      total,
      shown: rows.length,
      rows,
      ...(failed.length > 0 && { failed }),
      ...(next && { next: context.handles.keep(CURSOR, { ...table, source: next }) }),
      ...(notes.length > 0 && { notes }),
    };
  },
});

function proposedPage(context: Context, { rows, notes, rest }: Awaited<ReturnType<typeof nextProposed>>) {
  return {
    shown: rows.length,
    rows: [...rows],
    ...(rest && { next: context.handles.keep(CURSOR, rest) }),
    ...(notes.length > 0 && { notes: [...notes] }),
  };
}

/** Without assets, selection or collection it is about the whole library. */
function faultOfProposed({ cursor, view, labels, ...args }: TableArgs & { readonly cursor?: string | undefined }) {
  const wrong = Object.entries({ cursor, view, labels }).find(([, value]) => value !== undefined);
  if (wrong) return `proposed shows all fields that are proposed: leave out ${wrong[0]}.`;
  const places = [args.assets, args.selection, args.collection].filter((one) => one !== undefined).length;
  return places === 0 ? undefined : oneWay(args);
}

async function planTable(context: Context, args: TableArgs): Promise<Table> {
  const columns = await readColumns(context, args);
  const resolved = (args.labels ?? []).flatMap((label, index) => {
    const field = columns.fields[index];
    return field && field.label !== label ? [understoodAs(label, field)] : [];
  });
  const late = 'Values come from the search index, which lags a few seconds behind.';
  if (args.selection !== undefined) {
    const { criteria, description } = context.handles.get(SELECTION, args.selection);
    const source = { criteria: { ...criteria, sort: criteria.sort ?? BY_TITLE } };
    const leftOut = await stillShownNotes(context, criteria);
    const notes = [`${args.selection} → ${description}`, ...resolved, late, ...leftOut];
    return { ...columns, source, total: 0, notes };
  }
  if (args.collection !== undefined) {
    const { id, title } = await findCollection(context, args.collection);
    const collection = `"${args.collection}" → collection "${title}" (${id}) and everything below it`;
    return {
      ...columns,
      source: { criteria: { ...under(id), sort: BY_TITLE } },
      total: 0,
      notes: [collection, ...resolved, late, ...(await stillShownNotes(context, under(id)))],
    };
  }
  const words = args.assets ?? [];
  const found = await Promise.all(words.map((one) => findAsset(context, one)));
  const named = found.filter(({ id }, index) => found.findIndex((one) => one.id === id) === index);
  if (named.length <= ONE_BY_ONE_LIMIT) return { ...columns, source: { named }, total: named.length, notes: resolved };
  const terms = [{ name: 'id', value_in: named.map(({ id }) => id) }];
  const criteria = { doc_types: ['assets' as const], terms, sort: BY_TITLE };
  return { ...columns, source: { criteria }, total: named.length, notes: [...resolved, late] };
}

/** A stable order: pages neither repeat nor skip assets. */
const BY_TITLE = [
  { name: 'title', order: 'asc' as const },
  { name: 'id', order: 'asc' as const },
];

async function readColumns(context: Context, { view, labels }: TableArgs): Promise<Columns> {
  if (labels && labels.length > 0) {
    return { fields: await Promise.all(labels.map((label) => findField(context, label, view))), showEmpty: true };
  }
  const views = view === undefined ? await viewsOf(context) : [await findView(context, view)];
  // A field that several views show is read once.
  const byName = new Map<string, Field>();
  for (const field of views.flatMap(({ fields }) => fields)) if (!byName.has(field.name)) byName.set(field.name, field);
  return { fields: [...byName.values()], showEmpty: false };
}
