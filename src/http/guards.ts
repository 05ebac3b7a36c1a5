import { LOOPBACK } from '../config/checks.ts';

/** Which addresses and pages a request may come through. */
export interface Guards {
  /** Values of `Host` in lower case. */
  readonly hosts: ReadonlySet<string>;
  /** Values of `Origin`; a program that is no web page sends none. */
  readonly origins: ReadonlySet<string>;
}

/** With two of one of these, a proxy may have judged by the other one. */
const ONCE = ['host', 'origin', 'authorization', 'x-iconik-app-id', 'x-iconik-auth-token'];

/** The header that a request has twice and may have once. Node would take the first, or both as one. */
export const repeatedIn = (headers: NodeJS.Dict<readonly string[]>): string | undefined =>
  ONCE.find((name) => (headers[name]?.length ?? 0) > 1);

interface From {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
}

/**
 * Why a request is refused before anything of it is read. A web page can reach a server on this machine or network by
 * a name of its own that leads here (DNS rebinding): it can choose neither `Host` nor `Origin`.
 */
export function refusalOf({ hosts, origins }: Guards, { host, origin }: From): string | undefined {
  if (host === undefined || !hosts.has(host.toLowerCase())) return 'This Host is not served here (--allow-host).';
  if (origin !== undefined && !origins.has(origin)) return 'This Origin may not call (--allow-origin).';
  return undefined;
}

/** The names of this machine on a port, and the hosts that were allowed. */
export const hostsOn = (port: number, allowed: readonly string[]): ReadonlySet<string> =>
  new Set([...[...LOOPBACK].map((name) => `${name}:${port}`), ...allowed]);
