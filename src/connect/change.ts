import { isDeepStrictEqual } from 'node:util';
import { FileRefused, isValues, type Values, valueAt, withValue } from './form.ts';
import type { Host, Launch } from './hosts.ts';
import { append, drop } from './jsonc.ts';

/** The name of the server in every host. */
export const SERVER = 'iconik';

/** The server's entry in a host's configuration; `undefined` where there is none. Throws `FileRefused`. */
export const entryIn = (host: Host, text: string): unknown => valueAt(host.form.parse(text), placeIn(host));

const placeIn = ({ servers }: Host): readonly string[] => [servers, SERVER];

/** How an entry starts its server, whatever its host calls that. */
export function startOf(entry: unknown): Pick<Launch, 'command' | 'args' | 'env'> | undefined {
  if (!isValues(entry)) return undefined;
  const [command, ...first] = [entry.command].flat();
  if (typeof command !== 'string') return undefined;
  const env = entry.env ?? entry.environment;
  return {
    command,
    args: [...first, ...[entry.args ?? []].flat()].map(String),
    env: isValues(env) ? Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)])) : {},
  };
}

/** Whether an entry starts this server: its files and its package have the name. */
export function isOurs(entry: unknown): boolean {
  const { command = '', args = [] } = startOf(entry) ?? {};
  return [command, ...args].some((word) => word.includes('iconik-mcp'));
}

const REFERENCE = /^(?:\$\{?[\w:-]+\}?|\{env:\w+\})$/;

/** The same for the entry in a text; false where that does not parse. */
export const isOursIn = (host: Host, text: string): boolean => isOurs(safely(() => entryIn(host, text)));

/** The values of a server that a diff may show: all of an entry of ours but its secrets, and the program of another. */
export function visibleIn(host: Host, text: string): string[] {
  const entry = entryIn(host, text);
  const { command = '', env = {} } = startOf(entry) ?? {};
  if (!isOurs(entry)) return [command];
  const hidden = Object.entries(env).flatMap(([name, value]) =>
    name === 'ICONIK_BASE_URL' || REFERENCE.test(value) ? [] : [value],
  );
  return stringsIn([entry, inputsOf(host)]).filter((one) => !hidden.includes(one));
}

const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
};

/** The configuration with the server in it; the same text where it is there already. Throws `FileRefused`. */
export function connected(host: Host, text: string, launch: Launch): string {
  const values = host.form.parse(text);
  const place = placeIn(host);
  const present = valueAt(values, place);
  const entry = kept(host, present, launch);
  const missing = missingInputs(host, values, entry);
  const withEntry = withValue(values, place, entry);
  const expected = missing.length === 0 ? withEntry : { ...withEntry, inputs: [...listIn(values), ...missing] };
  if (isDeepStrictEqual(values, expected)) return text;
  const next = isDeepStrictEqual(present, entry) ? text : host.form.put(text, place, entry);
  const added = missing.reduce((at, input) => append(at, 'inputs', input), next);
  return checked(host, added, expected);
}

/** What people added to an entry of ours stays: time limits, approvals, variables that are none of Iconik's. */
function kept(host: Host, present: unknown, launch: Launch): Values {
  if (!isValues(present) || !isOurs(present)) return host.entry(launch);
  const { env, environment, env_vars: forwarded, ...others } = present;
  const own = Object.entries(startOf(present)?.env ?? {}).filter(([name]) => !name.startsWith('ICONIK_'));
  return { ...others, ...host.entry({ ...launch, env: { ...Object.fromEntries(own), ...launch.env } }) };
}

const inputsOf = ({ inputs = {} }: Host): Values[] => Object.entries(inputs).map(([id, rest]) => ({ id, ...rest }));

const listIn = (values: Values): readonly unknown[] => (Array.isArray(values.inputs) ? values.inputs : []);

/** The questions that an entry refers to and that its configuration lacks. */
const missingInputs = (host: Host, values: Values, entry: Values): Values[] =>
  inputsOf(host).filter(
    ({ id }) => refersTo(entry, String(id)) && !listIn(values).some((one) => isValues(one) && one.id === id),
  );

const refersTo = (value: unknown, id: string): boolean => JSON.stringify(value).includes(`\${input:${id}}`);

/**
 * The configuration without the server. Where the text before, or an empty one, becomes this text by connecting, it is
 * that text, byte by byte; `undefined`: the file was made for the server. Throws `FileRefused`.
 */
export function disconnected(host: Host, text: string, before: string | undefined): string | undefined {
  const entry = entryIn(host, text);
  if (!isValues(entry)) return text;
  if (before !== undefined && !isOursIn(host, before) && isMadeFrom(host, before, text, entry)) return before;
  if (isMadeFrom(host, '', text, entry)) return undefined;
  const values = host.form.parse(text);
  const others = withValue(values, placeIn(host), undefined);
  const without = host.form.take(text, placeIn(host));
  const ids = Object.keys(host.inputs ?? {}).filter((id) => !refersTo(others, id));
  const isUnused = (one: unknown): boolean => isValues(one) && ids.includes(String(one.id));
  const next = listIn(values).reduceRight<string>(
    (at, input, index) => (isUnused(input) ? drop(at, 'inputs', index) : at),
    without,
  );
  const list = listIn(values);
  const inputs = list.filter((one) => !isUnused(one));
  const expected = list.length === inputs.length ? others : { ...others, inputs };
  return checked(host, next, expected);
}

function isMadeFrom(host: Host, before: string, text: string, entry: Values): boolean {
  const made = safely(() => {
    const put = host.form.put(before, placeIn(host), entry);
    return missingInputs(host, host.form.parse(put), entry).reduce((at, one) => append(at, 'inputs', one), put);
  });
  return made === text;
}

function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FileRefused) return undefined;
    throw error;
  }
}

/** No edit of a text goes through that changed anything else. */
function checked({ form, servers }: Host, text: string, expected: Values): string {
  const values = safely(() => form.parse(text));
  const left = expected[servers];
  // The last table of TOML takes the one above it along.
  const without =
    isValues(left) && Object.keys(left).length === 0 ? withValue(expected, [servers], undefined) : expected;
  if (isDeepStrictEqual(values, expected) || isDeepStrictEqual(values, without)) return text;
  throw new FileRefused(`has "${SERVER}" in a form that cannot be changed without the rest of the file`);
}
