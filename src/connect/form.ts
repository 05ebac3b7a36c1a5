/** How a host writes its configuration, as text in which everything but one server stays as it is. */
export interface Form {
  /** The configuration as plain values. Throws `FileRefused` where the text does not parse. */
  parse(text: string): Values;
  /** The text with the entry at this place, put in or replaced. Throws `FileRefused` where there is no room for it. */
  put(text: string, path: readonly string[], value: unknown): string;
  /** The text without the entry at this place. */
  take(text: string, path: readonly string[]): string;
}

export type Values = { readonly [name: string]: unknown };

/** A configuration that is left alone; the message is a part of a sentence, such as "does not parse". */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
}

/** Line and column, both from 1, for a person. */
export const refusedAt = (text: string, offset: number): FileRefused => {
  const before = text.slice(0, offset).split('\n');
  return refusedAtLine(before.length, (before.at(-1) ?? '').length + 1);
};

export const refusedAtLine = (line: number, column: number): FileRefused =>
  new FileRefused(`does not parse: line ${line}, column ${column}`);

export const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a place, `undefined` where there is none. Throws `FileRefused` where something else is in its way. */
export function valueAt(values: Values, path: readonly string[]): unknown {
  let at: unknown = values;
  for (const [depth, name] of path.entries()) {
    if (!isValues(at)) throw new FileRefused(`has no object at "${path.slice(0, depth).join('.')}"`);
    if (!Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

/** A copy with another value at a place; `undefined` takes it away. */
export function withValue(values: Values, [name = '', ...rest]: readonly string[], value: unknown): Values {
  const { [name]: present, ...others } = values;
  if (rest.length > 0) return { ...others, [name]: withValue(isValues(present) ? present : {}, rest, value) };
  return value === undefined ? others : { ...others, [name]: value };
}

export const lineEndOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');
