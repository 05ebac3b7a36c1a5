import * as z from 'zod';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { task } from '../../define.ts';
import { reasonOf } from '../../errors.ts';
import { type Destination, destinationOf, findOrCreate, keyOf, placesIn } from '../../library/destination.ts';
import { keepAssets } from '../../library/kept_selections.ts';
import { rightsOfCut } from '../../library/plans/rights.ts';
import { openNotes } from '../../library/segments/open_notes.ts';
import { placesAt } from '../../library/segments/places.ts';
import { oneAsset } from '../../library/selection.ts';
import { type Subject, subjectOf } from '../../library/subject.ts';
import { integer, strings, text } from '../../params.ts';
import type { Context } from '../../types.ts';
import { type Cut, cutLine, makeCuts, type PlannedCut, placeLine, planCuts, verifyCuts, versionToCut } from './cuts.ts';
import { loggedAt } from './logged.ts';
import { MAX_CUTS, readCuts } from './spans.ts';

interface Plan {
  readonly subject: Subject;
  readonly version_id: string;
  readonly cuts: readonly PlannedCut[];
  readonly destination?: Destination;
  readonly notes: readonly string[];
}

export const make_subclips = task({
  title: 'Make sub-clips',
  description:
    'Create sub-clips of an asset from time ranges or the places where words are said, and put them in a collection. Returns a plan. Those that exist are skipped. For notes use annotate_asset.',
  effect: 'create',
  idempotent: true,
  roles: ['can_create_assets', 'can_create_segments', 'can_write_collections', 'can_search'],
  input: {
    asset: oneAsset,
    ranges: z
      .array(z.string().min(1))
      .min(1)
      .max(MAX_CUTS)
      .optional()
      .describe('"12:04-12:31" (mm:ss from the first frame) or timecodes.'),
    at_places: z.string().optional().describe('Or a handle from read_transcript; "plc_… 1, 3 sentence".'),
    margin: z.string().optional().describe('Handles: seconds added before and after.'),
    names: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('A pattern, e.g. ["Goal Reyes {n}"] ({said}, {speaker}), or a name each.'),
    first_number: z.int().min(0).optional().describe('First {n}. Default 1.'),
    collection: z.string().min(1).optional().describe('Name, path or id.'),
    create_collection: z.boolean().optional().describe('Create it if missing.'),
  },
  output: {
    made: integer,
    already_there: integer,
    subclips: strings,
    collection: text,
    selection: text,
    failed: strings,
    unconfirmed: strings,
    remaining: integer,
    notes: strings,
  },
  validate: ({ ranges, at_places, names, collection, create_collection }) => {
    if ((ranges === undefined) === (at_places === undefined)) return 'Give either ranges or at_places.';
    if (ranges !== undefined && names === undefined)
      return 'names is missing: give a pattern, or a name for each range.';
    return create_collection && collection === undefined
      ? 'create_collection: name the collection in collection.'
      : undefined;
  },
  preview: async ({ asset, at_places, collection, create_collection, ...asked }, context) => {
    const places = at_places === undefined ? undefined : placesAt(context, at_places);
    const subject = await subjectOf(context, asset);
    const version_id = versionToCut(subject);
    const { cuts, notes } = readCuts({ ...asked, at_places }, places, subject);
    const destination =
      collection === undefined ? undefined : await destinationOf(context, collection, create_collection);
    const [planned, logged, open, rights] = await Promise.all([
      planCuts(context, subject.id, cuts, destination),
      loggedAt(context, subject.id, version_id),
      openNotes(context, subject.id, version_id, subject.versions),
      rightsOfCut(context, [subject.id]),
    ]);
    const known = [...notes, ...open.notes, ...rights];
    const plan: Plan = { subject, version_id, cuts: planned, notes: known, ...(destination && { destination }) };
    const touches = [subject.id, ...(destination ? [keyOf(destination)] : [])];
    const isOpen = destination && planned.some(({ isDone }) => !isDone);
    return {
      preview: previewOf(plan, (cut) => [logged(cut), open.at(cut.start, cut.end)].filter(Boolean).join(', ')),
      plan,
      into: isOpen ? placesIn(destination) : [],
      brings: [subject.id],
      touches,
      skipConfirm: planned.every(({ isDone }) => isDone),
    };
  },
  run: async (_, context, { subject, version_id, cuts, destination }: Plan) => {
    const open = cuts.filter(({ isDone }) => !isDone);
    const already_there = cuts.length - open.length;
    const collection_id = destination && open.length > 0 ? await findOrCreate(context, destination) : destination?.id;
    const original = { id: subject.id, version_id };
    const { done, failed, remaining: notStarted } = await makeCuts(context, original, open, collection_id);
    const verified = await verifyCuts(context, done, collection_id);
    const unconfirmed = done.filter((one) => !verified.includes(one));
    const remaining = notStarted.length + (failed ? 1 : 0);
    return {
      made: verified.filter((one) => !cuts.some((cut) => cut.id && rangeKey(cut) === rangeKey(one))).length,
      ...(already_there > 0 && { already_there }),
      subclips: subclipLines(subject, cuts, verified),
      ...keepSubclips(context, subject, cuts, verified),
      ...(destination && collection_id && { collection: `"${destination.title}" (${collection_id})` }),
      ...(failed && { failed: [`"${failed.cut.name}": ${reasonOf(failed.error)}`] }),
      ...(unconfirmed.length > 0 && { unconfirmed: unconfirmed.map(({ name, id }) => `"${name}" (${id})`) }),
      ...(remaining > 0 && { remaining }),
      notes: [
        open.length === 0
          ? 'Nothing to make: all sub-clips exist.'
          : `Confirmed ${verified.length} of ${open.length}: Iconik shows the sub-clips.`,
        ...(remaining > 0
          ? ['Stopped there. Call again without confirm to continue; finished sub-clips are skipped.']
          : []),
      ],
    };
  },
});

