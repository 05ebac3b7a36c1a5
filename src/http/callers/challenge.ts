import { SCOPES } from '../../config/flags.ts';
import type { NotAllowed } from './types.ts';

const METADATA = '/.well-known/oauth-protected-resource';
/** Where a client finds out how to sign in (RFC 9728): of the endpoint, and of the whole host. */
export const METADATA_PATHS: readonly string[] = [`${METADATA}/mcp`, METADATA];

export interface Resource {
  /** The address of the endpoint as its callers know it. */
  readonly url: string;
  readonly issuer: string;
}

export const metadataOf = ({ url, issuer }: Resource): object => ({
  resource: url,
  authorization_servers: [issuer],
  scopes_supported: SCOPES,
  bearer_methods_supported: ['header'],
  resource_name: 'Iconik',
});

/** `WWW-Authenticate` (RFC 6750, section 3), with the way to the metadata where there is an issuer. */
export function challengeOf({ code, message }: NotAllowed, resource: Resource | undefined): string {
  const parts = [
    resource && `resource_metadata="${new URL(`${METADATA}/mcp`, resource.url)}"`,
    code && `error="${code}"`,
    code && `error_description="${message}"`,
    `scope="${SCOPES[0]}"`,
  ];
  return `Bearer ${parts.filter(Boolean).join(', ')}`;
}
