import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { AppBridge, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';

/**
 * A page that is a host: it speaks MCP to the server behind its own origin, and shows each page of the server in a frame of
 * another origin, under the policy that the page declares. Tests and the script `apps` drive it through `window.host`.
 */

const UI = 'io.modelcontextprotocol/ui';
const PAGE_TYPE = 'text/html;profile=mcp-app';

interface PageMeta {
  readonly ui?: {
    readonly csp?: object;
    readonly resourceUri?: string;
    readonly visibility?: readonly string[];
  };
}

const seen = {
  /** Tools that the page called, with their arguments. */
  calls: [] as { readonly name: string; readonly arguments?: Record<string, unknown> | undefined }[],
  /** What the page told the model; the last one counts. */
  contexts: [] as unknown[],
  messages: [] as unknown[],
  links: [] as string[],
  sizes: [] as { readonly width?: number; readonly height?: number }[],
};

const query = new URLSearchParams(location.search);
const revision = query.get('revision');
const client = new Client(
  { name: 'harness', version: '0' },
  {
    capabilities: { extensions: { [UI]: { mimeTypes: [PAGE_TYPE] } } },
    ...(revision && { versionNegotiation: { mode: { pin: revision } } }),
  },
);

const tools = new Map<string, { readonly resourceUri?: string; readonly visibility?: readonly string[] }>();
let bridge: AppBridge | undefined;
let theme: 'light' | 'dark' = query.get('theme') === 'dark' ? 'dark' : 'light';

async function connect(): Promise<void> {
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', location.href)));
  const { tools: listed } = await client.listTools();
  for (const { name, _meta } of listed) tools.set(name, (_meta as PageMeta | undefined)?.ui ?? {});
}

/** Calls a tool as a model would, and shows its page. Resolves when the page has the answer. */
async function open(name: string, args: Record<string, unknown>): Promise<unknown> {
  const uri = tools.get(name)?.resourceUri;
  if (!uri) throw new Error(`${name} has no page`);
  const { contents } = await client.readResource({ uri });
  const [page] = contents as { readonly text?: string; readonly mimeType?: string; readonly _meta?: PageMeta }[];
  if (page?.mimeType !== PAGE_TYPE) throw new Error(`${uri} is a ${page?.mimeType}`);
  const stored = await fetch('/views', {
    method: 'POST',
    body: JSON.stringify({ html: page.text, csp: page._meta?.ui?.csp ?? {} }),
  });
  const { url } = (await stored.json()) as { readonly url: string };
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.title = 'View';
  document.querySelector('iframe')?.remove();
  document.body.append(frame);
  const ready = bridgeTo(frame, name);
  frame.src = url;
  const own = await ready;
  const result = await client.callTool({ name, arguments: args });
  await own.sendToolInput({ arguments: args });
  await own.sendToolResult(result);
  return result;
}

async function bridgeTo(frame: HTMLIFrameElement, tool: string): Promise<AppBridge> {
  await bridge?.close().catch(() => undefined);
  const capabilities = { openLinks: {}, serverTools: {}, message: {}, updateModelContext: { text: {} } };
  const own = new AppBridge(null, { name: 'harness', version: '0' }, capabilities, {
    hostContext: { theme, toolInfo: { tool: { name: tool, inputSchema: { type: 'object' } } } },
  });
  bridge = own;
  own.oncalltool = async (params) => {
    const { name, arguments: args } = params;
    seen.calls.push({ name, arguments: args });
    const visibility = tools.get(name)?.visibility;
    if (!tools.has(name) || (visibility && !visibility.includes('app'))) throw new Error(`no tool ${name} for pages`);
    return client.callTool({ name, arguments: args ?? {} });
  };
  own.onupdatemodelcontext = async (params) => {
    seen.contexts.push(params);
    return {};
  };
  own.onmessage = async (params) => {
    seen.messages.push(params);
    return {};
  };
  own.onopenlink = async ({ url }) => {
    seen.links.push(url);
    return {};
  };
  own.onsizechange = (size) => {
    seen.sizes.push(size);
    if (size.height) frame.style.height = `${size.height}px`;
  };
  const initialized = new Promise<void>((done) => {
    own.oninitialized = () => done();
  });
  const view = frame.contentWindow as Window;
  await own.connect(new PostMessageTransport(view, view));
  return initialized.then(() => own);
}

const host = {
  seen,
  open,
  call: (name: string, args: Record<string, unknown>) => client.callTool({ name, arguments: args }),
  dress(next: 'light' | 'dark') {
    theme = next;
    document.documentElement.style.colorScheme = next;
    bridge?.setHostContext({ theme: next });
  },
  ready: connect(),
};
Object.assign(window, { host });
const tool = query.get('tool');
if (tool) void host.ready.then(() => open(tool, JSON.parse(query.get('args') ?? '{}')));
document.documentElement.style.colorScheme = theme;
