import type { Field, Fields } from '../../catalogue/notation.ts';
import type { Catalogue, Row } from '../../catalogue/types.ts';
import { assemble, type Parts, type Route } from '../../client/route.ts';
import { shorten } from '../../text/tokens.ts';
import { NotFound, reasonOf, statusOf, ToolError } from '../errors.ts';
import { idMeant } from '../library/ids.ts';
import { whatIsMissing } from '../library/other_kinds.ts';
import { faultOfScripts } from '../script_addresses.ts';
import type { Context } from '../types.ts';
import { checked } from './check.ts';
import { pathGuard } from './path_guard.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a caller gives of an operation. */
export interface Given {
  readonly path?: Values | undefined;
  readonly query?: Values | undefined;
  readonly body?: Values | undefined;
}

/** The operation so written. Throws `ToolError` with those that are written most like it. */
export function rowNamed(catalogue: Catalogue, operation: string): Row {
  const row = catalogue.row(operation);
  if (row) return row;
  const near = catalogue.nearest(operation).join(', ');
  throw new ToolError(
    `there is no operation "${shorten(operation, 120)}".${near && ` Nearest: ${near}.`} find_operations finds them by words`,
  );
}

/** The same for a call. Throws `ToolError` for those that nobody may call, too. */
export function operationRow(catalogue: Catalogue, operation: string): Row {
  const row = rowNamed(catalogue, operation);
  if (row.refuse) throw new ToolError(`${row.operation} is not offered: ${row.refuse}. Nothing was sent`);
  return row;
}

/**
 * The arguments, with those that are written into the path of `operation` itself: `GET /assets/v1/assets/8f1c…/`. Throws
 * `ToolError` where `path` says something else, and for a query there.
 */
export function withWritten<G extends Given>(row: Row, operation: string, given: G): G {
  const [written = '', query] = operation.split('?');
  if (query) throw new ToolError(`the query "${shorten(query, 60)}" goes into the argument query. Nothing was sent`);
  const parts = partsOf(row.path);
  // A host and `/API` may stand in front.
  const own = partsOf(written).slice(-parts.length);
  const path: Record<string, unknown> = { ...given.path };
  for (const [at, part] of parts.entries()) {
    const [name, value] = [part.slice(1, -1), own[at] ?? ''];
    if (!part.startsWith('{') || value.startsWith('{')) continue;
    if (path[name] !== undefined && path[name] !== value)
      throw new ToolError(
        `path.${name} is "${shorten(String(path[name]), 60)}", and operation has "${shorten(value, 60)}" there. Nothing was sent`,
      );
    path[name] = value;
  }
  return { ...given, path };
}

const partsOf = (path: string): string[] => path.split('/').filter(Boolean);

/** Whether the answer or the body is something that no tool of the catalogue can carry. */
export function requireCarried(row: Row): void {
  if (row.isJson || isText(row)) return;
  throw new ToolError(`${row.operation} is not for this tool: it takes or answers ${row.media ?? 'no JSON'}`);
}

/** It answers with a text: subtitles, CSV. */
export const isText = ({ isJson, media, method }: Row): boolean =>
  !isJson && method === 'GET' && media?.startsWith('text/') === true;

/**
 * The request for an operation, with each argument held against the facts. Its path is looked up again before it is sent:
 * unless it leads to this very operation, nothing is. Throws `ToolError` with all that is wrong.
 */
export function requestFor(catalogue: Catalogue, row: Row, { path = {}, query = {}, body }: Given): Parts {
  const faults: string[] = [];
  const part = (
    name: string,
    given: Values,
    fields: Fields,
    rest: { partial?: boolean; open?: boolean } = {},
  ): Values => {
    const found = checked(catalogue, given, { name, fields, partial: false, open: false, ...rest });
    faults.push(...found.faults);
    return found.value;
  };
  const pathArguments = part('path', texts(path), pathFields(row));
  const queryArguments = part('query', withoutNothing(query), row.query);
  const partial = row.method === 'PATCH';
  const given = body ?? (row.body && !row.body.optional ? {} : undefined);
  if (body && Object.keys(body).length > 0 && !row.body) faults.push(`${row.operation} takes no body.`);
  const bodyArguments =
    row.body && given ? part('body', given, row.body.fields, { partial, open: row.body.free }) : undefined;
  if (faults.length > 0) throw new ToolError(`${faults.slice(0, 6).join(' ')} Nothing was sent`);
  const script = faultOfScripts(bodyArguments);
  if (script) throw new ToolError(script);
  const parts: Parts = {
    route: row.operation as Route,
    path: pathArguments,
    query: queryArguments,
    ...(bodyArguments && { body: bodyArguments }),
    leadsThere: pathGuard(catalogue, row),
  };
  // What cannot be sent is refused before anything else is asked of Iconik.
  assemble(parts);
  return parts;
}

const TEXT: Field = { type: 'string', required: true };
const pathFields = ({ pathNames }: Row): Fields => Object.fromEntries(pathNames.map((name) => [name, TEXT]));

/** Iconik has periods and numbers in its paths. */
const texts = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'string') return [name, idMeant(name, value)];
      return [name, Number.isFinite(value) ? String(value) : value];
    }),
  );

const withoutNothing = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );

/** For `catch`: a refusal with 403 that names the roles of this operation. */
export const withRolesOf =
  ({ operation, roles }: Row) =>
  (error: unknown): never => {
    if (statusOf(error) !== 403 || roles.length === 0) throw error;
    const needed = `${operation} needs ${roles.join(' and ')}, and access to the object`;
    throw new ToolError(`${reasonOf(error)}. ${needed}: an Iconik administrator can grant both`);
  };

/** For `catch`: a 404 with what the ids of the path stand for. */
export const withMissing =
  (context: Context, { path = {} }: Pick<Given, 'path'>) =>
  async (error: unknown): Promise<never> => {
    const missing = statusOf(error) === 404 ? await whatIsMissing(context, path) : undefined;
    throw missing ? new NotFound(`${reasonOf(error)}. ${missing}`) : error;
  };

/** Whether a query or body asks for signed addresses. */
export const asksForUrls = ({ signedUrlFlags }: Row, { query = {}, body = {} }: Given): boolean =>
  signedUrlFlags.some((flag) => isTrue(query[flag]) || isTrue(body[flag]));

const isTrue = (value: unknown): boolean => value === true || value === 'true';
