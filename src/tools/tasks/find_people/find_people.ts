import * as z from 'zod';
import { parseDuration } from '../../../media/time.ts';
import { plural } from '../../../text/english.ts';
import { inQuotes } from '../../../text/quote.ts';
import { countFittingLines } from '../../../text/tokens.ts';
import { task } from '../../define.ts';
import { cursorOf } from '../../handles.ts';
import { findFace, type Person, personLabel } from '../../library/faces/persons.ts';
import { keepAssets } from '../../library/kept_selections.ts';
import { subjectLabel, subjectOf } from '../../library/subject.ts';
import { integer, strings, text } from '../../params.ts';
import { createReport } from '../../run/report.ts';
import type { Context } from '../../types.ts';
import { analysisNote, seenIn, seenLine, togetherNote } from './in_asset.ts';
import { type Place, placeLine, placesOf } from './places.ts';
import { type Entry, entryLine, rosterOf } from './roster.ts';
import { coverageOf, scopeOf } from './scope.ts';

const MAX_PEOPLE = 5;
const MAX_LINES = 50;
const MAX_TOKENS = 4_000;

/** What a cursor goes on with: people, assets, or the lines of one asset. */
interface Rest {
  readonly people?: readonly Entry[];
  readonly assets?: readonly Place[];
  readonly lines?: readonly string[];
  readonly from: number;
}

const CURSOR = cursorOf<Rest>('find_people');

export const find_people = task({
  title: 'Find people by face',
  description:
    'Who is in a clip by face recognition and when on screen; which clips show the face of a person, or of several together, for at least how long; which faces have no name. Says what is unconfirmed or not analysed. To name faces use name_people.',
  effect: 'read',
  roles: ['can_read_person', 'can_search', 'can_read_segments'],
  input: {
    asset: z.string().min(1).optional().describe('Who is in this one.'),
    people: z.array(z.string().min(1)).min(1).optional().describe('Names, all together in it.'),
    collection: z.string().min(1).optional().describe('Only in it.'),
    selection: z.string().optional().describe('Only in it.'),
    at_least: z.string().optional().describe('e.g. 10s.'),
    unconfirmed: z.boolean().optional().describe('Only what nobody confirmed.'),
    cursor: z.string().optional().describe('next of the last answer.'),
  },
  output: {
    total: integer,
    people: strings,
    assets: strings,
    selection: text,
    not_analysed: text,
    next: text,
    notes: strings,
  },
  validate: ({ asset, collection, selection, at_least, people }) => {
    if ([asset, collection, selection].filter((one) => one !== undefined).length > 1)
      return 'Give asset, collection or selection, not several.';
    if ((people?.length ?? 0) > MAX_PEOPLE) return `people: at most ${MAX_PEOPLE}.`;
    return at_least !== undefined && !asset && !people ? 'at_least needs people or asset.' : undefined;
  },
  run: async ({ cursor, asset, people = [], at_least, unconfirmed = false, ...where }, context) => {
    if (cursor !== undefined) return shown(context, context.handles.get(CURSOR, cursor));
    const atLeast = at_least === undefined ? 0 : parseDuration(at_least);
    const meant = await Promise.all(people.map((words) => findFace(context, words)));
    const persons = [...new Map(meant.map((person) => [person.id, person])).values()];
    const understood = meant.flatMap((person, index) =>
      [person.id, person.name].includes(people[index])
        ? []
        : [`${inQuotes(people[index] ?? '')} → ${personLabel(person)}`],
    );
    const asked: Asked = { persons, atLeast, isOpenOnly: unconfirmed };
    const answer =
      asset !== undefined
        ? await inAsset(context, asset, asked)
        : persons.length > 0
          ? await inScope(context, where, asked)
          : await allIn(context, where, unconfirmed);
    return { ...answer, notes: [...understood, ...answer.notes] };
  },
});

