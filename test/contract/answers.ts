import { createFinder } from '../../src/sandbox/routes.ts';
import { correctionOf } from './deviations.ts';
import { type FactField, type FactFields, type Facts, facts2025, facts2026 } from './facts.ts';

/** One way in which an answer is not what a description says. */
export interface Deviation {
  readonly year: 2025 | 2026;
  /** The schema and its field, `files/ProxySchema.size`; of what no schema describes, the route and its status. */
  readonly place: string;
  /** `unknown`, `missing`, `null`, `is a string`, `is "X"`. */
  readonly what: string;
  readonly route: string;
}

type Report = (place: string, what: string) => void;
type Check = (value: unknown, place: string, report: Report) => void;
type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What says more of a document of the index than its own schema, by its `object_type`. */
const DOCUMENT = 'search/SearchDocumentSchema';
const OF_DOCUMENTS: Readonly<Record<string, string>> = {
  assets: 'assets/AssetElasticSchema',
  collections: 'assets/CollectionElasticSchema',
  segments: 'assets/SegmentElasticSchema',
};

const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  email: /^\S+@\S+$/,
  url: /^[a-z][a-z0-9+.-]*:/i,
};

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  object: isRow,
  array: Array.isArray,
};

/** Schemas that are the same under two names. */
const SAME: Readonly<Record<string, string>> = { 'search/SearchDocument': DOCUMENT };

/** Compiles the schemas of one description, each when it is first met. */
function checksOf(facts: Facts) {
  const compiled = new Map<string, Check>();
  const byField = new Map<string, ReadonlyMap<string, Check>>();

  function named(ref: string): Check {
    const same = SAME[ref];
    if (same) return named(same);
    const known = compiled.get(ref);
    if (known) return known;
    // A schema may hold itself: what stands here until it is compiled looks it up again.
    compiled.set(ref, (value, place, report) => compiled.get(ref)?.(value, place, report));
    const { fields } = facts.schema(ref);
    const check = fields ? checkFields(ref, fields) : compile(facts.schema(ref));
    compiled.set(ref, check);
    return check;
  }

  function fieldChecks(ref: string): ReadonlyMap<string, Check> {
    const known = byField.get(ref);
    if (known) return known;
    const { fields = {} } = facts.schema(ref);
    const checks = new Map(Object.entries(fields).map(([name, field]) => [name, compile(field)] as const));
    byField.set(ref, checks);
    return checks;
  }

  function checkFields(schema: string, fields: FactFields): Check {
    const checks = fieldChecks(schema);
    const demanded = Object.keys(fields).filter((name) => fields[name]?.required && !fields[name]?.writeOnly);
    return (value, place, report) => {
      if (!isRow(value)) return report(place, `is ${kindOf(value)}`);
      const other = schema === DOCUMENT ? OF_DOCUMENTS[String(value.object_type)] : undefined;
      const more = other === undefined ? undefined : fieldChecks(other);
      for (const [name, item] of Object.entries(value)) {
        const check = checks.get(name) ?? more?.get(name);
        const at = `${schema}.${name}`;
        if (check) check(item, at, report);
        else report(at, 'unknown');
      }
      for (const name of demanded) if (!Object.hasOwn(value, name)) report(`${schema}.${name}`, 'missing');
    };
  }

  /** Whatever is not required may be null: so recorded answers of the live system have it. */
  function compile(field: FactField): Check {
    const { ref, oneOf, items, values, nullable, required } = field;
    const inner = ref ? named(ref) : oneOf ? nearestOf(oneOf.map(compile)) : plain(field);
    const [each, every] = [items && compile(items), values && compile(values)];
    return (value, place, report) => {
      if (value === null) return nullable || !required ? undefined : report(place, 'null');
      inner(value, place, report);
      if (each && Array.isArray(value)) for (const item of value) each(item, place, report);
      if (every && isRow(value)) for (const item of Object.values(value)) every(item, place, report);
    };
  }

  return compile;
}

/** Of several schemas, the one with the fewest complaints decides. */
const nearestOf =
  (checks: readonly Check[]): Check =>
  (value, place, report) => {
    const complaints = checks.map((check) => {
      const found: [string, string][] = [];
      check(value, place, (...one) => found.push(one));
      return found;
    });
    for (const one of complaints.sort((a, b) => a.length - b.length)[0] ?? []) report(...one);
  };

function plain({ type, format, enum: choices }: FactField): Check {
  const fits = type && TYPES[type];
  const form = type === 'string' && format ? FORMATS[format] : undefined;
  return (value, place, report) => {
    if (fits && !fits(value)) report(place, `is ${kindOf(value)}`);
    else if (form && !form.test(String(value))) report(place, `is no ${format}`);
    else if (choices && !choices.includes(value)) report(place, `is ${JSON.stringify(value)}`);
  };
}

const kindOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'an array'
      : Number.isInteger(value)
        ? 'an integer'
        : `a ${typeof value}`;

const DESCRIPTIONS = [
  { year: 2025, facts: facts2025, compile: checksOf(facts2025) },
  { year: 2026, facts: facts2026, compile: checksOf(facts2026) },
] as const;

const routes = [...new Set([...facts2025.routes, ...facts2026.routes])];
const find = createFinder(routes.map((route) => ({ route })));
const compiled = new Map<string, Check | undefined>();

/**
 * Everything in which an answer to `method path` differs from either description; `body` is undefined where there is
 * none. Answers without a described schema are taken as they are.
 */
export function deviationsOf(method: string, path: string, status: number, body: unknown): Deviation[] {
  const found = find(method, path);
  if (!('endpoint' in found)) return [];
  const { route } = found.endpoint;
  return DESCRIPTIONS.flatMap(({ year, facts, compile }) => {
    const operation = facts.find(route);
    const correction = correctionOf(year, route);
    if (!operation || (correction && !correction.schemas && status < 400)) return [];
    const deviations = new Map<string, Deviation>();
    const report: Report = (place, what) => deviations.set(`${place} ${what}`, { year, place, what, route });
    if (status >= 400) checkErrors(route, status, body, report);
    else if (!Object.hasOwn(operation.answers, status)) report(route, `answers ${status}`);
    else {
      const key = `${year} ${route} ${status}`;
      const oneOf = correction?.schemas?.map((ref) => ({ ref }));
      const schema = oneOf ? { oneOf } : operation.answers[status];
      if (!compiled.has(key)) compiled.set(key, schema && compile({ ...schema, required: true }));
      if (schema && body === undefined) report(`${route} ${status}`, 'missing');
      else compiled.get(key)?.(body, `${route} ${status}`, report);
    }
    return [...deviations.values()];
  });
}

/** An error says what is wrong: a list of sentences, or one for each field. */
function checkErrors(route: string, status: number, body: unknown, report: Report): void {
  const { errors } = isRow(body) ? body : {};
  const said = Array.isArray(errors) ? errors : isRow(errors) ? Object.values(errors) : [];
  if (said.length === 0 || !said.every((one) => typeof one === 'string')) report(`${route} ${status}`, 'no errors');
}
