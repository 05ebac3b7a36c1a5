import { expect, test } from 'vitest';
import { endpoints } from '../../src/sandbox/endpoints/index.ts';
import { unanswered } from '../../src/sandbox/endpoints/unanswered.ts';
import type { Endpoint, Field, Fields } from '../../src/sandbox/types.ts';
import { type FactField, type FactFields, type Facts, facts2025, facts2026 } from '../contract/facts.ts';

/** Fields that only answers fill, though the vendor does not mark them read-only: the sandbox ignores them in a body. */
const ANSWER_ONLY = ['created_by_user_info', 'deleted_by_user_info', 'user_info'];

const FORMATS: Readonly<Record<string, Field['type']>> = {
  uuid: 'uuid',
  'date-time': 'date-time',
  url: 'uri',
  uri: 'uri',
  email: 'email',
};

/** The vendor's type in the sandbox's words. */
function typeOf(field: FactField): Field['type'] {
  if (field.type === 'string') return FORMATS[field.format ?? ''] ?? 'string';
  if (field.type === undefined && field.enum) return 'string';
  return field.type ?? 'any';
}

const choices = (values: readonly unknown[] | undefined): string[] | undefined =>
  values
    ?.filter((value) => value !== null)
    .map(String)
    .sort();

function differ(path: string, what: string, ours: unknown, theirs: unknown): string[] {
  const [mine, vendors] = [JSON.stringify(ours), JSON.stringify(theirs)];
  return mine === vendors ? [] : [`${path}: ${what} is ${mine}, the vendor's ${vendors}`];
}

type Seen = ReadonlySet<Fields>;

/** Compares with one description of the vendor's. */
function comparison({ find, fieldsOf, resolve }: Facts) {
  function compareField(path: string, ours: Field, theirs: FactField, seen: Seen): string[] {
    const vendor = resolve(theirs);
    const problems = [
      ...differ(path, 'enum', choices(ours.enum), choices(vendor.enum)),
      ...differ(path, 'nullable', ours.nullable ?? false, vendor.nullable ?? false),
      ...differ(path, 'readOnly', ours.readOnly ?? false, vendor.readOnly ?? false),
    ];
    // A read-only field is never asked for, though the vendor marks some of them required; some have no type.
    if (!vendor.readOnly) problems.push(...differ(path, 'required', ours.required ?? false, vendor.required ?? false));
    if (!vendor.readOnly || vendor.type) problems.push(...differ(path, 'type', ours.type, typeOf(vendor)));
    if (ours.items) problems.push(...compareField(`${path}[]`, ours.items, vendor.items ?? {}, seen));
    if (ours.fields) problems.push(...compareFields(`${path}.`, ours.fields, fieldsOf(vendor), seen));
    return problems;
  }

  /** `seen` are the objects this one is in: a filter holds filters. */
  function compareFields(prefix: string, ours: Fields, theirs: FactFields, seen: Seen = new Set()): string[] {
    if (seen.has(ours)) return [];
    const within = new Set([...seen, ours]);
    const declared = Object.entries(ours).flatMap(([name, field]) => {
      const vendor = Object.hasOwn(theirs, name) ? theirs[name] : undefined;
      return vendor ? compareField(prefix + name, field, vendor, within) : [`${prefix}${name}: not the vendor's`];
    });
    const absent = Object.keys(theirs).filter(
      (name) => !resolve(theirs[name] ?? {}).readOnly && !Object.hasOwn(ours, name),
    );
    const missed = absent.filter((name) => !ANSWER_ONLY.includes(name));
    return [...declared, ...missed.map((name) => leftOut(prefix + name))];
  }

  /** The query: an optional parameter of the vendor's may be left out. */
  function compareQuery(ours: Fields, theirs: FactFields): string[] {
    const optional = Object.keys(theirs).filter((name) => !theirs[name]?.required);
    const allowed = new Set(optional.map((name) => leftOut(`query.${name}`)));
    return compareFields('query.', ours, theirs).filter((problem) => !allowed.has(problem));
  }

  /** Where the vendor takes one of several bodies, the nearest of them. */
  function compareBody(ours: Fields | undefined, vendor: FactField | undefined): string[] {
    if (!vendor) return ours ? ['body: the vendor takes none'] : [];
    const bodies = (vendor.oneOf ?? [vendor]).map((one) => compareFields('body.', ours ?? {}, fieldsOf(one)));
    return bodies.sort((a, b) => a.length - b.length)[0] ?? [];
  }

  return ({ route, query = {}, body }: Endpoint): string[] => {
    const vendor = find(route);
    if (!vendor) return ["route: not in the vendor's description"];
    return [
      ...differ('path', 'names', namesIn(route), vendor.path),
      ...compareQuery(query, vendor.query),
      ...compareBody(body, vendor.body),
    ];
  };
}

const leftOut = (path: string): string => `${path}: left out`;

const namesIn = (route: string): string[] => [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** The newer description decides; of three places it names only one of two spellings. */
const mismatches = (endpoint: Endpoint): string[] =>
  comparison(facts2026.find(endpoint.route) ? facts2026 : facts2025)(endpoint);

test.each(endpoints.map((endpoint) => [endpoint.route, endpoint] as const))(
  '%s is as the vendor describes it',
  (_, endpoint) => {
    expect(mismatches(endpoint)).toEqual([]);
  },
);

test.each(endpoints.map((endpoint) => [endpoint.route, endpoint] as const))(
  '%s asks for the roles that the vendor names',
  (route, { roles }) => {
    const vendor = [facts2026, facts2025].find((facts) => facts.find(route));
    expect([...roles].sort()).toEqual(vendor?.operation(route).roles);
  },
);

test('has each route once', () => {
  const routes = endpoints.map(({ route }) => route);
  expect(routes).toEqual([...new Set(routes)]);
});

test('the methods that Iconik has at its paths are answered, or named as not answered', () => {
  const shape = (route: string): string => route.replace(/\{\w+\}/g, '{}');
  const pathOf = (route: string): string => shape(route).split(' ')[1] ?? '';
  const answered = new Set(endpoints.map(({ route }) => shape(route)));
  const paths = new Set(endpoints.map(({ route }) => pathOf(route)));
  const lacking = facts2026.routes.map(shape).filter((route) => paths.has(pathOf(route)) && !answered.has(route));
  const place = 'METHODS in src/sandbox/endpoints/unanswered.ts';
  expect(unanswered.map(({ route }) => shape(route)).sort(), place).toEqual(lacking.sort());
});
