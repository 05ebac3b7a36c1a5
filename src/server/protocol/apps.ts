import { PAGE_TYPE } from '../pages.ts';

/** The extension MCP Apps. */
const EXTENSION = 'io.modelcontextprotocol/ui';

/** What a host says of itself, in whatever revision of the protocol. */
export interface HostCapabilities {
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** Whether a host shows pages: it names the extension, and the type of ours among what it takes. */
export function showsPages(capabilities: HostCapabilities | undefined): boolean {
  const { mimeTypes } = (capabilities?.extensions?.[EXTENSION] ?? {}) as { readonly mimeTypes?: unknown };
  return Array.isArray(mimeTypes) && mimeTypes.includes(PAGE_TYPE);
}

/**
 * Over HTTP the revisions up to 2025-11-25 name the capabilities of a host in `initialize` alone, and nothing is kept
 * between requests here. A host that shows pages gets a session id, which says just that when it comes back.
 */
const SESSION_PREFIX = 'mcp-apps-';

/** A session id for a host that shows pages. */
export const appsSession = (): string => `${SESSION_PREFIX}${crypto.randomUUID()}`;

/** Whether a session id is one of a host that shows pages. */
export const isAppsSession = (id: string | readonly string[] | undefined): boolean =>
  typeof id === 'string' && id.startsWith(SESSION_PREFIX) && id.length === SESSION_PREFIX.length + 36;
