import type { Attachment } from '../../tools/types.ts';
import type { Caller } from '../call.ts';
import type { Core } from '../core.ts';
import { type FindOrigins, listedPage, PAGE_DATA, readPage } from '../pages.ts';
import { listedPrompt } from '../prompts.ts';
import { isTemplate, listedResource, listedTemplate, resourceAt } from '../resources.ts';

/** A request that cannot be answered. Both SDKs put `code`, `message` and `data` into the answer. */
export class RefusedRequest extends Error {
  readonly code = -32_602;
  readonly data: object | undefined;

  constructor(message: string, data?: object) {
    super(message);
    this.data = data;
  }
}

/** A request for one page of a list. */
interface Paged {
  readonly cursor?: string | undefined;
}

export type Offers = ReturnType<typeof offersOf>;

/** What a server says of itself and what it answers, in whatever revision of the protocol a host asks. */
export function offersOf(core: Core) {
  const { options, prompts, resources } = core;
  return {
    identity: { name: 'iconik', title: 'Iconik', version: options.version },
    instructions: core.instructions,
    capabilities: {
      tools: {},
      ...(prompts.length > 0 && { prompts: {}, completions: {} }),
      ...(resources.length > 0 && { resources: {} }),
    },
    tools: onePage(async (host) => ({ tools: [...(await core.list(host))] })),
    call: (params: Named, caller: Caller) => calling(core, params, caller),
    prompts: onePage(() => ({ prompts: prompts.map(listedPrompt) })),
    prompt: (params: Named & { readonly arguments?: Readonly<Record<string, string>> | undefined }) =>
      promptOf(core, params),
    async completion(
      { argument }: { readonly argument: { readonly name: string; readonly value: string } },
      caller: Caller,
    ) {
      const { complete } = await core.calls();
      return { completion: { values: await complete(argument, caller), hasMore: false } };
    },
    resources: onePage(({ showsPages }) => ({
      resources: [
        ...resources.filter((one) => !isTemplate(one)).map(listedResource),
        ...(showsPages ? core.pages.map(listedPage) : []),
      ],
    })),
    templates: onePage(() => ({ resourceTemplates: resources.filter(isTemplate).map(listedTemplate) })),
    resource: ({ uri }: { readonly uri: string }, caller: Caller) => reading(core, uri, caller),
  };
}

export interface Named {
  readonly name: string;
  readonly arguments?: Readonly<Record<string, unknown>> | undefined;
}

/** A host that asks for a list. */
type Asking = Pick<Caller, 'showsPages'>;

/** All lists are one page long, so no cursor is ours. An empty one is none. */
const onePage =
  <T>(page: (host: Asking) => T) =>
  (params: Paged | undefined, host: Asking = {}): T => {
    if (!params?.cursor) return page(host);
    throw new RefusedRequest('This cursor is unknown: ask without one, the list is a single page.');
  };

async function calling({ calls }: Core, params: Named, caller: Caller) {
  const { call } = await calls();
  const { text, structured, isError, attached = [], page } = await call(params.name, params.arguments, caller);
  return {
    content: [{ type: 'text' as const, text }, ...attached.map(block)],
    ...(structured && { structuredContent: structured }),
    ...(isError && { isError }),
    ...(page && { _meta: { [PAGE_DATA]: page } }),
  };
}

function block(part: Attachment) {
  if (part.kind === 'image') return { type: 'image' as const, data: part.data, mimeType: part.mimeType };
  const { uri, mimeType, text } = part;
  return { type: 'resource' as const, resource: { uri, mimeType, text } };
}

function promptOf({ prompts }: Core, params: Parameters<Offers['prompt']>[0]) {
  const prompt = prompts.find(({ name }) => name === params.name);
  const known = prompts.map(({ name }) => name).join(', ');
  if (!prompt) throw new RefusedRequest(`There is no prompt "${params.name}". Known: ${known}.`);
  const args = params.arguments ?? {};
  const missing = prompt.arguments.find(({ name, required }) => required && !args[name]?.trim());
  if (missing) throw new RefusedRequest(`${missing.name} is missing. ${missing.description}`);
  const content = { type: 'text' as const, text: prompt.text(args) };
  return { description: prompt.description, messages: [{ role: 'user' as const, content }] };
}

async function reading({ calls, resources, pages }: Core, uri: string, caller: Caller) {
  const find: FindOrigins = async (tool) => {
    const found = (await (await calls()).call(tool, {}, caller)).page;
    return found?.kind === 'origins' ? found.origins : [];
  };
  const page = caller.showsPages ? await readPage(pages, uri, find) : undefined;
  if (page) return { contents: [page] };
  const { call, document: documentAt } = await calls();
  const document = await documentAt(uri);
  if (document) return { contents: [{ uri, mimeType: document.mimeType, text: document.text }] };
  const found = resourceAt(resources, uri);
  const known = resources.map((one) => one.uri).join(', ');
  if (!found) throw new RefusedRequest(`There is no resource ${uri.slice(0, 100)}. Known: ${known}.`, { uri });
  const { tool, args } = found.resource;
  const { text, isError } = await call(tool, args(found.id), caller);
  if (isError) throw new RefusedRequest(text, { uri });
  return { contents: [{ uri, mimeType: 'text/plain', text }] };
}