const rangeKey = ({ start, end }: Cut): string => `${start}-${end}`;

/** The sub-clips that exist now, in the order of the ranges. */
function existing(cuts: readonly PlannedCut[], verified: readonly PlannedCut[]) {
  const made = new Map(verified.map((one) => [rangeKey(one), one.id]));
  return cuts.flatMap((cut) => {
    const id = cut.isDone ? cut.id : made.get(rangeKey(cut));
    return id ? [{ ...cut, id, name: cut.title ?? cut.name }] : [];
  });
}

const subclipLines = ({ clip }: Subject, cuts: readonly PlannedCut[], verified: readonly PlannedCut[]): string[] =>
  existing(cuts, verified).map((cut) => `${placeLine(cut, clip)} (${cut.id})`);

/** A handle of them all, which works before search knows them. */
function keepSubclips(
  context: Context,
  { title }: Subject,
  cuts: readonly PlannedCut[],
  verified: readonly PlannedCut[],
): { readonly selection?: string } {
  const clips = existing(cuts, verified).map(({ id, name }) => ({ id, title: name }));
  if (clips.length < 2) return {};
  const ids = clips.map(({ id }) => id);
  return { selection: keepAssets(context, ids, `${clips.length} sub-clips of ${inQuotes(title)}`, ids, clips) };
}

function previewOf({ subject, cuts, destination, notes }: Plan, said: (cut: Cut) => string) {
  const missing = cuts.filter(({ id }) => id === undefined);
  const misplaced = cuts.filter(({ id, isDone }) => id !== undefined && !isDone);
  const done = cuts.length - missing.length - misplaced.length;
  const into = destination ? ` in ${destination.label}` : '';
  const where = missing.length > 0 ? 'it' : destination?.label;
  const changes = [
    missing.length > 0 && `Makes ${plural(missing.length, 'sub-clip')} of ${inQuotes(subject.title)}${into}.`,
    misplaced.length > 0 && `Adds ${plural(misplaced.length, 'existing sub-clip')} to ${where}.`,
    done > 0 && `Skips ${done} that ${done === 1 ? 'exists' : 'exist'} with the same times.`,
    'No media are cut; sub-clips can be deleted one by one.',
  ].filter(Boolean);
  return {
    summary:
      missing.length + misplaced.length === 0 ? `Nothing to do: all ${done} sub-clips exist.` : changes.join(' '),
    affected: cuts.map((cut) => [cutLine(cut, subject.clip), stateOf(cut), said(cut)].filter(Boolean).join(', ')),
    notes: [`${inQuotes(subject.title)} (${subject.id})`, ...notes],
  };
}

const stateOf = ({ id, title, isDone }: PlannedCut): string =>
  id === undefined ? 'new' : `exists as "${title}" (${id})${isDone ? '' : ', not in the collection'}`;
