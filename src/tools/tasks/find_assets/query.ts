import { parseTime } from '../../../media/time.ts';
import { identityKey } from '../../../text/compare.ts';
import { ToolError } from '../../errors.ts';
import { cursorOf } from '../../handles.ts';
import { readConditions } from '../../library/metadata/conditions.ts';
import { type Field, findField } from '../../library/metadata/fields.ts';
import { findCollection } from '../../library/objects.ts';
import type { Criteria, Term } from '../../library/search.ts';
import { ACTIVE } from '../../library/selection.ts';
import type { Context } from '../../types.ts';
import { peopleClauses } from './people.ts';
import { readWords, type WordQuery } from './words.ts';

/** The arguments of find_assets. */
export interface FindArgs {
  readonly words?: string | undefined;
  readonly people?: readonly string[] | undefined;
  readonly spoken?: string | undefined;
  readonly comment?: string | undefined;
  readonly where?: Readonly<Record<string, unknown>> | undefined;
  readonly media_type?: readonly string[] | undefined;
  readonly collection?: string | undefined;
  readonly archived?: boolean | undefined;
  readonly online?: boolean | undefined;
  readonly approval?: string | undefined;
  readonly length?: string | undefined;
  readonly sort?: keyof typeof SORTS | undefined;
  readonly show?: readonly string[] | undefined;
  readonly count_by?: readonly string[] | undefined;
  readonly kind?: 'assets' | 'collections' | undefined;
  readonly time_zone?: string | undefined;
}

/** The arguments, resolved to a search; `after` is where its next page starts. */
export interface Query {
  readonly criteria: Criteria;
  /** Words to locate in segments. */
  readonly inSegments?: string;
  /** Words to locate in segments as well, for hits that nothing else explains. */
  readonly words?: string;
  readonly shown: readonly Field[];
  readonly counted: readonly { readonly label: string; readonly name: string; readonly field?: Field }[];
  readonly notes: readonly string[];
  /** What else narrows the search, for the description of a selection: `archived: false`. */
  readonly filters: readonly string[];
  readonly selection?: string;
  /** Time zone of the dates. */
  readonly zone: string;
  readonly after?: readonly unknown[];
}

export const CURSOR = cursorOf<Query>('find_assets');

const SORTS = {
  relevance: undefined,
  newest: { name: 'date_created', order: 'desc' },
  oldest: { name: 'date_created', order: 'asc' },
  title: { name: 'title', order: 'asc' },
  longest: { name: 'duration_milliseconds', order: 'desc' },
  shortest: { name: 'duration_milliseconds', order: 'asc' },
} as const;

/** Resolves labels, options, collections and dates. Throws `ToolError` for names that do not exist. */
export async function readQuery(context: Context, args: FindArgs): Promise<Query> {
  const { kind = 'assets', time_zone = 'UTC' } = args;
  const [conditions, people, collection, shown, counted] = await Promise.all([
    readConditions(context, args.where ?? {}, time_zone),
    peopleClauses(context, args.people),
    args.collection === undefined ? undefined : findCollection(context, args.collection),
    Promise.all((args.show ?? []).map((label) => findField(context, label))),
    Promise.all((args.count_by ?? []).map((label) => countField(context, label))),
  ]);
  const sort = SORTS[args.sort ?? 'relevance'];
  const words = wordsOf(args);
  const query = queryText(words, [...people.clauses, ...conditions.not.map((one) => `NOT ${one}`)]);
  const inSegments = (words.spoken ?? words.comment)?.wanted;
  return {
    criteria: {
      doc_types: [kind],
      terms: [
        ACTIVE,
        ...stateTerms(args),
        ...(collection ? [{ name: 'ancestor_collections', value_in: [collection.id] }] : []),
        ...conditions.terms,
      ],
      ...(query && { query }),
      // The id breaks ties, which keeps pages from repeating or skipping hits.
      ...(sort && { sort: [sort, { name: 'id', order: 'asc' as const }] }),
    },
    ...(inSegments && { inSegments }),
    ...(words.words?.wanted && { words: words.words.wanted }),
    shown,
    counted,
    zone: time_zone,
    filters: filtersOf(args),
    notes: [
      ...Object.values(words).flatMap((one) => one?.notes ?? []),
      ...people.notes,
      ...conditions.notes,
      ...(collection
        ? [`"${args.collection}" → collection "${collection.title}" (${collection.id}) and everything below it`]
        : []),
    ],
  };
}

