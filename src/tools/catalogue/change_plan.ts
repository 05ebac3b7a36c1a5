import {
  asksFirst,
  broughtThere,
  type Catalogue,
  deletes,
  opens,
  placedInto,
  type Row,
  setFlags,
  titleOf,
} from '../../catalogue/index.ts';
import type { Parts } from '../../client/route.ts';
import { capitalized } from '../../text/english.ts';
import { oneLine } from '../../text/quote.ts';
import { ToolError } from '../errors.ts';
import type { Context, Planned } from '../types.ts';
import { MASKED, shownAnswer } from './answer.ts';
import { changeNotes } from './change_notes.ts';
import { type Given, operationRow, requestFor, requireCarried, withWritten } from './request.ts';
import { returned } from './returning.ts';
import { argumentLines, namedLines, type Subject, subjectOf } from './subject.ts';

type Values = Readonly<Record<string, unknown>>;

/** What is sent once it is agreed to. */
export interface ChangePlan {
  readonly parts: Parts;
  readonly operation: string;
  readonly capability: boolean;
  /** When the object was last changed, as far as it could be read: a token is for what was shown. */
  readonly modified?: unknown;
}

/** Checks a change, and shows it where a person has to agree. Throws `ToolError` for what is never done. */
export async function planOf(
  context: Context,
  catalogue: Catalogue,
  operation: string,
  given: Given,
): Promise<Planned<ChangePlan>> {
  const row = operationRow(catalogue, operation);
  if (row.effect === 'read')
    throw new ToolError(`${row.operation} only reads: use read_operation${changesAt(catalogue, row)}`);
  requireCarried(row);
  const parts = requestFor(catalogue, row, withWritten(row, operation, given));
  const risk = riskOf(row, parts);
  const plan: ChangePlan = { parts, operation: row.operation, capability: row.capability };
  const touches = idsIn(parts);
  const into = placedInto(row, parts).map((id) => ({ id }));
  const returns = returned(parts);
  if (!risk.asks && into.length === 0 && !returns)
    return { preview: { summary: '', affected: [] }, plan, skipConfirm: true, touches };
  const subject = await subjectOf(context, catalogue, parts);
  const [others, named, notes] = await Promise.all([
    argumentLines(context, catalogue, parts, subject),
    namedLines(parts, context),
    changeNotes(context, parts),
  ]);
  return {
    preview: {
      summary: summaryOf(row, risk, subject),
      affected: [subject.line, ...others, ...named, ...bodyLines(parts)],
      ...(risk.notes.length + notes.length > 0 && { notes: [...risk.notes, ...notes] }),
    },
    plan: { ...plan, ...(subject.modified !== undefined && { modified: subject.modified }) },
    into,
    brings: into.length > 0 ? broughtThere(row, parts) : [],
    ...(returns && { returns }),
    goes: risk.deletes ? collectionsIn(parts) : [],
    skipConfirm: !risk.asks,
    touches,
  };
}

/** What else can be done at the path of a row: the method may have been left out. */
function changesAt(catalogue: Catalogue, { path }: Row): string {
  const methods = (['POST', 'PUT', 'PATCH', 'DELETE'] as const).filter(
    (method) => catalogue.row(`${method} ${path}`)?.path === path,
  );
  return methods.length > 0 ? `. To change something there: ${methods.join(', ')}` : '';
}

/** The collections that a deletion is about: at its path, or named by its body. */
function collectionsIn({ route, path, body }: Parts): string[] {
  const { object_type, object_ids, ids } = Object(body) as Values;
  if (/\/collections\/\{collection_id\}\/$/.test(route)) return [String(path.collection_id)];
  const given = object_type === 'collections' ? object_ids : /\/delete_queue\/collections\/$/.test(route) ? ids : [];
  return [given].flat().map(String);
}

/** Words such as `assets` in a path are no ids: two changes must not wait for each other for their sake. */
const idsIn = ({ path, body }: Parts): string[] =>
  [...Object.values(path), ...Object.values(body ?? {}).flat()].map(String).filter((value) => UUID.test(value));

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface Risk {
  readonly asks: boolean;
  readonly deletes: boolean;
  readonly noWayBack: boolean;
  readonly notes: readonly string[];
}

/** What method and body do. Throws `ToolError` for a body that would make something deleted, or change all there is. */
function riskOf(row: Row, parts: Parts): Risk {
  const deleting = deletes(row, parts);
  if (deleting && row.effect === 'create') throw new ToolError('nothing is created as deleted. Nothing was sent');
  if (row.byFilter && !chooses(parts))
    throw new ToolError(
      `${row.operation} without ids or a filter concerns all there are: give ids in body, or a filter in query. Nothing was sent`,
    );
  const final = setFlags(row, parts);
  return {
    asks: asksFirst(row, parts) || row.byFilter || concernsSeveral(row, parts),
    deletes: row.effect === 'delete' || deleting,
    noWayBack: row.noWayBack || final.length > 0,
    notes: [
      ...final.map((name) => `${name}, as it is set, takes away for good what would be kept otherwise.`),
      ...(opens(row, parts) ? ['People outside of the company may see it after that.'] : []),
    ],
  };
}

/** Whether a change of many objects at once names more than one. */
const concernsSeveral = ({ path }: Row, { body }: Parts): boolean =>
  /\/bulk\/|^\/jobs\/v1\/jobs\/(state|priority)\/$/.test(path) &&
  Object.entries(Object(body)).some(
    ([name, value]) => /(^|_)(ids|objects)$/.test(name) && Array.isArray(value) && new Set(value).size > 1,
  );

/** Whether ids in the body or a filter in the query say which objects are meant. A `*` chooses all. */
const chooses = ({ query, body }: Parts): boolean => {
  const isSome = (value: unknown): boolean => [value].flat().some((one) => /[^\s,*?:]/.test(String(one ?? '')));
  const byQuery = Object.entries(query).some(([name, value]) => name !== 'merge_metadata' && isSome(value));
  return byQuery || Object.entries(Object(body)).some(([name, value]) => name.endsWith('_ids') && isSome(value));
};

/** Characters of a body that a preview shows, a line a field. */
const MAX_BODY_LINE = 300;

const bodyLines = ({ query, body }: Parts): string[] =>
  [...Object.entries(query), ...Object.entries((body ?? {}) as Values)].map(([name, given]) => {
    // A preview reaches more people than the one who typed a password; null is what a field is set to.
    const shown = shownAnswer({ [name]: given }, { urls: true, uploads: true }) as Values;
    const value = given === null ? null : Object.hasOwn(shown, name) ? shown[name] : MASKED;
    return `${name}: ${oneLine(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), MAX_BODY_LINE)}`;
  });

function summaryOf(row: Row, risk: Risk, { name, isAbove = false }: Subject): string {
  const title = titleOf(row.operation);
  const verb = risk.deletes ? 'deletes' : row.effect === 'create' ? 'creates' : 'changes';
  // Where nothing could be read of it, the lines below show the request.
  const unnamed = row.byFilter ? 'all that fit what is given below' : 'what is named below';
  const subject = name === undefined ? unnamed : isAbove ? `something of ${name}` : name;
  const sentences = [
    `${title ? `${title}: ` : ''}${row.operation} ${verb} ${subject}.`,
    row.outbound && `It leaves the company or reaches people outside: ${row.outbound}.`,
    row.access && 'It changes who may see or do something.',
    risk.noWayBack && 'There is no way back.',
  ];
  return capitalized(sentences.filter(Boolean).join(' '));
}
