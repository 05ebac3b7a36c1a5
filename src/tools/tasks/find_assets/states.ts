import { parseTime } from '../../../media/time.ts';
import { ToolError } from '../../errors.ts';
import { ACTIVE, type Criteria, type Term } from '../../library/search.ts';
import { typeMeant } from '../../library/subclips.ts';

/** What one argument, or one label of `where`, narrows a search by. */
export interface Part {
  readonly label: string;
  readonly terms: readonly Term[];
  /** Of a query: all must match. */
  readonly clauses: readonly string[];
}

/** The search for what fits all parts. */
export function searchFor(doc_types: Criteria['doc_types'], parts: readonly Part[], sort?: Criteria['sort']): Criteria {
  const query = parts.flatMap(({ clauses }) => clauses).join(' AND ');
  return {
    doc_types,
    terms: [ACTIVE, ...parts.flatMap(({ terms }) => terms)],
    ...(query && { query }),
    ...(sort && { sort }),
  };
}

interface StateArgs {
  readonly media_type?: readonly string[] | undefined;
  readonly archived?: boolean | undefined;
  readonly online?: boolean | undefined;
  readonly approval?: string | undefined;
  readonly length?: string | undefined;
}

/** What narrows a search beside words and metadata. Throws `ToolError` for values that there are not. */
export function stateParts({ media_type, archived, online, approval, length }: StateArgs): Part[] {
  const state = (label: string, name: string, ...value_in: string[]): Part[] => [
    { label, terms: [{ name, value_in }], clauses: [] },
  ];
  return [
    ...(media_type ? state('media_type', 'media_type', ...media_type.map(mediaType)) : []),
    ...(archived === undefined ? [] : state('archived', 'archive_status', archived ? 'ARCHIVED' : 'NOT_ARCHIVED')),
    ...(online === undefined ? [] : state('online', 'is_online', String(online))),
    ...(approval ? state('approval', 'approval_status', approvalState(approval)) : []),
    ...(length
      ? [{ label: 'length', terms: [{ name: 'duration_milliseconds', range: durationRange(length) }], clauses: [] }]
      : []),
  ];
}

/** The same for the description of a selection: `archived: false`. */
export const filtersOf = ({ media_type, archived, online, approval, length }: StateArgs): string[] =>
  Object.entries({ media_type, archived, online, approval, length }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${[value].flat().join(', ')}`],
  );

/** The index has the approval of an asset, whatever version was asked about. */
export const stateHints = ({ approval }: StateArgs): string[] =>
  approval && approval !== 'N/A'
    ? ['approval: of the version that was asked about, which may not be the current one. show_asset says which.']
    : [];

const MEDIA_TYPES = ['video', 'audio', 'image', 'document'] as const;
/** The states of an approval, as in the answers of `GET /assets/v1/assets/{id}/approvals/request/`. */
const APPROVAL_STATES = ['APPROVED', 'NOT_APPROVED', 'REQUESTED', 'MIXED', 'N/A'] as const;

function mediaType(given: string): string {
  const type = typeMeant(given);
  const hint = type && type !== 'ASSET' ? ` What an asset is: where {"type": ["${type.toLowerCase()}"]}.` : '';
  return oneOf('media_type', given.toLowerCase().trim().replace(/s$/, ''), MEDIA_TYPES, hint);
}
const approvalState = (given: string): string =>
  oneOf('approval', given.toUpperCase().trim().replaceAll(/[ -]/g, '_'), APPROVAL_STATES);

/** Throws `ToolError` with the allowed values: a search for another value would find nothing and not say so. */
function oneOf(argument: string, value: string, allowed: readonly string[], hint = ''): string {
  if (allowed.includes(value)) return value;
  throw new ToolError(`${argument}: "${value}" is not one of its values. Allowed: ${allowed.join(', ')}.${hint}`);
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
