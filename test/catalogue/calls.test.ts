import { beforeAll, describe, expect, test } from 'vitest';
import { type Catalogue, loadCatalogue, type Row } from '../../src/catalogue/index.ts';
import { argumentsFor, filledPath, type Generated, ID } from './generated.ts';
import { isWriting, type Recorded, recorded } from './recorder.ts';

let catalogue: Catalogue;
let made: Recorded;

beforeAll(async () => {
  catalogue = await loadCatalogue();
  made = await recorded({ confirm: 'token' });
});

const textOf = (result: Awaited<ReturnType<Recorded['raw']>>): string =>
  result.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
const tokenIn = (text: string): string | undefined => /^confirm: (\S+)$/m.exec(text)?.[1];

const toolFor = ({ effect }: Row): string => (effect === 'read' ? 'read_operation' : 'change_operation');
const isText = ({ isJson, media }: Row): boolean => !isJson && media?.startsWith('text/') === true;
const isCarried = (row: Row): boolean => row.isJson || (isText(row) && row.method === 'GET');
const UPLOADS = /multipart/;

const callable = (): Row[] =>
  catalogue.rows.filter((row) => !row.refuse && isCarried(row) && !(row.effect === 'read' && UPLOADS.test(row.path)));

/** A query as it is in a URL. */
const written = (query: Generated['query']): Record<string, string> =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value].flat().join(',')]));

const isWrite = ({ effect }: Row): boolean => effect !== 'read';

describe('every operation that is not refused', () => {
  test('is sent as it is described: method, path, query and body', async () => {
    const wrong: unknown[] = [];
    for (const row of callable()) {
      const args = argumentsFor(catalogue, row);
      const first = await made.raw(toolFor(row), { ...args });
      const token = tokenIn(textOf(first));
      await (token && made.sent());
      const last = token ? await made.raw(toolFor(row), { ...args, confirm: token }) : first;
      const sent = (await made.sent()).filter(
        ({ method, path }) => method === row.method && path === filledPath(row, args.path),
      );
      const expected = {
        method: row.method,
        path: filledPath(row, args.path),
        query: written(args.query),
        ...(row.body ? { body: args.body } : ['POST', 'PUT', 'PATCH'].includes(row.method) && { body: {} }),
      };
      if (last.isError || JSON.stringify(sent.at(-1)) !== JSON.stringify(expected))
        wrong.push([row.operation, textOf(last).slice(0, 300), sent.at(-1), expected]);
    }
    expect(wrong).toEqual([]);
    expect(callable().length).toBeGreaterThan(650);
  });

  test('changes nothing before a person has agreed, where it deletes, leaves the company or changes access', async () => {
    const asking = callable().filter(
      (row) => isWrite(row) && (row.asks || row.effect === 'delete' || row.outbound || row.access),
    );
    expect(asking.length).toBeGreaterThan(180);
    for (const row of asking) {
      const result = await made.raw('change_operation', { ...argumentsFor(catalogue, row) });
      expect(textOf(result), row.operation).toMatch(/^status: preview$/m);
      const writes = (await made.sent()).filter(isWriting);
      expect(writes, row.operation).toEqual([]);
    }
  });

  test('changes nothing before a person has agreed, where a value of its body deletes', async () => {
    const deleting = callable().flatMap((row) => row.deletingBody.map((one) => [row, one] as const));
    expect(deleting.length).toBeGreaterThan(30);
    for (const [row, { field, values }] of deleting) {
      for (const value of values) {
        const args = argumentsFor(catalogue, row);
        const body = withValue(args.body ?? {}, field, value);
        const result = await made.raw(toolFor(row), { ...args, body });
        const writes = (await made.sent()).filter(isWriting);
        expect(writes, `${row.operation} ${field}=${value}`).toEqual([]);
        expect(textOf(result), row.operation).toMatch(
          row.effect === 'create' && !row.asks
            ? /nothing is created as deleted/
            : /^status: preview$|nothing is created/m,
        );
      }
    }
  });
});

/** The body with a value at a path such as `objects[].status`. */
function withValue(body: Readonly<Record<string, unknown>>, path: string, value: unknown): Record<string, unknown> {
  const [name = '', ...rest] = path.split('.');
  const key = name.replace('[]', '');
  if (rest.length === 0) return { ...body, [key]: value };
  const inner = [body[key] ?? {}].flat().map((one) => withValue(one as Record<string, unknown>, rest.join('.'), value));
  return { ...body, [key]: name.endsWith('[]') ? inner : inner[0] };
}

