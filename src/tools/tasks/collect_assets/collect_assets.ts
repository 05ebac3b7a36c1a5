import * as z from 'zod';
import { task } from '../../define.ts';
import { arrive, type Destination, destinationOf, inCollection, keyOf } from '../../library/destination.ts';
import { documentsOf, manyAssets, oneWay } from '../../library/selection.ts';
import { integer, strings, text } from '../../params.ts';
import { gather, keepsOrder, type Member, order } from './gather.ts';

/** Examples that a plan and a report name. */
const EXAMPLES = 8;

interface Plan {
  readonly destination: Destination;
  readonly members: readonly Member[];
  /** All in the order that they are to have, where one is to be kept and is not yet. */
  readonly ordered?: readonly string[];
  readonly already_there: number;
}

/** Lines of what went wrong. */
const LINES = 20;
const some = (lines: readonly string[]): string[] =>
  lines.length > LINES ? [...lines.slice(0, LINES), `and ${lines.length - LINES} more`] : [...lines];

const named = ({ title, id }: Member): string => `"${title}" (${id})`;

export const collect_assets = task({
  title: 'Collect assets',
  description:
    'Put assets, a selection or all of a collection into another collection, in an order if wanted; they stay where else they are. For more than one it answers first a plan with a confirm token; then it adds, reads back and reports. Those in it already are skipped, so a repeat is safe.',
  effect: 'create',
  idempotent: true,
  roles: ['can_write_collections', 'can_read_collections', 'can_search'],
  input: {
    ...manyAssets,
    into: z.string().min(1).describe('Collection: name, "Season 2025 / Matchday 12", id or address.'),
    create_collection: z.boolean().optional().describe('Make it if it is missing. Default false.'),
    in_order: z
      .boolean()
      .optional()
      .describe('Keep the order of assets, at its end. Gives the collection an order of its own. Default false.'),
  },
  output: {
    added: integer,
    already_there: integer,
    collection: text,
    examples: strings,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    notes: strings,
  },
  validate: (args) => {
    if (args.in_order && args.assets === undefined)
      return 'in_order: only a list in assets has an order; leave it out, or give assets.';
    return oneWay(args);
  },
  preview: async ({ into, create_collection, in_order, ...targets }, context) => {
    const [found, destination] = await Promise.all([
      documentsOf(context, targets, []),
      destinationOf(context, into, create_collection),
    ]);
    const all = found.docs.flatMap(({ id, title }): Member[] => (id ? [{ id, title: title ?? id }] : []));
    const ids = all.map(({ id }) => id);
    const there = destination.id ? await inCollection(context, destination.id, ids) : new Set();
    const members = all.filter(({ id }) => !there.has(id));
    const done =
      members.length === 0 && destination.id && in_order ? await keepsOrder(context, destination.id, ids) : !in_order;
    const plan: Plan = { destination, members, already_there: there.size, ...(!done && { ordered: ids }) };
    const skipConfirm = done && (members.length === 0 || (members.length === 1 && destination.id !== undefined));
    const preview = { ...previewOf(plan), notes: [...found.notes, ...saidOf(plan)] };
    return { preview, plan, touches: [keyOf(destination)], skipConfirm };
  },
  run: async (_, context, { destination, members, ordered, already_there }: Plan) => {
    const nothing = members.length === 0 && !ordered;
    const place = nothing ? String(destination.id) : await arrive(context, destination);
    const { added, failed, unseen, rest } = await gather(context, place, members);
    const complete = failed.length + unseen.length + rest.length === 0;
    const notes = [
      members.length === 0
        ? 'Nothing had to be added.'
        : `${added.length} of ${members.length} were read back in the collection.`,
      ...(rest.length > 0
        ? [`The time was over with ${rest.length} left: call again without confirm, what is in it is skipped.`]
        : []),
      ...(ordered
        ? [complete ? await order(context, place, ordered) : 'Not ordered yet: call again once all are in it.']
        : []),
    ];
    return {
      added: added.length,
      already_there,
      collection: `"${destination.title}" (${place})`,
      ...(added.length > 0 && { examples: added.slice(0, 3).map(named) }),
      ...(failed.length > 0 && { failed: some(failed.map(({ item, error }) => `${named(item)}: ${error}`)) }),
      ...(unseen.length > 0 && { unconfirmed: some(unseen.map(named)) }),
      ...(rest.length > 0 && { remaining: rest.length }),
      notes,
    };
  },
});

function previewOf({ destination, members, ordered, already_there }: Plan) {
  const put = `${members.length} assets are put into ${destination.label}; they stay where else they are and can be taken out again.`;
  const all = `all ${already_there} are in ${destination.label}.`;
  const order = ordered ? ' They are ordered as given, at its end, for everybody who looks at it.' : '';
  const summary =
    members.length > 0 ? put + order : ordered ? `Nothing to add: ${all}${order}` : `Nothing to do: ${all}`;
  return { summary, affected: members.slice(0, EXAMPLES).map(named) };
}

const saidOf = ({ members, already_there }: Plan): string[] => [
  ...(already_there > 0 && members.length > 0 ? [`${already_there} are in it already and are left alone.`] : []),
  ...(members.length > EXAMPLES ? [`${EXAMPLES} of ${members.length} are shown.`] : []),
];
