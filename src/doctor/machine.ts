import type { Account, Env } from '../config/index.ts';
import type { Finding } from './finding.ts';

export interface Node {
  readonly version: string;
  readonly path: string;
}

/** The launcher refuses a Node.js that is too old, before anything of this is loaded. */
export const nodeFinding = ({ version, path }: Node): Finding => ({
  check: 'Node.js',
  ok: true,
  found: `Version ${version} (${path}).`,
});

const VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'];

/** The server goes straight to Iconik: a proxy of the environment helps nobody. */
export function proxy(env: Env, { baseUrl }: Account, isReached: boolean): Finding {
  const check = 'Proxy';
  const set = VARIABLES.filter((name) => env[name]);
  if (set.length === 0) return { check, ok: true, found: 'None is set in the environment.' };
  const { host } = new URL(baseUrl);
  const found = `${set[0]} is set, and this server does not use it`;
  if (isReached) return { check, ok: true, found: `${found}: ${host} answers without.` };
  return {
    check,
    ok: false,
    found: `${found}.`,
    advice: `Let this machine reach ${host} on port 443 without the proxy, or run this server where it can ("iconik-mcp serve").`,
  };
}
