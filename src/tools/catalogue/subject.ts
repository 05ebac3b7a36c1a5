import type { Catalogue, Row } from '../../catalogue/index.ts';
import type { Parts } from '../../client/route.ts';
import { inQuotes, oneLine } from '../../text/quote.ts';
import { reasonOf, statusOf } from '../errors.ts';
import { linesOfObjects } from '../operations/object_lines.ts';
import type { Context } from '../types.ts';
import { requestFor, withWritten } from './request.ts';

type Values = Readonly<Record<string, unknown>>;

export interface Subject {
  /** One line: title, status, date; or what could be learnt. */
  readonly line: string;
  readonly name?: string;
  /** The name is that of an object above it. */
  readonly isAbove?: boolean;
  readonly id?: unknown;
  readonly modified?: unknown;
}

/** The request in words: its method and path. */
const wordsOf = ({ route, path }: Parts): string =>
  route.replace(/\{(\w+)\}/g, (_, name: string) => String(path[name]));

/** The object that a change concerns: read at its own path, else the nearest one above it that has a name. */
export async function subjectOf(context: Context, catalogue: Catalogue, parts: Parts): Promise<Subject> {
  const words = wordsOf(parts);
  const [, path = ''] = words.split(' ');
  let unread = '';
  for (const [index, place] of placesAbove(path).entries()) {
    const row = catalogue.resolve('GET', place);
    if (!row || !isReadable(row)) continue;
    try {
      const body = await bodyAt(context, catalogue, row, place);
      const line = lineOf(body);
      if (!line) continue;
      const { id, date_modified: modified } = body;
      if (index > 0) return { line: `${words} of ${line}${unread}`, name: nameOf(body), isAbove: true, id };
      return { line, name: nameOf(body), id, ...(modified !== undefined && { modified }) };
    } catch (error) {
      if (context.signal.aborted) throw error;
      // Of what is about to be made, such as a first approval or access, there is nothing to read.
      const isNone = statusOf(error) === 404 && (!row.path.endsWith('}/') || row.path.includes('/acl/'));
      if (!isNone) unread ||= ` (what it concerns could not be read: ${reasonOf(error)})`;
    }
  }
  return { line: `${words}${unread}` };
}

/** `/assets/v1/assets/8f…/shares/3c…/`, then `/assets/v1/assets/8f…/shares/`, down to the third part. */
function placesAbove(path: string): string[] {
  const parts = path.split('/').filter(Boolean);
  const counts = parts.map((_, index) => parts.length - index).filter((count) => count > 3);
  return counts.map((count) => `/${parts.slice(0, count).join('/')}/`);
}

async function bodyAt(context: Context, catalogue: Catalogue, row: Row, place: string): Promise<Values> {
  const parts = requestFor(catalogue, row, withWritten(row, `GET ${place}`, {}));
  const { body } = await context.call(parts, { signal: context.signal });
  return Object(body) as Values;
}

/** One object and no list, whose answer opens nothing. */
const isReadable = ({ effect, isJson, capability, path, answers }: Row): boolean =>
  effect === 'read' &&
  isJson &&
  !capability &&
  (path.endsWith('}/') || !answers.some((key) => key.startsWith('objects')));

const NAMES = ['title', 'name', 'label', 'email', 'segment_text', 'id'];

function nameOf(body: Values): string {
  const name = NAMES.map((key) => body[key]).find((value) => typeof value === 'string' && value !== '');
  return inQuotes(String(name ?? ''));
}

/** Title, status and date of an object; undefined for what has no name. */
function lineOf(body: Values): string | undefined {
  if (Array.isArray(body.objects)) return undefined;
  const name = nameOf(body);
  if (name === '""') return undefined;
  const { status, type, date_created: date, id } = body;
  return [name, type, status, date && String(date).slice(0, 10), id && `id ${String(id)}`]
    .filter((part) => typeof part === 'string' && part !== '')
    .map((part) => oneLine(String(part), 150))
    .join(' · ');
}

/** Kinds of objects whose ids can be looked up in the search index. */
const KINDS = ['assets', 'collections', 'saved_searches'] as const;

/** The assets or collections that a body names by their ids, a line each; none where it names others, or none can be read. */
export async function namedLines({ route, path, body }: Parts, context: Context) {
  const {
    object_type: type,
    objects,
    object_ids,
    object_keys,
    object_key,
    asset_ids,
    collection_ids,
    ids: listed,
  } = {
    ...path,
    ...Object(body),
  } as Values;
  const [, queue] = /\/delete_queue\/(\w+)\/$/.exec(route) ?? [];
  const kind = collection_ids
    ? 'collections'
    : asset_ids
      ? 'assets'
      : (type ?? queue ?? (/\/assets\//.test(route) ? 'assets' : ''));
  const known = KINDS.find((one) => one === kind);
  const rows = Array.isArray(objects) ? objects.map((one) => (Object(one) as Values).id) : objects;
  const given =
    object_ids ?? object_keys ?? object_key ?? asset_ids ?? collection_ids ?? rows ?? (queue && listed) ?? [];
  const ids = [given].flat().filter((id) => typeof id === 'string');
  if (!known || ids.length === 0) return [];
  try {
    return await linesOfObjects(known, ids, context);
  } catch (error) {
    if (context.signal.aborted) throw error;
    return [];
  }
}

/** Ids that are looked up for one preview. */
const MAX_LOOKED_UP = 10;

/**
 * What else the arguments name by an id, such as a group or an export location: `group_id: "Freelancers" · …`. What
 * cannot be read is left out: the request has its id.
 */
export async function argumentLines(context: Context, catalogue: Catalogue, parts: Parts, { id: known }: Subject) {
  const given: Values = { ...parts.path, ...Object(parts.body) };
  const named = Object.entries(given).flatMap(([name, value]) => {
    const row = readingById(catalogue, parts, name);
    const ids = [value].flat().filter((id) => typeof id === 'string' && id !== known);
    return row ? ids.map((id) => ({ name: name.replace(/s$/, ''), row, id: String(id) })) : [];
  });
  const lines = await Promise.all(
    named.slice(0, MAX_LOOKED_UP).map(async ({ name, row, id }) => {
      try {
        const line = lineOf(await bodyAt(context, catalogue, row, row.path.replace(/\{\w+\}/, encodeURIComponent(id))));
        return line ? [`${name}: ${line}`] : [];
      } catch (error) {
        if (context.signal.aborted) throw error;
        return [];
      }
    }),
  );
  return lines.flat();
}

/** Arguments that hold ids, although their names do not say so: those of approvals. */
const PLAIN: Readonly<Record<string, string>> = { users: 'user', groups: 'group' };

/** The operation that reads an object by an argument: `/users/v1/groups/{group_id}/` for `group_id` and `group_ids`. */
function readingById({ rows }: Catalogue, { route }: Parts, argument: string): Row | undefined {
  const [, noun = PLAIN[argument]] = /^(\w+?)_ids?$/.exec(argument) ?? [];
  // Many assets and collections are read at once, by `namedLines`.
  if (!noun || ['asset_ids', 'collection_ids'].includes(argument)) return undefined;
  const end = `/${noun}s/{${noun}_id}/`;
  const found = rows.filter((row) => row.method === 'GET' && row.pathNames.length === 1 && row.path.endsWith(end));
  const readable = found.filter(isReadable);
  return readable.find(({ service }) => route.includes(` /${service}/`)) ?? readable[0];
}
