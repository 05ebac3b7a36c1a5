// The host of the demo, in a page: it calls tools of the server, and shows pages of the server in frames.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { AppBridge, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';

const CAPABILITIES = { extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] } } };
const OFFERS = { openLinks: {}, serverTools: {}, message: {}, updateModelContext: { text: {} } };

/**
 * `feed` shows what happens: `called(…)` for a call and its answer, `framed(frame)`, `knows(text)` for what the model is told by
 * a page, `says(text)` for what a page says for the person, `links(url)`, and `changed()` after each call.
 */
export async function createHost(feed) {
  const client = new Client({ name: 'iconik-mcp-demo', version: '1' }, { capabilities: CAPABILITIES });
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', location.href)));
  const { tools } = await client.listTools();
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const host = { chosen: undefined, plan: undefined, show };

  /** Calls a tool. What it plans waits for an answer; an answer that came is remembered. */
  async function call(name, args) {
    const result = await client.callTool({ name, arguments: args });
    const { status, confirm } = result.structuredContent ?? {};
    if (status === 'preview') host.plan = { tool: name, confirm };
    else if (args.confirm !== undefined && args.confirm === host.plan?.confirm) host.plan = undefined;
    feed.changed();
    return result;
  }

  async function show(name, args) {
    const tool = tools.find((one) => one.name === name);
    const uri = tool?._meta?.ui?.resourceUri;
    const result = await call(name, args);
    const text = result.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
    // Where a plan has no page it is read here.
    const isOpen = !uri && result.structuredContent?.status === 'preview';
    feed.called({ title: tool?.title ?? name, name, args, text, isOpen });
    if (result.isError) throw new Error(text);
    if (uri) {
      const bridge = await open(uri, tool);
      await bridge.sendToolInput({ arguments: args });
      await bridge.sendToolResult(result);
    }
    return result.structuredContent ?? {};
  }

  async function open(uri, tool) {
    const { contents } = await client.readResource({ uri });
    const [page] = contents;
    const view = { html: page.text, csp: page._meta?.ui?.csp ?? {} };
    const stored = await fetch('/views', { method: 'POST', body: JSON.stringify(view) });
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.title = tool.title;
    feed.framed(frame);
    const ready = bridgeTo(frame, tool);
    frame.src = (await stored.json()).url;
    return ready;
  }

  async function bridgeTo(frame, tool) {
    const theme = () => (dark.matches ? 'dark' : 'light');
    const bridge = new AppBridge(null, { name: 'iconik-mcp-demo', version: '1' }, OFFERS, {
      hostContext: { theme: theme(), toolInfo: { tool: { name: tool.name, inputSchema: tool.inputSchema } } },
    });
    dark.addEventListener('change', () => bridge.setHostContext({ theme: theme() }));
    bridge.oncalltool = ({ name, arguments: args = {} }) => call(name, args);
    bridge.onupdatemodelcontext = async ({ content = [], structuredContent }) => {
      host.chosen = structuredContent?.selection;
      feed.knows(content.flatMap(({ text }) => text ?? []).join(' '));
      return {};
    };
    bridge.onmessage = async ({ content }) => {
      feed.says(content.flatMap(({ text }) => text ?? []).join(' '));
      return {};
    };
    bridge.onopenlink = async ({ url }) => {
      feed.links(url);
      return {};
    };
    bridge.onsizechange = ({ height }) => {
      if (height) frame.style.height = `${height}px`;
    };
    const initialized = new Promise((done) => {
      bridge.oninitialized = () => done(bridge);
    });
    await bridge.connect(new PostMessageTransport(frame.contentWindow, frame.contentWindow));
    return initialized;
  }

  return host;
}
