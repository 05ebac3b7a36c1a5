import * as z from 'zod';
import { task } from '../../define.ts';
import { reasonOf } from '../../errors.ts';
import { arrive, type Destination, destinationOf, keyOf } from '../../library/destination.ts';
import { oneAsset } from '../../library/selection.ts';
import { type Subject, subjectOf } from '../../library/subject.ts';
import { integer, strings, text } from '../../params.ts';
import { cutLine, cuttable, makeCuts, type Planned, planCuts, readCuts, verifyCuts } from './cuts.ts';

/** Ranges of one call: each takes up to three requests, one after the other. */
const MOST = 50;

interface Plan {
  readonly subject: Subject;
  readonly version_id: string;
  readonly cuts: readonly Planned[];
  readonly destination?: Destination;
}

export const make_subclips = task({
  title: 'Make sub-clips',
  description:
    'Cut sub-clips out of an asset by ranges, name them by a pattern, put them into a collection. Answers first a plan (times, names, what exists) with a confirm token; then makes them and reads back. What exists with the same times is skipped, so a repeat completes. For notes use annotate_asset.',
  effect: 'create',
  idempotent: true,
  roles: ['can_create_assets', 'can_create_segments', 'can_write_collections', 'can_search'],
  input: {
    asset: oneAsset,
    ranges: z
      .array(z.string().min(1))
      .min(1)
      .max(MOST)
      .describe('Start-end: "12:04-12:31" (mm:ss or h:mm:ss from the first frame) or timecodes.'),
    names: z.array(z.string().min(1)).min(1).describe('One pattern, e.g. ["Goal Reyes {n}"], or a name a range.'),
    first_number: z.int().min(0).optional().describe('Number of the first. Default 1.'),
    collection: z.string().min(1).optional().describe('Name, "Season 2025 / Matchday 12", id or address.'),
    create_collection: z.boolean().optional().describe('Make it if missing. Default false.'),
  },
  output: {
    made: integer,
    already_there: integer,
    subclips: strings,
    collection: text,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    notes: strings,
  },
  validate: ({ collection, create_collection }) =>
    create_collection && collection === undefined ? 'create_collection: name the collection, too.' : undefined,
  preview: async ({ asset, ranges, names, first_number = 1, collection, create_collection }, context) => {
    const subject = await subjectOf(context, asset);
    const cuts = readCuts(ranges, names, first_number, subject.clip);
    const version_id = cuttable(subject);
    const destination =
      collection === undefined ? undefined : await destinationOf(context, collection, create_collection);
    const planned = await planCuts(context, subject.id, cuts, destination);
    const plan: Plan = { subject, version_id, cuts: planned, ...(destination && { destination }) };
    const touches = [subject.id, ...(destination ? [keyOf(destination)] : [])];
    return { preview: previewOf(plan), plan, touches, skipConfirm: planned.every(({ inPlace }) => inPlace) };
  },
  run: async (_, context, { subject, version_id, cuts, destination }: Plan) => {
    const open = cuts.filter(({ inPlace }) => !inPlace);
    const already_there = cuts.length - open.length;
    const place = destination && open.length > 0 ? await arrive(context, destination) : destination?.id;
    const { done, failed, rest } = await makeCuts(context, { id: subject.id, version_id }, open, place);
    const seen = await verifyCuts(context, done, place);
    const unseen = done.filter((one) => !seen.includes(one));
    const now = new Map(seen.map((one) => [`${one.start}-${one.end}`, one.id]));
    const there = cuts.flatMap((cut) => {
      const id = cut.inPlace ? cut.id : now.get(`${cut.start}-${cut.end}`);
      return id ? [`${cutLine({ ...cut, name: cut.title ?? cut.name }, subject.clip)} (${id})`] : [];
    });
    const remaining = rest.length + (failed ? 1 : 0);
    return {
      made: seen.filter(({ start, end }) => !cuts.some((cut) => cut.id && cut.start === start && cut.end === end))
        .length,
      ...(already_there > 0 && { already_there }),
      subclips: there,
      ...(destination && place && { collection: `"${destination.title}" (${place})` }),
      ...(failed && { failed: [`"${failed.cut.name}": ${reasonOf(failed.error)}`] }),
      ...(unseen.length > 0 && { unconfirmed: unseen.map(({ name, id }) => `"${name}" (${id})`) }),
      ...(remaining > 0 && { remaining }),
      notes: [
        open.length === 0
          ? 'Nothing had to be made: all of them are there.'
          : `${seen.length} of ${open.length} were read back as they should be.`,
        ...(remaining > 0
          ? ['Stopped there. Call again without confirm: what is there is skipped, the rest is completed.']
          : []),
      ],
    };
  },
});

function previewOf({ subject, cuts, destination }: Plan) {
  const fresh = cuts.filter(({ id }) => id === undefined);
  const moved = cuts.filter(({ id, inPlace }) => id !== undefined && !inPlace);
  const same = cuts.length - fresh.length - moved.length;
  const into = destination ? `, in ${destination.label}` : '';
  const parts = [
    fresh.length > 0 && `${fresh.length} sub-clips of "${subject.title}" are made${into}`,
    moved.length > 0 &&
      `${moved.length} that exist are put ${fresh.length > 0 ? 'there, too' : `into ${destination?.label}`}`,
  ].filter(Boolean);
  const state = ({ id, title, inPlace }: Planned): string =>
    id === undefined ? 'new' : `${inPlace ? 'there' : 'exists, not in the collection'} as "${title}" (${id})`;
  return {
    summary:
      parts.length === 0
        ? `Nothing to do: all ${same} sub-clips are there.`
        : `${parts.join('; ')}. No media are cut; they can be deleted again, one by one.`,
    affected: cuts.map((cut) => `${cutLine(cut, subject.clip)}, ${state(cut)}`),
    notes: [
      `"${subject.title}" (${subject.id})`,
      ...(same > 0 && parts.length > 0 ? [`${same} are there already and are left alone.`] : []),
    ],
  };
}
