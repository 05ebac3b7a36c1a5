import type { PageName } from '../tools/page_data.ts';
import { type Listed, type Listing, type ToolEntry, toolList } from './listing.ts';

/** A page of MCP Apps (extension `io.modelcontextprotocol/ui`, 2026-01-26): one HTML document, built from `src/apps`. */
export interface Page {
  readonly name: PageName;
  readonly title: string;
  readonly description: string;
  /** Origins from which it loads pictures and media. A host refuses the page all others; with none all comes as data. */
  readonly origins?: readonly string[];
  /** The tool that finds further ones, which depend on where the library is. */
  readonly originsFrom?: string;
}

/** By which hosts tell a page of theirs from any HTML. */
export const PAGE_TYPE = 'text/html;profile=mcp-app';
/** The key of page data in the `_meta` of a result. */
export const PAGE_DATA = 'iconik-mcp/page';

const all: readonly Page[] = [
  {
    name: 'gallery',
    title: 'Gallery',
    description: 'Assets or frames as pictures, to look at and to choose from.',
  },
  {
    name: 'player',
    title: 'Player',
    description: 'An asset with its notes and transcript, to play, to mark and to comment.',
    originsFrom: 'find_media_origins',
  },
  { name: 'plan', title: 'Plan', description: 'What a call would change, to agree to or to decline.' },
];

/** The pages that tools of this server show. */
export function pagesFor(tools: ReadonlyMap<string, ToolEntry>): readonly Page[] {
  const shown = new Set([...tools.values()].flatMap(({ page }) => page ?? []));
  return all.filter(({ name }) => shown.has(name));
}

export const pageUri = (name: PageName): string => `ui://iconik/${name}.html`;

/** `tools/list` for hosts with MCP Apps: each tool with its page, and those that only pages call. */
export function listWithPages(
  offered: ReadonlyMap<string, ToolEntry>,
  pages: readonly Page[],
  listing: Listing,
): Listed[] {
  const shown = (name: PageName): boolean => pages.some((one) => one.name === name);
  return toolList(offered, listing).flatMap((one): Listed[] => {
    const { page, forPages } = offered.get(one.name) ?? {};
    if (forPages) return forPages.some(shown) ? [{ ...one, _meta: { ui: { visibility: ['app'] } } }] : [];
    return [page && shown(page) ? { ...one, _meta: { ui: { resourceUri: pageUri(page) } } } : one];
  });
}

/** A page as `resources/list` shows it, to hosts with MCP Apps. */
export const listedPage = ({ name, title, description }: Page) => ({
  name: `${name}-page`,
  title,
  description,
  uri: pageUri(name),
  mimeType: PAGE_TYPE,
});

/** Calls a tool that finds origins, and returns them: none where it fails. */
export type FindOrigins = (tool: string) => Promise<readonly string[]>;

/** A page with what it may load; undefined for an address of none. Throws where the file is gone. */
export async function readPage(pages: readonly Page[], uri: string, find: FindOrigins) {
  const page = pages.find(({ name }) => pageUri(name) === uri);
  if (!page) return undefined;
  const { pageHtml } = await import('./page_files.ts');
  const origins = [...(page.origins ?? []), ...(page.originsFrom ? await find(page.originsFrom) : [])];
  const csp = origins.length > 0 ? { resourceDomains: origins } : {};
  return { uri, mimeType: PAGE_TYPE, text: await pageHtml(page.name), _meta: { ui: { csp, prefersBorder: false } } };
}
