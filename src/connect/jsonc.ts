import { type Node, type ParseError, parseTree, parse as read } from 'jsonc-parser';
import { FileRefused, type Form, isValues, lineEndOf, refusedAt } from './form.ts';

/**
 * JSON with or without comments and trailing commas. The edits are ours, at the places that the parser names: those of the
 * library move the comment behind a last member and format its neighbours.
 */
export const jsonc: Form = {
  parse(text) {
    const errors: ParseError[] = [];
    const values: unknown = read(text, errors, { allowTrailingComma: true });
    if (text.trim() === '') return {};
    const [first] = errors;
    if (first) throw refusedAt(text, first.offset);
    if (isValues(values)) return values;
    throw new FileRefused('has no object at its top');
  },

  put(text, path, value) {
    const whole = text.trim() === '' ? `{}${lineEndOf(text)}` : text;
    const { container, rest } = deepest(rootOf(whole), path);
    const [name = '', ...below] = rest;
    const nested = below.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
    const present = memberOf(container, name);
    return present ? replaced(whole, present, nested) : added(whole, container, `${JSON.stringify(name)}: `, nested);
  },

  take(text, path) {
    const { container, rest } = deepest(rootOf(text), path);
    const present = rest.length === 1 ? memberOf(container, rest[0] as string) : undefined;
    return present ? removed(text, container, present.whole) : text;
  },
};

/** The text with one more value at the end of the list of this name, which is made where it is missing. */
export function append(text: string, name: string, value: unknown): string {
  const list = memberOf(rootOf(text), name)?.value;
  return list?.type === 'array' ? added(text, list, '', value) : jsonc.put(text, [name], [value]);
}

/** The text without the value at this index of the list of this name. */
export function drop(text: string, name: string, index: number): string {
  const list = memberOf(rootOf(text), name)?.value;
  const item = list?.children?.[index];
  return list && item ? removed(text, list, item) : text;
}

interface Member {
  readonly whole: Node;
  readonly value: Node;
}

const rootOf = (text: string): Node => {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (!root) throw refusedAt(text, 0);
  return root;
};

function memberOf(container: Node, name: string): Member | undefined {
  // The last of several with one name counts, as it does for whoever reads the file.
  const whole = container.children?.findLast(({ children }) => children?.[0]?.value === name);
  const value = whole?.children?.[1];
  return whole && value ? { whole, value } : undefined;
}

/** The innermost object on the way that is there already, and what of the path is below it: one name at least. */
function deepest(root: Node, path: readonly string[]): { readonly container: Node; readonly rest: readonly string[] } {
  const [name = '', ...below] = path;
  const value = below.length > 0 ? memberOf(root, name)?.value : undefined;
  return value?.type === 'object' ? deepest(value, below) : { container: root, rest: path };
}

const endOf = ({ offset, length }: Node): number => offset + length;

/** The blanks before the first character of the line in which an offset is. */
const indentAt = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';

const unitOf = (text: string): string => /\n([ \t]+)["/]/.exec(text)?.[1] ?? '  ';

function printed(text: string, value: unknown, indent: string): string {
  const lines = JSON.stringify(value, null, unitOf(text)).split('\n');
  return lines.join(`${lineEndOf(text)}${indent}`);
}

function replaced(text: string, { whole, value }: Member, by: unknown): string {
  return text.slice(0, value.offset) + printed(text, by, indentAt(text, whole.offset)) + text.slice(endOf(value));
}

/** What may follow a value in its line: a comma and comments, all of which belong to it. */
const REST_OF_LINE = /^([ \t]*,)?(?:[ \t]*\/\*(?:[^*\r\n]|\*(?!\/))*\*\/)*[ \t]*(?:\/\/[^\r\n]*)?(?=\r?\n)/;

/** The text with one more member at the end of an object or a list, in a line of its own. */
function added(text: string, container: Node, label: string, value: unknown): string {
  const eol = lineEndOf(text);
  const outer = indentAt(text, container.offset);
  const last = container.children?.at(-1);
  const own = last ? indentAt(text, last.offset) : outer;
  // An object in one line has the indent of that line.
  const indent = own === outer ? outer + unitOf(text) : own;
  const line = `${eol}${indent}${label}${printed(text, value, indent)}`;
  if (!last) {
    const close = endOf(container) - 1;
    return `${text.slice(0, close).trimEnd()}${line}${eol}${outer}${text.slice(close)}`;
  }
  const end = endOf(last);
  const [rest = '', comma] = REST_OF_LINE.exec(text.slice(end)) ?? [];
  const isLast = comma === undefined;
  return `${text.slice(0, end)}${isLast ? ',' : ''}${rest}${line}${isLast ? '' : ','}${text.slice(end + rest.length)}`;
}

/** The text without a member, without its comma, and without the comma before it where it was the last. */
function removed(text: string, { children = [] }: Node, member: Node): string {
  const at = children.indexOf(member);
  const before = children[at - 1];
  const comma = /^[ \t]*,/.exec(text.slice(endOf(member)))?.[0] ?? '';
  const tail = text.slice(endOf(member) + comma.length);
  const head = text.slice(0, member.offset).trimEnd();
  if (children.length === 1 && /[{[]$/.test(head)) return head + tail.replace(/^\s*(?=[}\]])/, '');
  if (!before || children[at + 1] || comma) return head + tail;
  return head.slice(0, endOf(before)) + head.slice(endOf(before)).replace(/^\s*,/, '') + tail;
}
