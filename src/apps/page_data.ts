import type { PageData } from '../tools/page_data.ts';
import type { ToolResult } from './bridge.ts';

/** The key of page data in the `_meta` of a result (`server/pages.ts`). */
const PAGE_DATA = 'iconik-mcp/page';

/** What the tool handed to the page, where it is of this kind. */
export function dataOf<K extends PageData['kind']>(
  result: ToolResult,
  kind: K,
): Extract<PageData, { readonly kind: K }> | undefined {
  const data = result._meta?.[PAGE_DATA] as PageData | undefined;
  return data?.kind === kind ? (data as Extract<PageData, { readonly kind: K }>) : undefined;
}

/** The text of an answer, as a model reads it. */
export const textOf = ({ content = [] }: ToolResult): string =>
  content
    .flatMap(({ type, text }) => (type === 'text' && text !== undefined ? [text] : []))
    .join('\n')
    .replace(/^<<(?:library-data|end) [\w-]{8}>>$/gm, '')
    .trim();