function stateTerms({ media_type, archived, online, approval, length }: FindArgs): Term[] {
  const state = (name: string, ...value_in: string[]): Term => ({ name, value_in });
  return [
    ...(media_type ? [state('media_type', ...media_type.map(mediaType))] : []),
    ...(archived === undefined ? [] : [state('archive_status', archived ? 'ARCHIVED' : 'NOT_ARCHIVED')]),
    ...(online === undefined ? [] : [state('is_online', String(online))]),
    ...(approval ? [state('approval_status', approvalState(approval))] : []),
    ...(length ? [{ name: 'duration_milliseconds', range: durationRange(length) }] : []),
  ];
}

const filtersOf = ({ media_type, archived, online, approval, length }: FindArgs): string[] =>
  Object.entries({ media_type, archived, online, approval, length }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${[value].flat().join(', ')}`],
  );

const MEDIA_TYPES = ['video', 'audio', 'image', 'document'] as const;
/** The states of an approval, as in the answers of `GET /assets/v1/assets/{id}/approvals/request/`. */
const APPROVAL_STATES = ['APPROVED', 'NOT_APPROVED', 'REQUESTED', 'MIXED', 'N/A'] as const;

const mediaType = (given: string): string =>
  oneOf('media_type', given.toLowerCase().trim().replace(/s$/, ''), MEDIA_TYPES);
const approvalState = (given: string): string =>
  oneOf('approval', given.toUpperCase().trim().replaceAll(/[ -]/g, '_'), APPROVAL_STATES);

/** Throws `ToolError` with the allowed values: a search for another value would find nothing and not say so. */
function oneOf(argument: string, value: string, allowed: readonly string[]): string {
  if (allowed.includes(value)) return value;
  throw new ToolError(`${argument}: "${value}" is not one of its values. Allowed: ${allowed.join(', ')}.`);
}

function durationRange(text: string): { min?: string; max?: string } {
  const [low = '', high = ''] = text.split('..').map((part) => part.trim());
  if (!text.includes('..') || low + high === '') {
    throw new ToolError(`length: "${text}" is not a range. Allowed: ..1:00, 20:00.., 1:00..5:00 (mm:ss).`);
  }
  const [min, max] = [low, high].map((part) => (part === '' ? undefined : parseTime(part).milliseconds));
  if (min !== undefined && max !== undefined && min > max)
    throw new ToolError(`length: "${text}" ends before it begins. Write the shorter first: ${high}..${low}.`);
  return { ...(min !== undefined && { min: String(min) }), ...(max !== undefined && { max: String(max) }) };
}

type Words = Readonly<Partial<Record<'words' | 'spoken' | 'comment', WordQuery>>>;

const wordsOf = ({ words, spoken, comment }: FindArgs): Words => ({
  ...(words !== undefined && { words: readWords('words', words) }),
  ...(spoken !== undefined && { spoken: readWords('spoken', spoken) }),
  ...(comment !== undefined && { comment: readWords('comment', comment) }),
});

function queryText({ words, spoken, comment }: Words, clauses: readonly string[]): string {
  const parts = [
    words?.text,
    spoken && `transcription_text:(${spoken.text})`,
    comment && `segment_text:(${comment.text})`,
    ...clauses,
  ];
  return parts.filter(Boolean).join(' AND ');
}

async function countField(context: Context, label: string): Promise<Query['counted'][number]> {
  const plain = ['media_type', 'archive_status', 'is_online', 'type', 'approval_status', 'format'];
  const name = identityKey(label).replaceAll(' ', '_');
  if (plain.includes(name)) return { label, name };
  const field = await findField(context, label);
  return { label, name: `metadata.${field.name}`, field };
}
