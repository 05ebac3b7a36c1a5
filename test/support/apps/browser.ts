import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { binary, start } from '../binary.ts';
import { startHarness } from './harness.ts';

const root = resolve(import.meta.dirname, '../../..');

interface Chromium {
  readonly executablePath: string | undefined;
  readonly args: string[];
}

/** Without a browser the tests that need it are left out. */
export const { executablePath, args: ARGS }: Chromium = await import(join(root, 'scripts/chromium.mjs'));

if (executablePath === undefined)
  console.warn('No chromium here: tests of pages are left out (apt-get install chromium).');

/** What `host_page.ts` has seen. */
export interface Seen {
  readonly calls: readonly { readonly name: string; readonly arguments?: Readonly<Record<string, unknown>> }[];
  readonly contexts: readonly {
    readonly content?: readonly { readonly text: string }[];
    readonly structuredContent?: Readonly<Record<string, unknown>>;
  }[];
  readonly messages: readonly unknown[];
  readonly links: readonly string[];
  readonly sizes: readonly { readonly width?: number; readonly height?: number }[];
}

/** A host in a page of a browser, before a server. */
export interface HostPage {
  readonly page: Page;
  /** The page of the server, in its frame. */
  readonly view: FrameLocator;
  /** Every address that the browser asked for, of the view and the host. */
  readonly requests: readonly string[];
  /** What was refused by the policy, thrown or logged as an error. */
  readonly errors: readonly string[];
  /** Calls a tool as a model would, and shows its page. */
  open(tool: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Calls a tool without a page. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever document a tool answers
  call(tool: string, args: Readonly<Record<string, unknown>>): Promise<any>;
  seen(): Promise<Seen>;
  dress(theme: 'light' | 'dark'): Promise<void>;
}

export interface Hosts extends AsyncDisposable {
  /** A host of its own, until the test ends; `query` e.g. `revision=2026-07-28` or `theme=dark`. */
  visit(query?: string): Promise<HostPage>;
}

/** A browser, the built server with the sandbox over HTTP, and the harness between them. `flags` go to `serve`. */
export async function hosts(flags: readonly string[] = []): Promise<Hosts> {
  const args = [binary, 'serve', '--port', '0', '--sandbox', '--rate', '0', ...flags];
  const server = start({ args });
  await once(server.child.stdout, 'data');
  const harness = await startHarness(root, /serves (\S+)/.exec(server.stdout())?.[1] ?? '');
  const browser = await chromium.launch({ executablePath: executablePath ?? '', args: ARGS });
  return {
    visit: (query = '') => visit(browser, `${harness.url}?${query}`),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await harness.close();
      server.child.kill();
      await server.exit;
    },
  };
}

// What `host_page.ts` puts there.
declare const host: {
  readonly seen: Seen;
  readonly ready: Promise<void>;
  open(tool: string, args: object): Promise<unknown>;
  call(tool: string, args: object): Promise<unknown>;
  dress(theme: string): void;
};

async function visit(browser: Browser, url: string): Promise<HostPage> {
  const page = await browser.newPage({ viewport: { width: 900, height: 800 } });
  // A page that is left open goes on playing and painting beside the next test.
  onTestFinished(() => page.close());
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    // The client of the SDK asks for a stream, which this server has none of.
    const isStream = message.location().url.endsWith('/mcp') && message.text().includes('405');
    if (message.type() === 'error' && !isStream) errors.push(message.text());
  });
  await page.goto(url);
  await page.evaluate(() => host.ready);
  return {
    page,
    view: page.frameLocator('iframe'),
    requests,
    errors,
    open: (tool, args = {}) => page.evaluate(([name, given]) => host.open(name, given), [tool, args] as const),
    call: (tool, args) => page.evaluate(([name, given]) => host.call(name, given), [tool, args] as const),
    seen: () => page.evaluate(() => host.seen),
    dress: (theme) => page.evaluate((next) => host.dress(next), theme),
  };
}
