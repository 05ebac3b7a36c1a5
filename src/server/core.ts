import type { Toolset } from '../tools/types.ts';
import type { Calls, CallsOptions } from './calls.ts';
import { instructions } from './instructions.ts';
import { type Listed, type Listing, type ToolEntry, toolList } from './listing.ts';
import { listWithPages, type Page, pagesFor } from './pages.ts';
import { type Prompt, promptsFor } from './prompts.ts';
import { type Resource, resourcesFor } from './resources.ts';
import { select, withoutPages } from './select.ts';

export interface ServerOptions extends CallsOptions {
  /** What `tools/list` shows of these tools: read with the first one. */
  readonly readListing: (offered: readonly string[]) => Listing;
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
  /** Of all tools that are offered, those of pages included. */
  readonly names: ReadonlySet<string>;
  /** `tools/list`. For hosts with MCP Apps: the same with a page each, and the tools that only pages call. */
  list(host: { readonly showsPages?: boolean | undefined }): Promise<readonly Listed[]>;
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
  const lists = new Map<boolean, Promise<readonly Listed[]>>();
  let loaded: Promise<Calls> | undefined;
  return {
    options,
    names: new Set(offered.keys()),
    list({ showsPages = false }) {
      const list = lists.get(showsPages) ?? loadList(options, showsPages ? { offered, pages } : { offered: tools });
      lists.set(showsPages, list);
      return list;
    },
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

interface Offered {
  readonly offered: ReadonlyMap<string, ToolEntry>;
  readonly pages?: readonly Page[];
}

const loadList = (options: ServerOptions, { offered, pages }: Offered): Promise<readonly Listed[]> =>
  loading(options, async () => {
    const listing = options.readListing([...offered.keys()]);
    return pages ? listWithPages(offered, pages, listing) : toolList(offered, listing);
  });

const loadCalls = (options: ServerOptions): Promise<Calls> =>
  loading(options, async () => {
    const [{ createCalls }, toolsets] = await Promise.all([import('./calls.ts'), options.loadTools()]);
    return createCalls(options, toolsets);
  });

async function loading<T>({ log }: ServerOptions, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    log.error('the tools could not be loaded', { error: error instanceof Error ? error.name : typeof error });
    // An update takes the files of the old version away. The message of the error would hold their path.
    throw new Error('The tools could not be loaded. If this server was updated or removed while it ran, restart it.');
  }
}