interface Asked {
  readonly persons: readonly Person[];
  readonly atLeast: number;
  readonly isOpenOnly: boolean;
}

/** As many lines as fit, and a cursor for the rest. */
function shown(context: Context, { from, ...rest }: Rest) {
  const { people = [], assets, lines = [] } = rest;
  const all = assets ?? (people.length > 0 ? people : lines);
  const to = from + MAX_LINES;
  const page = assets
    ? assets.slice(from, to).map(placeLine)
    : [...people.slice(from, to).map(entryLine), ...lines.slice(from, to)];
  const next = from + countFittingLines(page, 0, MAX_TOKENS);
  return {
    total: all.length,
    [assets ? 'assets' : 'people']: page.slice(0, next - from),
    ...(next < all.length && { next: context.handles.keep(CURSOR, { ...rest, from: next }) }),
  };
}

async function inAsset(context: Context, asset: string, { persons, atLeast, isOpenOnly }: Asked) {
  const subject = await subjectOf(context, asset);
  const [all, analysis] = await Promise.all([seenIn(context, subject), analysisNote(context, subject)]);
  const ids = new Set(persons.map(({ id }) => id));
  const named = all.filter(({ person }) => ids.size === 0 || ids.has(person.id));
  const seen = named
    .filter(({ spans }) => spans.reduce((sum, { start, end }) => sum + end - start, 0) >= atLeast)
    .filter(({ person }) => !isOpenOnly || person.isOpen || !person.name);
  const missing = persons.filter(({ id }) => !named.some(({ person }) => person.id === id));
  const lines = seen.map((one) => seenLine(one, subject, ids.size === 1));
  return {
    ...shown(context, { lines, from: 0 }),
    notes: [
      subjectLabel(subject),
      analysis,
      ...(missing.length > 0 ? [`Not found in it: ${missing.map(personLabel).join(', ')}.`] : []),
      ...(persons.length > 1 && missing.length === 0 ? [togetherNote(named, subject)] : []),
      ...(seen.length < named.length ? [`${named.length - seen.length} more do not fit the conditions.`] : []),
    ],
  };
}

type Where = Parameters<typeof scopeOf>[1];

async function inScope(context: Context, where: Where, asked: Asked) {
  const scope = await scopeOf(context, where);
  const report = createReport(context);
  const [{ places, total, untimed }, coverage] = await Promise.all([
    placesOf(context, { ...asked, scope }),
    report.part('What is not analysed', coverageOf(context, scope)),
  ]);
  const ids = places.map(({ id }) => id);
  const names = asked.persons.map(({ name, id }) => name ?? id).join(' and ');
  const isTimed = asked.atLeast > 0;
  return {
    ...shown(context, { assets: places, from: 0 }),
    ...(ids.length > 0 && { selection: keepAssets(context, ids, `assets with ${names} by face`) }),
    ...(coverage?.not_analysed && { not_analysed: coverage.not_analysed }),
    notes: [
      ...(places.length < total
        ? [`Of ${plural(total, 'asset')} with them, ${places.length} fit the conditions.`]
        : []),
      ...(isTimed && untimed > 0 ? [`Without times, as pictures are: ${untimed}; they are left out.`] : []),
      ...(places.length > 0 ? ['Times count from the first frame.'] : []),
      ...(coverage?.notes ?? []),
      ...report.notes,
    ],
  };
}

async function allIn(context: Context, where: Where, isOpenOnly: boolean) {
  const scope = await scopeOf(context, where);
  const report = createReport(context);
  const [{ entries, notes }, coverage] = await Promise.all([
    rosterOf(context, scope, isOpenOnly),
    report.part('What is not analysed', coverageOf(context, scope)),
  ]);
  return {
    ...shown(context, { people: entries, from: 0 }),
    ...(coverage?.not_analysed && { not_analysed: coverage.not_analysed }),
    notes: [...notes, ...(coverage?.notes ?? []), ...report.notes],
  };
}
