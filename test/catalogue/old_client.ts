import type { Catalogue, Row } from '../../src/catalogue/index.ts';
import { registry } from '../../src/tools/index.ts';
import type { ClientMethod, ClientRequest } from '../contract/python_client.ts';

/** A call of one of our tools. */
export interface ToolCall {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

type Values = Readonly<Record<string, unknown>>;

interface Listed {
  readonly name: string;
  readonly names: readonly string[];
  /** Method and path: `GET /assets/v1/assets/{asset_id}/`. */
  readonly route: string;
  readonly matches: RegExp;
}

/** The listed operations, those with the most literal paths first. */
const listedOperations: readonly Listed[] = [...registry]
  .flatMap(([name, { tool }]) => {
    if (!tool.route || !tool.listed) return [];
    const route = tool.route.replace(/\{\?[^{}]*\}/, '');
    const matches = new RegExp(`^${route.replace(' ', ' /API').replace(/\{\w+\}/g, '[^/]+')}$`);
    return [{ name, names: Object.keys(tool.input.shape), route, matches }];
  })
  .sort((a, b) => a.route.split('{').length - b.route.split('{').length);

/** Tools that do more than one request, and have the name of the method: `get_s3_presigned_url`. */
function ownTool(method: string): string | undefined {
  const name = method.split('.').at(-1) ?? '';
  const found = registry.get(name)?.tool;
  return found?.listed && found.kind === 'task' ? name : undefined;
}

/** The tool that does what a request of the old client does: the operation itself where it is listed, else a caller of any. */
export function toolCallFor(catalogue: Catalogue, client: string, request: ClientRequest): ToolCall {
  const { method, path: address, body } = request;
  const url = new URL(address, 'https://app.iconik.io');
  const row = catalogue.resolve(method, `${url.pathname.replace(/\/$/, '')}/`);
  if (!row) throw new Error(`no operation: ${method} ${url.pathname}`);
  const query = Object.fromEntries([...url.searchParams].map(([name, value]) => [name, plain(value)]));
  const asked = `${method} ${url.pathname.replace(/\/?$/, '/')}`;
  const listed = listedOperations.find(({ matches }) => matches.test(asked));
  const flat = {
    ...query,
    ...(body as Values | undefined),
    ...pathArguments(listed?.route ?? row.operation, url.pathname),
  };
  const task = listed ? undefined : ownTool(client);
  if (task) return { tool: task, args: flat };
  if (listed && Object.keys(flat).every((name) => listed.names.includes(name)))
    return { tool: listed.name, args: flat };
  const path = pathArguments(row.operation, url.pathname);
  return {
    tool: row.effect === 'read' ? 'read_operation' : 'change_operation',
    args: { operation: row.operation, path, query, ...(body !== undefined && { body: withoutTwins(row, body, path) }) },
  };
}

/** The old client repeats ids of the path in bodies that do not have them. */
function withoutTwins({ body }: Row, given: unknown, path: Values): Values {
  const ids = Object.values(path);
  const isTwin = (name: string, value: unknown): boolean =>
    !Object.hasOwn(body?.fields ?? {}, name) && ids.includes(value);
  return Object.fromEntries(Object.entries(given as Values).filter(([name, value]) => !isTwin(name, value)));
}

/** What stands in a path for the names of an operation. */
function pathArguments(operation: string, pathname: string): Values {
  const filled = pathname.split('/').filter(Boolean).slice(1);
  const parts = (operation.split(' ')[1] ?? '').split('/').filter(Boolean);
  return Object.fromEntries(
    parts.flatMap((part, at) =>
      part.startsWith('{') ? [[part.slice(1, -1), decodeURIComponent(filled[at] ?? '')]] : [],
    ),
  );
}

/** Booleans as Python writes them, and numbers. */
function plain(value: string): unknown {
  if (value === 'True' || value === 'False') return value === 'True';
  return /^\d+$/.test(value) ? Number(value) : value;
}

const SOMETHING = 'a55e7001-5b1c-11ef-9c3a-0a580a3db916';

/** A row of a table: the method, the tool that does it, and the operation where the tool takes any. */
export function clientRow(catalogue: Catalogue, { name, requests, refused }: ClientMethod): string {
  const [last] = requests.filter(({ path }) => !path.startsWith('{answer.')).slice(-1);
  if (!last) throw new Error(`${name} asks nothing of Iconik`);
  const path = last.path.replace(/\{[\w.]+\}/g, SOMETHING);
  const own = ownTool(name);
  const { tool, args } = own ? { tool: own, args: {} as Values } : toolCallFor(catalogue, name, { ...last, path });
  const operation = args.operation ? ` \`${args.operation}\`` : '';
  return `| \`${name}\` | ${refused ? 'refused' : `\`${tool}\``}${operation} |`;
}
