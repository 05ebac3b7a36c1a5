import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { type Served, serveSandbox } from '../../src/sandbox/serve.ts';
import { deviationsOf } from '../contract/answers.ts';
import { isExplained } from '../contract/deviations.ts';
import { type ClientRequest, PYTHON_CLIENT } from '../contract/python_client.ts';
import { clientIds } from '../support/client_ids.ts';

let served: Served;
/** Each method meets the archive as it was at the start. */
let current: Sandbox | undefined;

beforeAll(async () => {
  served = await serveSandbox({
    port: 0,
    indexLagMs: 0,
    backgroundMs: 0,
    fetch: (original) => (input, init) => (current ?? original).fetch(input, init),
  });
});
afterAll(() => served.close());

interface Answer {
  readonly status: number;
  readonly path: string;
  readonly body: unknown;
}

/** Fills in ids and what was answered before. */
function filled(text: string, before: unknown): string {
  return text.replace(/\{(answer\.)?(\w+)\}/g, (_, answered: string | undefined, name: string) => {
    const known = answered ? (before as Record<string, unknown>)[name] : clientIds(current as Sandbox)[name];
    if (typeof known !== 'string') throw new Error(`nothing for {${answered ?? ''}${name}}`);
    return known;
  });
}

async function send({ method, path, body }: ClientRequest, before: unknown): Promise<Answer> {
  const address = filled(path, before);
  const url = new URL(address, served.url);
  const isStorage = path.startsWith('{answer.');
  const response = await fetch(url, {
    method,
    headers: isStorage
      ? { 'x-goog-resumable': 'start' }
      : {
          'App-ID': served.appId,
          'Auth-Token': served.authToken,
          Accept: 'application/json',
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
    ...(body !== undefined && { body: filled(JSON.stringify(body), before) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    path: url.pathname,
    body: text === '' ? undefined : isJson ? JSON.parse(text) : text,
  };
}

test('the old Python client has 104 methods, one of which asks for what is refused', () => {
  expect(new Set(PYTHON_CLIENT.map(({ name }) => name)).size).toBe(104);
  expect(PYTHON_CLIENT.filter(({ refused }) => refused).map(({ name }) => name)).toEqual(['assets.permanently_delete']);
});

test.each(PYTHON_CLIENT.map((one) => [one.name, one] as const))('%s is answered as described', async (_, one) => {
  current = served.sandbox.fork({});
  let before: unknown;
  for (const request of one.requests) {
    const { status, path, body } = await send(request, before);
    if (one.refused) {
      expect(status).toBe(one.refused);
      expect(JSON.stringify(body)).toContain('purging the whole domain is not offered');
      return;
    }
    expect(status, JSON.stringify(body)).toBeLessThan(300);
    if (path.startsWith('/API/'))
      expect(deviationsOf(request.method, path, status, body).filter((found) => !isExplained(found))).toEqual([]);
    before = body;
  }
});