describe('what is never done', () => {
  test('is refused with the reason by both tools, and nothing is sent', async () => {
    const refused = catalogue.rows.filter((row) => row.refuse);
    expect(refused.length).toBeGreaterThan(150);
    for (const row of refused) {
      for (const tool of ['read_operation', 'change_operation']) {
        const text = await made.refused(tool, { ...argumentsFor(catalogue, row) });
        expect(text, row.operation).toContain(String(row.refuse));
      }
    }
    expect(await made.sent()).toEqual([]);
  });

  test('purges, sign-in and whole storages are among it', async () => {
    for (const operation of [
      'POST /assets/v1/delete_queue/assets/purge/all/',
      'DELETE /assets/v1/assets/{asset_id}/purge/',
      'POST /auth/v1/auth/simple/login/',
      'DELETE /files/v1/storages/{storage_id}/files/',
    ])
      expect(await made.refused('change_operation', { operation, path: {} }), operation).toMatch(
        /is not offered|no operation/,
      );
    expect(await made.sent()).toEqual([]);
  });

  test('writes are not sent by the tool that reads, nor reads by the one that writes', async () => {
    for (const row of catalogue.rows.filter((one) => !one.refuse)) {
      const other = isWrite(row) ? 'read_operation' : 'change_operation';
      await made.refused(other, { ...argumentsFor(catalogue, row) });
    }
    expect(await made.sent()).toEqual([]);
  });

  test('other bodies and answers than JSON and texts are not for these tools', async () => {
    const others = catalogue.rows.filter((row) => !row.refuse && !isCarried(row));
    expect(others.length).toBeGreaterThan(5);
    for (const row of others) {
      expect(await made.refused(toolFor(row), { ...argumentsFor(catalogue, row) }), row.operation).toMatch(
        /not for this tool|upload/,
      );
    }
    expect(await made.sent()).toEqual([]);
  });
});

describe('a word of a path in place of an id', () => {
  const partsOf = (path: string): string[] => path.split('/').filter(Boolean);
  const isName = (part: string | undefined): boolean => part?.startsWith('{') === true;
  const fits = (pattern: readonly string[], path: readonly string[]): boolean =>
    pattern.length === path.length && pattern.every((part, index) => isName(part) || part === path[index]);

  test('is refused wherever it leads to another operation, and nothing is sent', async () => {
    const patterns = [...new Set(catalogue.rows.map(({ path }) => path))].map(partsOf);
    const tricks = callable().flatMap((row) => {
      const own = partsOf(row.path);
      return own.flatMap((part, index) => {
        if (!isName(part)) return [];
        const words = patterns
          .filter((other) => !isName(other[index]) && other.length === own.length)
          .map((other) => other[index] as string);
        return [...new Set(words)].flatMap((word) => {
          const filled = own.map((one, at) => (at === index ? word : isName(one) ? ID : one));
          const leadsAway = patterns.some((other) => other[index] === word && fits(other, filled));
          return leadsAway ? [[row, part.slice(1, -1), word] as const] : [];
        });
      });
    });
    expect(tricks.length).toBeGreaterThan(100);
    for (const [row, name, word] of tricks) {
      const args = argumentsFor(catalogue, row);
      const path = { ...Object.fromEntries(row.pathNames.map((one) => [one, ID])), [name]: word };
      for (const spelt of [word, word.toUpperCase()]) {
        const text = await made.refused(toolFor(row), { ...args, path: { ...path, [name]: spelt } });
        expect(text, `${row.operation} ${name}=${spelt}`).toMatch(/another operation|is not offered/);
      }
    }
    expect(await made.sent()).toEqual([]);
  });

  test.each(['', '.', '..', '../x', 'a/b', 'a%2Fb', '%61ll', 'x?y', 'x#y', ' ', 'all/', '\u0430ll'])(
    '%j is no id',
    async (asset_id) => {
      const operation = 'GET /assets/v1/assets/{asset_id}/history/';
      await made.refused('read_operation', { operation, path: { asset_id } });
      expect(await made.sent()).toEqual([]);
    },
  );
});
