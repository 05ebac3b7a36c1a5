import { BACKGROUND_MS } from './endpoints/common.ts';
import { endpointsFor } from './endpoints/index.ts';
import { createFaults, type Faults } from './faults.ts';
import { DEFAULT, HARD, type Hard, LENIENT } from './hard.ts';
import { createIndex, type Indexed } from './lagging_index.ts';
import { createRouter } from './router.ts';
import { storageFetch } from './storage/storage_fetch.ts';
import { type Contents, contentsOf, createStore } from './store.ts';
import type { Documents, Endpoint, Store } from './types.ts';
import { ids } from './world/build/ids.ts';
import { buildWorld } from './world/index.ts';

export interface SandboxOptions {
  /** The same seed makes the same archive and the same ids. */
  readonly seed?: number;
  /** How many assets the archive has; by default only those of the story world. From 1,000 on it has more stories. */
  readonly assets?: number;
  /** How long search takes to show a write, in milliseconds. */
  readonly indexLagMs?: number;
  /** How long a background job takes, in milliseconds. */
  readonly backgroundMs?: number;
  /** Origin of the URLs in answers. */
  readonly origin?: string;
  /** Failures to inject; none by default. */
  readonly faults?: Faults;
  /** Which behaviours of the real service to show: all, none, or these in place of the defaults. */
  readonly hard?: boolean | Partial<Hard>;
}

/** A small Iconik in memory. */
export interface Sandbox {
  readonly fetch: typeof globalThis.fetch;
  readonly origin: string;
  readonly appId: string;
  readonly authToken: string;
  readonly store: Store;
  /** Removes a role from the user. */
  deny(role: string): void;
  allow(role: string): void;
  /** Finishes all background work now, including the search index. */
  settle(): void;
  /** Brings the search index up to date now. */
  reindex(): void;
  /**
   * Finishes all background work, then creates a second sandbox with the same archive. Neither sees the writes of the
   * other. The archive stays as it was built, with the words and odd assets that its own `hard` asked for.
   */
  fork(options?: Omit<SandboxOptions, 'assets'>): Sandbox;
}

const APP_ID = 'a9900001-5b1c-11ef-9c3a-0a580a3db916';
const AUTH_TOKEN = 'sandbox-token';

/** Creates a sandbox that shares nothing with other sandboxes. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { seed = 1, assets } = options;
  return open(contentsOf(buildWorld({ seed, assets, ...hardOf(options.hard) })), options);
}

function open(contents: Contents, options: SandboxOptions, indexed?: Indexed): Sandbox {
  const { seed = 1, indexLagMs = 300, backgroundMs = 400, origin = 'https://sandbox.iconik.invalid' } = options;
  const hard = hardOf(options.hard);
  const owned = createStore(contents, seed, backgroundMs / BACKGROUND_MS);
  const { store } = owned;
  const index = createIndex(owned, indexLagMs, indexed);
  // The token belongs to a person, not to a storage gateway.
  const denied = new Set<string>(['is_storage_worker']);
  const route = createRouter({
    endpoints: endpointsWith(index.documents, denied),
    store,
    index: hard.lateLists ? index.rows : store,
    hard,
    origin,
    access: { appId: APP_ID, authToken: AUTH_TOKEN, userId: ids.me, denied },
  });
  const withFaults = createFaults(options.faults ?? {});
  return {
    async fetch(input, init) {
      const request = requestOf(input, init);
      request.signal.throwIfAborted();
      if (new URL(request.url).origin !== origin) throw new TypeError(`sandbox: no such host: ${request.url}`);
      return storageFetch(request, store, origin) ?? withFaults(request, () => route(request));
    },
    origin,
    appId: APP_ID,
    authToken: AUTH_TOKEN,
    store,
    deny: (role) => void denied.add(role),
    allow: (role) => void denied.delete(role),
    settle: owned.settle,
    reindex: index.reindex,
    fork(changes) {
      owned.settle();
      return open(owned.contents(), { ...options, ...changes }, index.indexed());
    },
  };
}

/** A request that comes as one is taken as it is: a copy takes as long as most answers. */
export const requestOf = (...[input, init]: Parameters<typeof globalThis.fetch>): Request =>
  input instanceof Request && init === undefined ? input : new Request(input, init);

function endpointsWith(documents: Documents, denied: ReadonlySet<string>): readonly Endpoint[] {
  const endpoints = endpointsFor({
    documents,
    roles: () => [...new Set(endpoints.flatMap(({ roles }) => roles))].filter((role) => !denied.has(role)).sort(),
  });
  return endpoints;
}

function hardOf(given: SandboxOptions['hard']): Hard {
  if (typeof given === 'boolean') return given ? HARD : LENIENT;
  return { ...DEFAULT, ...given };
}
