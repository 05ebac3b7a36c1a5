/**
 * The pages of this server (MCP Apps, 2026-01-26). A page is a folder here with `page.ts` and `page.css`; the build makes
 * one HTML document of it (`scripts/pages.mjs`). To add one:
 *
 * 1. its name and the data it gets: `PageName` and `PageData` in `tools/page_data.ts`;
 * 2. what hosts are told of it, and the origins it may load from: `server/pages.ts`;
 * 3. `page: 'name'` in the literals of the tools that show it, which hand data over with `context.show(…)`; what costs
 *    requests of its own is read only where `context.showsPages`;
 * 4. tools that only the page calls: literals in `tools/pages/` with `listed: false` and `forPages: ['name']`;
 * 5. `page.ts` calls `connect` and draws what comes, with `el` of `elements.ts`, which makes text of everything;
 * 6. a test in a real browser: `test/apps/`, with the host of `test/support/apps/`.
 *
 * A page and its host speak JSON-RPC through `postMessage`.
 */

/** What a tool answers, as the host passes it on. */
export interface ToolResult {
  readonly content?: readonly ContentBlock[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly isError?: boolean;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

export interface ContentBlock {
  readonly type: string;
  readonly text?: string;
  /** Base64. */
  readonly data?: string;
  readonly mimeType?: string;
}

/** What the host says of how it shows the page. It sends what changes. */
export interface HostContext {
  readonly theme?: 'light' | 'dark';
  readonly styles?: { readonly variables?: Readonly<Record<string, string | undefined>> };
  readonly containerDimensions?: { readonly height?: number; readonly maxHeight?: number };
  readonly toolInfo?: { readonly tool?: { readonly name?: string } };
  readonly locale?: string;
}

export interface HostCapabilities {
  readonly openLinks?: object;
  readonly serverTools?: object;
  readonly updateModelContext?: object;
  readonly message?: object;
}

export interface Handlers {
  /** The arguments of the call that the page belongs to. */
  input?(args: Readonly<Record<string, unknown>>): void;
  /** Its answer; of a page that stays open, several may come. */
  result(result: ToolResult, bridge: Bridge): void;
  /** The call was cancelled. */
  cancelled?(): void;
  /** At the start, and at each change, with everything that is known. */
  context?(context: HostContext): void;
}

export interface Bridge {
  readonly can: HostCapabilities;
  /** Calls a tool of this server through the host. Rejects where the host refuses; a tool's own error is a result. */
  call(name: string, args: Readonly<Record<string, unknown>>): Promise<ToolResult>;
  /** Tells the model something with the next message of the person; the last one counts. */
  tellModel(text: string, structured?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Asks the host to open an address in the person's browser. */
  openLink(url: string): Promise<void>;
  /** Asks the host to send something as if the person had typed it. */
  say(text: string): Promise<void>;
}

interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code?: number; readonly message?: string };
}

const REVISION = '2026-01-26';
const METHOD_NOT_FOUND = -32_601;

interface Waiting {
  readonly done: (result: unknown) => void;
  readonly failed: (error: Error) => void;
}

/** Introduces the page to its host, tells it of each change of size, and hands on what it says. */
export async function connect(name: string, handlers: Handlers): Promise<Bridge> {
  const host = window.parent;
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let context: HostContext = {};
  const send = (message: object): void => host.postMessage({ jsonrpc: '2.0', ...message }, '*');
  const request = <T>(method: string, params: object): Promise<T> =>
    new Promise((done, failed) => {
      lastId += 1;
      waiting.set(lastId, { done: done as Waiting['done'], failed });
      send({ id: lastId, method, params });
    });
  const contextIs = (changes: HostContext): void => {
    context = { ...context, ...changes };
    handlers.context?.(context);
  };
  let bridge: Bridge | undefined;
  // Before the page is introduced there is no answer to show, but a hasty host may send one.
  const early: ToolResult[] = [];
  const own: Receiving = {
    ...handlers,
    result: (result) => void (bridge ? handlers.result(result, bridge) : early.push(result)),
  };
  window.addEventListener('message', ({ source, data }: MessageEvent<Message>) => {
    if (source !== host || data?.jsonrpc !== '2.0') return;
    if (data.method === undefined) return settle(waiting, data);
    const answer = receive(own, contextIs, data.method, Object(data.params));
    if (data.id !== undefined) send({ id: data.id, ...answer });
  });
  const hello = await request<Hello>('ui/initialize', {
    appInfo: { name: `iconik-${name}`, title: 'Iconik', version: '1' },
    appCapabilities: { availableDisplayModes: ['inline'] },
    protocolVersion: REVISION,
  });
  contextIs(hello.hostContext ?? {});
  bridge = bridgeOf(hello.hostCapabilities ?? {}, request);
  send({ method: 'ui/notifications/initialized' });
  tellSize((size) => send({ method: 'ui/notifications/size-changed', params: size }));
  for (const result of early) handlers.result(result, bridge);
  return bridge;
}

interface Receiving extends Omit<Handlers, 'result'> {
  result(result: ToolResult): void;
}

interface Hello {
  readonly hostCapabilities?: HostCapabilities;
  readonly hostContext?: HostContext;
}

const bridgeOf = (can: HostCapabilities, request: <T>(method: string, params: object) => Promise<T>): Bridge => ({
  can,
  call: (name, args) => request('tools/call', { name, arguments: args }),
  tellModel: (text, structuredContent) =>
    request('ui/update-model-context', {
      content: [{ type: 'text', text }],
      ...(structuredContent && { structuredContent }),
    }),
  openLink: (url) => request('ui/open-link', { url }),
  say: (text) => request('ui/message', { role: 'user', content: [{ type: 'text', text }] }),
});

function settle(waiting: Map<number, Waiting>, { id, result, error }: Message): void {
  const own = waiting.get(Number(id));
  if (!own) return;
  waiting.delete(Number(id));
  if (error) own.failed(new Error(error.message ?? 'The host refused.'));
  else own.done(result);
}

/** What the host says; the answer to a request of its. */
function receive(handlers: Receiving, contextIs: (changes: HostContext) => void, method: string, params: object) {
  switch (method) {
    case 'ui/notifications/tool-input':
      handlers.input?.((params as { arguments?: Record<string, unknown> }).arguments ?? {});
      break;
    case 'ui/notifications/tool-result':
      handlers.result(params as ToolResult);
      break;
    case 'ui/notifications/tool-cancelled':
      handlers.cancelled?.();
      break;
    case 'ui/notifications/host-context-changed':
      contextIs(params as HostContext);
      break;
    case 'ping':
    case 'ui/resource-teardown':
      break;
    default:
      return { error: { code: METHOD_NOT_FOUND, message: `Unknown method: ${method.slice(0, 100)}` } };
  }
  return { result: {} };
}

/** Tells the size of the page in CSS pixels: at once, and whenever it changes. */
function tellSize(tell: (size: { readonly width: number; readonly height: number }) => void): void {
  const page = document.documentElement;
  let last = '';
  const measure = (): void => {
    const size = { width: Math.ceil(window.innerWidth), height: Math.ceil(page.getBoundingClientRect().height) };
    if (`${size.width} ${size.height}` === last) return;
    last = `${size.width} ${size.height}`;
    tell(size);
  };
  new ResizeObserver(measure).observe(page);
  measure();
}
