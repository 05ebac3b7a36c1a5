import * as z from 'zod';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { task } from '../../define.ts';
import {
  type Destination,
  destinationOf,
  findOrCreate,
  inCollection,
  keyOf,
  placesIn,
} from '../../library/destination.ts';
import { idsOf, keepWritten } from '../../library/kept_selections.ts';
import { GALLERY_FIELDS, galleryItem } from '../../library/media/gallery.ts';
import { byCollection, COLLECTIONS } from '../../library/plans/by_collection.ts';
import { labelOf } from '../../library/plans/titles.ts';
import { assetsToChange, documentsOf, oneWay } from '../../library/selection.ts';
import { integer, strings, text } from '../../params.ts';
import { outOfTime, showing } from '../../run/notes.ts';
import { addMembers, hasOrder, type Member, moveToEnd, undoOfAdditions } from './members.ts';

/** Assets named in a plan, and in a report. */
const EXAMPLES_IN_PLAN = 8;
const EXAMPLES_IN_REPORT = 3;
/** Lines of `failed` and of `unconfirmed`. */
const MAX_LINES = 50;

interface Plan {
  readonly destination: Destination;
  /** Assets that are not in the collection yet. */
  readonly members: readonly Member[];
  /** All ids in the wanted order; absent if no order is wanted or they already have it. */
  readonly ordered?: readonly string[];
  readonly already_there: number;
}

export const collect_assets = task({
  title: 'Collect assets',
  description:
    'Put assets, a selection or everything in a collection into another collection, in a given order if wanted; they stay in their others. More than one asset returns a plan to confirm first.',
  effect: 'create',
  page: 'gallery',
  idempotent: true,
  roles: ['can_write_collections', 'can_read_collections', 'can_search'],
  input: {
    ...assetsToChange,
    into: z.string().min(1).describe('Name, path "Season 2025 / Matchday 12" or id.'),
    create_collection: z.boolean().optional().describe('Create it if missing.'),
    in_order: z.boolean().optional().describe('At the end, in the order of assets; turns on its custom order.'),
  },
  output: {
    added: integer,
    already_there: integer,
    collection: text,
    examples: strings,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    selection: text,
    notes: strings,
  },
  validate: (args) => {
    if (args.in_order && args.assets === undefined)
      return 'in_order: only assets has an order. Leave in_order out, or name the assets in assets.';
    return oneWay(args);
  },
  preview: async ({ into, create_collection, in_order, ...targets }, context) => {
    const [found, destination] = await Promise.all([
      documentsOf(context, targets, [...(context.showsPages ? GALLERY_FIELDS : []), COLLECTIONS]),
      destinationOf(context, into, create_collection),
    ]);
    const all = found.docs.flatMap(({ id, title, apart }): Member[] => (id ? [{ id, title: title ?? id, apart }] : []));
    const ids = all.map(({ id }) => id);
    const present = destination.id ? await inCollection(context, destination.id, ids) : new Set();
    const members = all.filter(({ id }) => !present.has(id));
    const isOrdered =
      members.length === 0 && destination.id && in_order ? await hasOrder(context, destination.id, ids) : !in_order;
    const items = found.docs.filter(({ id = '' }) => !present.has(id)).flatMap(galleryItem);
    context.show({ kind: 'assets', total: items.length, items });
    const plan: Plan = { destination, members, already_there: present.size, ...(!isOrdered && { ordered: ids }) };
    return {
      preview: {
        summary: summaryOf(plan),
        affected: members.slice(0, EXAMPLES_IN_PLAN).map(labelOf),
        notes: [...found.notes, ...notesOf(plan), ...(await byCollection(context, found.docs, members))],
      },
      plan,
      into: members.length > 0 ? placesIn(destination) : [],
      brings: members.map(({ id }) => id),
      touches: [keyOf(destination)],
      skipConfirm: isOrdered && (members.length === 0 || (members.length === 1 && destination.id !== undefined)),
    };
  },
  run: async ({ selection }, context, { destination, members, ordered, already_there }: Plan) => {
    const title = inQuotes(destination.title);
    if (members.length === 0 && (!ordered || destination.id === undefined)) {
      const collection = `${title} (${destination.id ?? 'not made'})`;
      return { added: 0, already_there, collection, notes: ['Nothing to add.'] };
    }
    const collection_id = await findOrCreate(context, destination);
    const additions = await addMembers(context, collection_id, members);
    const { added, failed, unconfirmed, remaining } = additions;
    const made = { id: collection_id, title: destination.title, isNew: destination.id === undefined };
    const isComplete = failed.length + unconfirmed.length + remaining.length === 0;
    const notes = [
      members.length === 0
        ? 'Nothing to add.'
        : `Confirmed ${added.length} of ${members.length}: the collection lists them.`,
      ...undoOfAdditions(context, made, additions),
      ...(remaining.length > 0 ? [outOfTime(remaining.length)] : []),
      ...(ordered
        ? [
            isComplete
              ? await moveToEnd(context, collection_id, ordered)
              : 'Not ordered yet. Call again once all are in the collection.',
          ]
        : []),
    ];
    return {
      added: added.length,
      already_there,
      collection: `${title} (${collection_id})`,
      ...(added.length > 0 && { examples: added.slice(0, EXAMPLES_IN_REPORT).map(labelOf) }),
      ...(failed.length > 0 && { failed: atMost(failed.map(({ item, error }) => `${labelOf(item)}: ${error}`)) }),
      ...(unconfirmed.length > 0 && { unconfirmed: atMost(unconfirmed.map(labelOf)) }),
      ...(remaining.length > 0 && { remaining: remaining.length }),
      ...keepWritten(context, 'collect_assets', selection, idsOf(added)),
      notes,
    };
  },
});

function summaryOf({ destination, members, ordered, already_there }: Plan): string {
  const order = ordered ? ' They go to the end in the given order; everyone sees that order.' : '';
  if (members.length === 0) {
    const present =
      already_there > 0 ? `all ${already_there} are already in ${destination.label}.` : 'there are no assets to add.';
    return ordered ? `Nothing to add: ${present}${order}` : `Nothing to do: ${present}`;
  }
  return `Adds ${plural(members.length, 'asset')} to ${destination.label}. They stay in their other collections and can be removed again.${order}`;
}

const notesOf = ({ members, already_there }: Plan): string[] => [
  ...(already_there > 0 && members.length > 0
    ? [`${already_there} are already in the collection and are skipped.`]
    : []),
  ...(members.length > EXAMPLES_IN_PLAN ? [showing(EXAMPLES_IN_PLAN, members.length)] : []),
];

const atMost = (lines: readonly string[]): string[] =>
  lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), `and ${lines.length - MAX_LINES} more`] : [...lines];
