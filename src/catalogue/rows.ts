import type { Facts, Operation } from './facts.ts';
import { judge } from './judge.ts';
import type { Field, Fields } from './notation.ts';
import type { Body, FinalFlag, Method, Row } from './types.ts';

const DELETING = ['DELETED', 'DELETING'];
/** How deep in a body a value or flag that deletes is looked for. */
const MAX_DEPTH = 3;
const JSON_TYPE = 'application/json';
/** Flags of the query or the body, and the value with which nothing is kept. */
const FINAL: Readonly<Record<string, boolean>> = {
  hard_delete: true,
  soft_delete: false,
  keep_source: false,
  do_not_delete_last_copy: false,
  delete_original: true,
  delete_only_from_source: true,
  delete_only_from_source_folder: true,
  delete_source_file_set_after_download: true,
  delete_local_file_set_after_upload: true,
  delete_old_transcriptions: true,
};

/** Values that show an object to people who do not see it now. A field that is cleared is not internal either. */
const OPENING: Readonly<Record<string, readonly string[]>> = {
  is_public: ['TRUE'],
  is_internal: ['FALSE', 'NULL'],
  publication_status: ['PUBLISHED'],
};

/** A row of the catalogue. What is read from the facts is read when it is first asked for. */
export function rowFrom(facts: Facts, route: string): Row {
  const [method = '', path = ''] = route.replace(' /API', ' ').split(' ');
  const operation = `${method} ${path}`;
  const judged = judge(operation, method as Method);
  const described = once(() => facts.operation(route));
  const body = once(() => bodyOf(facts, route, described(), method as Method));
  const query = once(() => described().query);
  const named = once(() => walk(facts, { ...query(), ...body()?.fields }));
  const media = once(() => mediaOf(described()));
  const answers = once(() => answerKeys(facts, route));
  return {
    ...judged,
    operation,
    method: method as Method,
    service: path.split('/')[1] ?? '',
    path,
    pathNames: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    get query() {
      return query();
    },
    get body() {
      return body();
    },
    get roles() {
      return described().roles;
    },
    get since() {
      return described().since ?? 2025;
    },
    get deprecated() {
      return described().deprecated;
    },
    get answers() {
      return answers();
    },
    get isJson() {
      return media() === undefined;
    },
    get media() {
      return media();
    },
    get deletingBody() {
      return judged.effect === 'read' ? [] : deletingValues(named());
    },
    get finalFlags() {
      return finalFlags(named(), operation, judged.outbound);
    },
    get openingBody() {
      return judged.effect === 'update' ? openingValues(named()) : [];
    },
    get signedUrlFlags() {
      return named().flatMap(({ name, path: at }) => (/^(generate_signed_|presigned$)/.test(name) ? [at] : []));
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function bodyOf(facts: Facts, route: string, { body, body_optional }: Operation, method: Method): Body | undefined {
  if (!body) return undefined;
  const all = Object.entries(facts.body(route) ?? {}).filter(([, field]) => !field.readOnly);
  const fields = all.map(([name, field]) => [name, method === 'PATCH' ? optional(field) : field] as const);
  return { fields: Object.fromEntries(fields), optional: Boolean(body_optional), free: all.length === 0 };
}

const optional = ({ required: _, ...field }: Field): Field => field;

interface Named {
  readonly name: string;
  /** `objects[].status`. */
  readonly path: string;
  readonly field: Field;
}

/** The fields that a call can fill, the nested ones included. */
function walk(facts: Facts, fields: Fields, before = '', depth = 1): Named[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    if (field.readOnly) return [];
    const path = `${before}${name}`;
    const item = field.items ?? field;
    const inner =
      depth < MAX_DEPTH ? walk(facts, facts.fieldsOf(item), `${path}${field.items ? '[]' : ''}.`, depth + 1) : [];
    return [{ name, path, field }, ...inner];
  });
}

const deletingValues = (named: readonly Named[]): Row['deletingBody'] =>
  named.flatMap(({ path, field: { enum: choices = [] } }) => {
    const values = DELETING.filter((value) => choices.includes(value));
    return values.length > 0 ? [{ field: path, values }] : [];
  });

const openingValues = (named: readonly Named[]): Row['openingBody'] =>
  named.flatMap(({ name, path }) => (OPENING[name] ? [{ field: path, values: OPENING[name] }] : []));

function finalFlags(named: readonly Named[], operation: string, outbound: string | undefined): FinalFlag[] {
  // On segments it only means that the answer waits.
  const skipsBin = /\/(file_sets|formats)\//.test(operation);
  const own: Readonly<Record<string, boolean>> = {
    ...FINAL,
    ...(skipsBin && { immediately: true }),
    ...(outbound === 'export' && { overwrite: true }),
  };
  return named.flatMap(({ name, path }) => {
    const value = own[name];
    return value === undefined ? [] : [{ name: path, value }];
  });
}

/** What is sent or answered instead of JSON; `undefined` for JSON. */
function mediaOf({ media, answers, body }: Operation): string | undefined {
  const [other] = Object.values(media).filter((type) => type !== JSON_TYPE);
  if (other) return other;
  if (Object.keys(answers).some((status) => status.startsWith('3'))) return 'a redirect';
  return body?.format === 'binary' ? 'application/octet-stream' : undefined;
}

function answerKeys(facts: Facts, route: string): string[] {
  const answer = facts.answer(route);
  if (!answer) return [];
  const [before, item] = answer.items ? ['[].', answer.items] : ['', answer];
  return Object.entries(facts.unresolvedFieldsOf(item)).flatMap(([name, field]) => {
    if (field.writeOnly) return [];
    const { items } = name === 'objects' ? facts.resolve(field) : {};
    if (!items) return [`${before}${name}`];
    return Object.entries(facts.unresolvedFieldsOf(items)).flatMap(([key, inner]) =>
      inner.writeOnly ? [] : [`objects[].${key}`],
    );
  });
}
