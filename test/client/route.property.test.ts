import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IconikError } from '../../src/client/errors.ts';
import { expand, type Route, template, UnsafePathError } from '../../src/client/route.ts';
import { registry } from '../../src/tools/index.ts';
import { facts2025, facts2026 } from '../contract/facts.ts';
import { clientOf } from '../support/upstream.ts';

/** All routes of both descriptions. */
const DESCRIBED = [...new Set([...facts2025.routes, ...facts2026.routes])];

const BASE = 'https://app.iconik.io';
const routes = [...new Set([...registry.values()].flatMap(({ tool }) => tool.route ?? []))];
const withPath = routes.filter((route) => template(route).pathNames.length > 0);

/** What has climbed out of paths before, in pieces. */
const piece = fc.constantFrom(
  ...['..', '.', '/', '\\', '%2e', '%2E', '%2f', '%5c', '%252e', '%00', '?', '#', ';', '@', ':', '&', '=', '%', '~'],
  ...[
    '\r\n',
    '\t',
    '\0',
    ' ',
    '\u00a0',
    '\u2028',
    '\u202e',
    '\u200b',
    '\uff0e',
    '\uff0f',
    '\u2215',
    '\ud800',
    '\ufeff',
  ],
  ...['a', 'Z', '0', '-', '_', 'old', 'purge', 'api', 'a55e7001-5b1c-11ef-9c3a-0a580a3db916'],
);
const hostile = fc.oneof(
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.string(),
  fc.string({ unit: 'binary' }),
);
/** Words of Iconik's paths, which are no ids. */
const WORDS = ['all', 'bulk', 'content', 'contents', 'current', 'from', 'old', 'purge', 'queue', 'state'];
const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,40}$/).filter((one) => !WORDS.includes(one.toLowerCase()));
const name = fc.stringMatching(/^[a-z][a-z_]{0,12}$/);
const scalar = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(''),
);

function expanded(route: Route, args: Record<string, unknown>): ReturnType<typeof expand> | undefined {
  try {
    return expand(route, args);
  } catch (error) {
    expect(error).toBeInstanceOf(UnsafePathError);
    return undefined;
  }
}

describe('a path argument', () => {
  test('of any route is refused, or is exactly one segment of the resolved address', () => {
    const rightAndWrong = fc.record({
      route: fc.constantFrom(...withPath),
      values: fc.array(fc.oneof(id, hostile), { minLength: 4, maxLength: 4 }),
    });
    fc.assert(
      fc.property(rightAndWrong, ({ route, values }) => {
        const { path, pathNames } = template(route);
        const args = Object.fromEntries(pathNames.map((one, n) => [one, values[n]]));
        const made = expanded(route, args);
        if (!made) return;
        const url = new URL(made.path, BASE);
        expect(url.origin).toBe(BASE);
        expect(url.search + url.hash).toBe('');
        const meant = path.split('/').map((part) => (part.startsWith('{') ? args[part.slice(1, -1)] : part));
        expect(url.pathname.split('/')).toEqual(meant);
        expect(decodeURIComponent(url.pathname)).toBe(url.pathname);
      }),
      { numRuns: 2_000 },
    );
  });

  test('that is no text is refused, whatever it is', () => {
    const other = fc.anything().filter((value) => typeof value !== 'string');
    fc.assert(
      fc.property(fc.constantFrom(...withPath), other, (route, value) => {
        const args = Object.fromEntries(template(route).pathNames.map((one) => [one, value]));
        expect(() => expand(route, args)).toThrow(UnsafePathError);
      }),
    );
  });

  test("that is a word of Iconik's paths is refused at every place, in any case", () => {
    const cased = fc
      .tuple(fc.constantFrom(...WORDS), fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }))
      .map(([word, upper]) => [...word].map((letter, n) => (upper[n] ? letter.toUpperCase() : letter)).join(''));
    fc.assert(
      fc.property(fc.constantFrom(...withPath), fc.nat(3), cased, (route, at, word) => {
        const { pathNames } = template(route);
        const place = pathNames[at % pathNames.length];
        // The contexts of custom actions are a closed set, which the tool holds its callers to: `BULK` is one.
        fc.pre(place !== 'context');
        const args = Object.fromEntries(pathNames.map((one) => [one, one === place ? word : 'a1']));
        expect(() => expand(route, args)).toThrow(UnsafePathError);
      }),
    );
  });

  test('never turns a call into another operation that Iconik documents: the tool or the route refuses the word', () => {
    const taken: string[] = [];
    for (const [tool, { tool: one }] of registry) {
      if (!one.route) continue;
      const { method, path, pathNames } = template(one.route);
      for (const argument of pathNames) {
        for (const word of wordsAt(method, path, argument)) {
          const args = Object.fromEntries(pathNames.map((other) => [other, other === argument ? word : 'a1']));
          const schema = one.input.shape[argument] as unknown as { safeParse(value: unknown): { success: boolean } };
          if (schema.safeParse(word).success && expanded(one.route, args)) taken.push(`${tool} ${argument}=${word}`);
        }
      }
    }
    expect(taken).toEqual([]);
  });

  test('that is refused has sent nothing', async () => {
    let sent = 0;
    const client = clientOf(BASE, {
      fetch: async () => {
        sent += 1;
        return new Response('{}');
      },
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...withPath), hostile, async (route, value) => {
        const before = sent;
        const args = Object.fromEntries(template(route).pathNames.map((one) => [one, value]));
        const error = await client.request(route, args).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(error).not.toBeInstanceOf(IconikError);
        expect(sent - before).toBe(error ? 0 : 1);
      }),
      { numRuns: 200 },
    );
  });
});

