export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * An operation's place: method and path below `/API`, path arguments in braces, and, where the method has a body,
 * the arguments that go into the query: `POST /search/v1/search/{?page,per_page}`. What a route does not name goes
 * to the query of a GET, and of a DELETE that names none, and to the JSON body of the others.
 */
export type Route = `${Method} /${string}`;

type Split<Names extends string> = Names extends `${infer Name},${infer Rest}` ? Name | Split<Rest> : Names;

/** The arguments that a route names: path arguments and `{?query}` names. */
export type RouteNames<R extends string> = R extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `?${infer Query}` ? Split<Query> : Name) | RouteNames<Rest>
  : never;

export interface Template {
  readonly method: Method;
  /** The path with its braces, `/API` in front. */
  readonly path: string;
  readonly pathNames: readonly string[];
  /** Names from `{?…}`. */
  readonly queryNames: readonly string[];
}

export interface Expanded {
  readonly method: Method;
  /** Path and query, `/API` in front: `/API/assets/v1/assets/…/?include_users=true`. */
  readonly path: string;
  readonly body?: unknown;
}

/** A request in parts, for a route that no literal describes. */
export interface Parts {
  /** Method and path below `/API` with its braces. */
  readonly route: Route;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  /**
   * Whether method and filled path (`/API/…`) lead where the route does. Iconik's ids are not all UUIDs, and a word of its
   * paths in place of one leads to another operation.
   */
  readonly leadsThere: (method: Method, path: string) => boolean;
}

/** A path argument that may not go into a URL. Its message names the argument, never an upstream. */
export class UnsafePathError extends Error {
  override readonly name = 'UnsafePathError';
  readonly argument: string;
  constructor(argument: string, problem: string) {
    super(`${argument} ${problem}`);
    this.argument = argument;
  }
}

const PATH_ARGUMENT = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;
/** Words that stand in Iconik's paths where an id may stand: taken as an id they reach another operation. */
const RESERVED = new Set(['all', 'bulk', 'content', 'contents', 'current', 'from', 'old', 'purge', 'queue', 'state']);

/** Arguments from a closed set, which stand in paths of their own: a custom action's context may be `BULK`. */
const CLOSED_SETS = new Set(['context']);

const templates = new Map<string, Template>();

/** Reads a route string once. */
export function template(route: Route): Template {
  const known = templates.get(route);
  if (known) return known;
  const space = route.indexOf(' ');
  const queryNames: string[] = [];
  const path = `/API${route.slice(space + 1)}`.replace(/\{\?([^{}]*)\}/, (_, names: string) => {
    queryNames.push(...names.split(','));
    return '';
  });
  const pathNames = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  const made: Template = { method: route.slice(0, space) as Method, path, pathNames, queryNames };
  templates.set(route, made);
  return made;
}

/** Fills a route with the parts of a request. Throws `UnsafePathError` before anything could be sent. */
export function assemble({ route, path: args, query, body, leadsThere }: Parts): Expanded {
  const { method, path } = template(route);
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => safePart(name, args[name]));
  if (!leadsThere(method, filled)) {
    const [name = 'path'] = Object.keys(args);
    throw new UnsafePathError(name, `makes ${filled} of the path, which is another operation`);
  }
  const names = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) names.append(name, queryText(value));
  const search = names.size > 0 ? `?${names}` : '';
  return { method, path: `${filled}${search}`, ...(body !== undefined && { body }) };
}

const queryText = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));

/**
 * Fills a route with arguments. `undefined` is not sent; everything else is, `null`, `""` and `[]` included.
 * Lists in the query are joined by commas. Throws `UnsafePathError` before anything could be sent.
 */
export function expand(route: Route, args: Readonly<Record<string, unknown>>): Expanded {
  const { method, path, pathNames, queryNames } = template(route);
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => pathArgument(name, args[name]));
  const query: [string, string][] = [];
  const body: Record<string, unknown> = {};
  const bodiless = method === 'GET' || (method === 'DELETE' && queryNames.length === 0);
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined || pathNames.includes(name)) continue;
    if (bodiless || queryNames.includes(name)) query.push([name, queryText(value)]);
    else body[name] = value;
  }
  const search = query.length > 0 ? `?${new URLSearchParams(query)}` : '';
  return { method, path: `${filled}${search}`, ...(Object.keys(body).length > 0 && { body }) };
}

function pathArgument(name: string, value: unknown): string {
  const part = safePart(name, value);
  if (RESERVED.has(part.toLowerCase()) && !CLOSED_SETS.has(name))
    throw new UnsafePathError(name, `is "${part}", a word of Iconik's paths, not an id`);
  return part;
}

function safePart(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new UnsafePathError(name, 'is empty');
  if (!PATH_ARGUMENT.test(value)) {
    throw new UnsafePathError(name, 'holds characters that an Iconik id never has');
  }
  return encodeURIComponent(value);
}
