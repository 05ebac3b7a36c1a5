import { nearestOf } from '../text/nearest.ts';
import { readFactFile } from './fact_file.ts';
import { createFacts, type Part } from './facts.ts';
import { createPaths } from './paths.ts';
import { rowFrom } from './rows.ts';
import { createSearch, type Search } from './search/index.ts';
import type { Catalogue, Method, Row } from './types.ts';

export { asksFirst, broughtThere, deletes, opens, placedInto, type Sent, setFlags } from './asking.ts';
export type { Field, Fields } from './notation.ts';
export type { Found, Search } from './search/index.ts';
export { titleOf } from './titles.ts';
export type { Body, Catalogue, CatalogueEffect, FinalFlag, Judgement, Method, Row } from './types.ts';

/** Operations that are offered where one is misspelt. */
const MAX_NEAREST = 3;
const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

let loaded: Catalogue | undefined;

/** Iconik's whole API. The fact file is read when it is first asked for, and kept. */
export async function loadCatalogue(): Promise<Catalogue> {
  loaded ??= createCatalogue(facts());
  return loaded;
}

/** The build puts the file next to the chunk that this is in. */
const facts = (): Part => readFactFile(new URL('./facts-2026.json', import.meta.url));

let searching: Promise<Search> | undefined;

/** Looks operations up by words. It needs nothing of the facts. */
export function loadSearch(): Promise<Search> {
  searching ??= import('./search/load.ts').then(({ searchIndex }) => searchIndex(facts)).then(createSearch);
  return searching;
}

function createCatalogue(part: Part): Catalogue {
  const facts = createFacts(part);
  const routes = [...part.operations.keys()];
  const named = (some: readonly string[]) => some.map((route) => route.replace(' /API', ' '));
  const paths = createPaths((service) => named(routes.filter((route) => route.includes(` /API/${service}/`))));
  const known = new Map<string, Row>();
  const rowAt = (method: string, path: string | undefined): Row | undefined => {
    if (path === undefined) return undefined;
    const route = `${method} /API${path}`;
    const row = known.get(route) ?? rowFrom(facts, route);
    known.set(route, row);
    return row;
  };
  let all: readonly Row[] | undefined;
  return {
    get rows() {
      all ??= named(routes)
        .flatMap((name) => rowAt(...(name.split(' ') as [string, string])) ?? [])
        .sort(byPath);
      return all;
    },
    row(operation) {
      const { method, path } = read(operation);
      for (const one of method ? [method] : METHODS) {
        const row = rowAt(one, paths.named(one, path) ?? paths.filled(one, path));
        if (row) return row;
      }
      return undefined;
    },
    nearest(operation) {
      const { method, path } = read(operation);
      return nearestOf(
        `${method} ${path}`,
        named(routes.filter((route) => route.startsWith(`${method} `))),
        MAX_NEAREST,
      );
    },
    resolve: (method, filledPath) => rowAt(method, paths.filled(method, below(filledPath))),
    fieldsOf: (field) => facts.fieldsOf(facts.resolve(field).items ?? field.values ?? field),
  };
}

const byPath = (a: Row, b: Row): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : METHODS.indexOf(a.method) - METHODS.indexOf(b.method);

/** The path below `/API`, without a host and a query. */
const below = (path: string): string =>
  path
    .replace(/^https?:\/\/[^/]*/, '')
    .replace(/^\/?API\//, '/')
    .replace(/\?.*$/s, '');

/** The method, if there is one, and the path. */
function read(operation: string): { readonly method: Method | undefined; readonly path: string } {
  const [first = '', ...rest] = operation.trim().split(/\s+/);
  const method = METHODS.find((one) => one === first.toUpperCase());
  return { method, path: below(method ? rest.join('') : [first, ...rest].join('')) };
}
