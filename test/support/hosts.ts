import { type CallToolResult, ErrorCode, McpError, type Tool } from '@modelcontextprotocol/sdk/types.js';
import type { ElicitationHost, WorldOptions } from './world.ts';

type Args = Readonly<Record<string, unknown>>;

/** What a host hands to its model of an answer. */
export interface Shown {
  readonly text: string;
  /** Base64. */
  readonly images: readonly string[];
  readonly documents: readonly string[];
}

/** How a host treats tools: what it sends, what of an answer its model gets, and how it asks its person. */
export interface HostKind {
  readonly elicitation?: ElicitationHost;
  /** How the server has to be started for it. */
  readonly server?: Pick<WorldOptions, 'confirm'>;
  readonly sends: (args: Args, tool: Tool) => Args;
  readonly shows: (result: CallToolResult) => Shown;
}

const asGiven = (args: Args): Args => args;

function everything({ content }: CallToolResult): Shown {
  return {
    text: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n'),
    images: content.flatMap((block) => (block.type === 'image' ? [block.data] : [])),
    documents: content.flatMap((block) =>
      block.type === 'resource' && 'text' in block.resource ? [block.resource.text] : [],
    ),
  };
}

/** Codex and others replace all of the content where there is something structured. */
const structuredFirst = (result: CallToolResult): Shown =>
  result.structuredContent
    ? { text: JSON.stringify(result.structuredContent), images: [], documents: [] }
    : everything(result);

const plain = { sends: asGiven, shows: everything };

const asks = (answer: ElicitationHost['answer'], declares: ElicitationHost['declares'] = { form: {} }) => ({
  elicitation: { declares, answer },
});

/** The optional arguments that were not given, filled with something. */
const filled =
  (nothing: (schema: { readonly type?: string }) => unknown) =>
  (args: Args, { inputSchema: { properties = {}, required = [] } }: Tool): Args => ({
    ...Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => !required.includes(name))
        .map(([name, schema]) => [name, nothing(schema as { readonly type?: string })]),
    ),
    ...args,
  });

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const THINKS = 90_000;
const EMPTY: Readonly<Record<string, unknown>> = { array: [], object: {} };

/** Kinds of hosts that were met, by what is special about them. */
export const HOSTS: Readonly<Record<string, HostKind>> = {
  'cannot ask its person': plain,
  'asks a person who thinks for 90 s': {
    ...plain,
    ...asks(async () => {
      await later(THINKS);
      return 'accept';
    }),
  },
  'cancels every question at once, with a server that needs the token alone': {
    ...plain,
    ...asks(async () => 'cancel'),
    server: { confirm: 'token' },
  },
  'answers every question with an error': {
    ...plain,
    ...asks(async () => {
      throw new McpError(ErrorCode.MethodNotFound, 'Method not found');
    }),
  },
  'can only open web pages': { ...plain, ...asks(async () => 'cancel', { url: {} }) },
  'hands on structured content alone': { sends: asGiven, shows: structuredFirst },
  'sends empty texts for what is not given': { ...plain, sends: filled(() => '') },
  'sends something empty of the right type for what is not given': {
    ...plain,
    sends: filled(({ type = '' }) => EMPTY[type] ?? ''),
  },
  'sends null for what is not given': { ...plain, sends: filled(() => null) },
  'adds arguments of its own': {
    ...plain,
    sends: (args) => ({ ...args, _meta: { progressToken: 1 }, _sessionID: 's', toolCallId: 'call_1', tool: 'x' }),
  },
  'writes lists and objects as JSON texts': {
    ...plain,
    sends: (args) =>
      Object.fromEntries(
        Object.entries(args).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : value]),
      ),
  },
};
