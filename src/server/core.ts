import type { Toolset } from '../tools/types.ts';
import type { Calls, CallsOptions } from './calls.ts';
import { instructions } from './instructions.ts';
import { type Listed, toolList } from './listing.ts';
import { listWithPages, type Page, pagesFor } from './pages.ts';
import { type Prompt, promptsFor } from './prompts.ts';
import { type Resource, resourcesFor } from './resources.ts';
import { select, withoutPages } from './select.ts';

export interface ServerOptions extends CallsOptions {
  /** Schemas and code of the tools: loaded with the first call. */
  readonly loadTools: () => Promise<readonly Toolset[]>;
  readonly version: string;
  readonly sandbox: boolean;
  /** Who agrees to a change that was shown: the person, asked by the host where it can, or whoever sends the token. */
  readonly confirm?: 'host' | 'token';
  /** Milliseconds that a person has for an answer. */
  readonly answerWithin?: number;
}

export type LoadCalls = () => Promise<Calls>;

/** What is kept between the requests of one caller, over however many connections they come. */
export interface Core {
  readonly options: ServerOptions;
  readonly list: readonly Listed[];
  /** For hosts with MCP Apps: the same with a page each, the tools of the pages, and these. */
  readonly listWithPages: readonly Listed[];
  readonly pages: readonly Page[];
  readonly instructions: string;
  readonly prompts: readonly Prompt[];
  readonly resources: readonly Resource[];
  /** The tools, loaded once. */
  readonly calls: LoadCalls;
}

export function createCore(options: ServerOptions): Core {
  const offered = select(options.entries, options.selection);
  const tools = withoutPages(offered);
  const resources = resourcesFor(tools);
  // A server without resources cannot say later that it has them.
  const pages = resources.length > 0 ? pagesFor(tools) : [];
  let loaded: Promise<Calls> | undefined;
  return {
    options,
    list: toolList(tools),
    listWithPages: listWithPages(offered, pages),
    pages,
    instructions: instructions(tools, options),
    prompts: promptsFor(tools),
    resources,
    calls() {
      loaded ??= loadCalls(options);
      return loaded;
    },
  };
}

async function loadCalls(options: ServerOptions): Promise<Calls> {
  try {
    const [{ createCalls }, toolsets] = await Promise.all([import('./calls.ts'), options.loadTools()]);
    return createCalls(options, toolsets);
  } catch (error) {
    options.log.error('the tools could not be loaded', { error: error instanceof Error ? error.name : typeof error });
    // An update takes the files of the old version away. The message of the error would hold their path.
    throw new Error('The tools could not be loaded. If this server was updated or removed while it ran, restart it.');
  }
}