/** Words that stand, in Iconik's description, where `argument` stands, and make the path another operation's. */
function wordsAt(method: string, path: string, argument: string): string[] {
  const own = path.split('/');
  const at = own.indexOf(`{${argument}}`);
  const isPlace = (part: string | undefined): boolean => part?.startsWith('{') ?? false;
  return DESCRIBED.flatMap((documented) => {
    const [otherMethod, otherPath = ''] = documented.split(' ');
    const other = otherPath.split('/');
    const word = other[at] ?? '';
    if (otherMethod !== method || other.length !== own.length || word === '' || isPlace(word)) return [];
    // A router prefers the path that names more of its parts, and decides from the left. The other arguments are ids.
    const fits = own.every((part, n) =>
      isPlace(part) ? n === at || isPlace(other[n]) : part === other[n] || (n > at && isPlace(other[n])),
    );
    return fits ? [word] : [];
  });
}

describe('the other arguments', () => {
  const args = fc.dictionary(name, fc.oneof(scalar, fc.array(scalar, { maxLength: 4 }), fc.constant(undefined)), {
    maxKeys: 8,
    noNullPrototype: true,
  });
  const made = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
    args,
    place: id,
    inQuery: fc.func(fc.boolean()),
  });

  test('stand in the query or in the body, each exactly once, with nothing lost and nothing made up', () => {
    fc.assert(
      fc.property(made, ({ method, args, place, inQuery }) => {
        const names = Object.keys(args).filter((one) => one !== 'place');
        const queried = names.filter((one) => inQuery(one));
        const route = `${method} /x/v1/{place}/y/${queried.length > 0 ? `{?${queried}}` : ''}` as Route;
        const { path, body, method: sentBy } = expand(route, { ...args, place });
        const url = new URL(path, BASE);
        expect(sentBy).toBe(method);
        expect(url.pathname).toBe(`/API/x/v1/${place}/y/`);
        const bodiless = method === 'GET' || (method === 'DELETE' && queried.length === 0);
        const given = names.filter((one) => args[one] !== undefined);
        const query = given.filter((one) => bodiless || queried.includes(one));
        const written = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));
        expect([...url.searchParams]).toEqual(query.map((one) => [one, written(args[one])]));
        const rest = given.filter((one) => !query.includes(one));
        expect(body).toEqual(rest.length === 0 ? undefined : Object.fromEntries(rest.map((one) => [one, args[one]])));
      }),
      { numRuns: 500 },
    );
  });

  test('in a query come back as they went, whatever characters they have', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const { path } = expand('GET /x/v1/{?q}', { q: value, more: 'x' });
        const { searchParams, pathname } = new URL(path, BASE);
        expect(pathname).toBe('/API/x/v1/');
        expect([...searchParams]).toEqual([
          ['q', value],
          ['more', 'x'],
        ]);
      }),
    );
  });
});
