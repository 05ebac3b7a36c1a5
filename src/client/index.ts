import type { Client, ClientOptions } from './types.ts';

export { defaults } from './defaults.ts';
export type { ClientOptions } from './types.ts';

/**
 * HTTP to Iconik. Node's HTTP client and ky take as long to load as the rest of the server: the first call does it, and with
 * them it loads all that a request needs.
 */
export function createClient(options: ClientOptions): Client {
  let opened: Promise<Client> | undefined;
  const open = (): Promise<Client> => {
    opened ??= import('./open.ts').then(({ openClient }) => openClient(options));
    return opened;
  };
  return {
    request: async (route, args, own) => (await open()).request(route, args, own),
    call: async (parts, own) => (await open()).call(parts, own),
    transfer: async (url, init) => (await open()).transfer(url, init),
    close: async () => (await opened)?.close(),
  };
}
