import { beforeAll, expect, test } from 'vitest';
import { type Catalogue, loadCatalogue } from '../../src/catalogue/index.ts';
import { type ClientRequest, PYTHON_CLIENT } from '../contract/python_client.ts';
import { clientIds } from '../support/client_ids.ts';
import { allToolsets, type World, world } from '../support/world.ts';
import { toolCallFor } from './old_client.ts';

let catalogue: Catalogue;
beforeAll(async () => {
  catalogue = await loadCatalogue();
});

type Result = Awaited<ReturnType<World['raw']>>;
const textOf = (result: Result): string =>
  result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');

/** A value of an answer, read from its lines. */
const valueIn = (answer: string, name: string): string => {
  const found = new RegExp(`^ *${name}: (\\S+)$`, 'm').exec(answer)?.[1];
  if (!found) throw new Error(`no ${name} in ${answer}`);
  return found;
};

async function played(made: World, client: string, request: ClientRequest, before: string): Promise<Result> {
  const known = clientIds(made.sandbox);
  const fill = (text: string): string =>
    text.replace(/\{(answer\.)?(\w+)\}/g, (_, answered: string | undefined, name: string) =>
      answered ? valueIn(before, name) : String(known[name]),
    );
  const body = request.body === undefined ? undefined : JSON.parse(fill(JSON.stringify(request.body)));
  const { tool, args } = toolCallFor(catalogue, client, {
    ...request,
    path: fill(request.path),
    ...(body !== undefined && { body }),
  });
  const first = await made.raw(tool, { ...args });
  const confirm = /^confirm: (\S+)$/m.exec(textOf(first))?.[1];
  return confirm ? made.raw(tool, { ...args, confirm }) : first;
}

const isStorage = ({ path }: ClientRequest): boolean => path.startsWith('{answer.');

test.each(PYTHON_CLIENT.map((one) => [one.name, one] as const))('%s has a tool that does it', async (name, one) => {
  const made = await world({ toolsets: allToolsets, confirm: 'token', sandbox: { indexLagMs: 0, backgroundMs: 0 } });
  let before = '';
  for (const request of one.requests) {
    // What follows is between whoever uploads and the storage.
    if (isStorage(request)) break;
    const result = await played(made, name, request, before);
    before = textOf(result);
    if (one.refused) {
      expect(before).toContain('is not offered');
      expect(made.requests).toEqual([]);
      return;
    }
    expect(result.isError, before).toBeFalsy();
  }
  if (one.requests.some(isStorage)) expect(before).toMatch(/upload_url: https?:|storage_method/);
});
