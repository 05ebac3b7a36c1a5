import * as z from 'zod';
import { mend } from '../../src/server/mend.ts';
import { isHandle } from '../../src/tools/handles.ts';
import { registry } from '../../src/tools/index.ts';

/** Words that begin the name of a tool: `read` of read_notes. */
const VERBS = new Set([...registry.keys()].map((name) => name.split('_')[0]));

/** Names that look like a tool's and are something else: arguments, keys of answers, roles, names of our own log. */
const OTHER_NAMES = new Set(
  [...registry.values()].flatMap(({ tool }) => [
    ...Object.keys(tool.input.shape),
    ...Object.keys(tool.output.shape),
    ...tool.roles,
  ]),
);

/** What follows "with" in plain English. */
const PROSE = new Set(
  'its it them these those this that each all one no more less fewer several what which nothing same other another his her their our'.split(
    ' ',
  ),
);

const VALUE = /^(?:true|false|-?\d+(?:\.\d+)?|"(?:[^"\\]|\\.)*"|\[[^\]]*\])/;

type Given = Record<string, unknown>;

/** The arguments in `find and language "pt", days 30`: names with a value, and names alone. */
function argumentsIn(words: string): { readonly name: string; readonly value?: unknown }[] {
  const found: { name: string; value?: unknown }[] = [];
  let rest = words;
  for (;;) {
    rest = rest.replace(/^(?:the|an?) /, '');
    const [whole, name = ''] = /^([a-z][a-z_]*)(?::? (?=[\d"[]|true|false)|(?![\w-]))/.exec(rest) ?? [];
    if (!whole || PROSE.has(name)) return found;
    rest = rest.slice(whole.length);
    const [value] = VALUE.exec(rest) ?? [];
    found.push({ name, ...(value !== undefined && { value: JSON.parse(value) }) });
    rest = rest.slice(value?.length ?? 0);
    const [joint] = /^(?:, and |, | and | or )/.exec(rest) ?? [];
    if (!joint) return found;
    rest = rest.slice(joint.length);
  }
}

/** What is wrong with a call as it is written; empty where it is enough. */
function faultsOf(name: string, args: Given): string[] {
  const tool = registry.get(name)?.tool;
  if (!tool) return [`${name}: no such tool`];
  const unknown = Object.keys(args).filter((key) => key !== 'confirm' && !(key in tool.input.shape));
  if (unknown.length > 0) return [`${name}: no argument ${unknown.join(', ')}`];
  if ('confirm' in args) return [];
  const parsed = tool.input.safeParse(mend(tool.input, args));
  if (!parsed.success) return [`${name} ${JSON.stringify(args)}: ${z.prettifyError(parsed.error)}`];
  const contradiction = tool.validate?.(parsed.data as never);
  return contradiction ? [`${name} ${JSON.stringify(args)}: ${contradiction}`] : [];
}

/** `name {…}`: a call as JSON. */
function callsAsJson(text: string): string[] {
  return [...text.matchAll(/\b([a-z]+(?:_[a-z]+)+) (?=\{")/g)].flatMap(({ 0: whole, 1: name = '', index }) => {
    const json = wholeObject(text.slice(index + whole.length));
    return registry.has(name) && json ? faultsOf(name, JSON.parse(json)) : [];
  });
}

/** The JSON object that a text begins with. */
function wholeObject(text: string): string | undefined {
  for (let end = text.indexOf('}'); end >= 0; end = text.indexOf('}', end + 1)) {
    try {
      JSON.parse(text.slice(0, end + 1));
      return text.slice(0, end + 1);
    } catch {
      // Longer, then.
    }
  }
  return undefined;
}

/** `name with argument "value" and other`: each argument exists; where all have values they are enough. */
const callsInWords = (text: string): string[] =>
  [...text.matchAll(/\b([a-z]+(?:_[a-z]+)+)(?: again| first)? with /g)].flatMap(({ 0: whole, 1: name = '', index }) => {
    const tool = registry.get(name)?.tool;
    if (!tool) return [];
    const given = argumentsIn(text.slice(index + whole.length));
    const unknown = given.filter((one) => !(one.name in tool.input.shape)).map((one) => one.name);
    if (unknown.length > 0) return [`${name}: no argument ${unknown.join(', ')}`];
    const isWhole = given.length > 0 && given.every(({ value }) => value !== undefined);
    return isWhole ? faultsOf(name, Object.fromEntries(given.map(({ name: key, value }) => [key, value]))) : [];
  });

/** Names of tools that there are not. */
const unknownTools = (text: string): string[] =>
  [...text.matchAll(/(?<![\w"'`./{-])([a-z]+(?:_[a-z]+)+)(?![\w"'`/}:=.-]|\.\w)/g)].flatMap(([, name = '']) =>
    // A handle may have no digit: run_xkaqgm.
    VERBS.has(name.split('_')[0] ?? '') && !registry.has(name) && !OTHER_NAMES.has(name) && !isHandle(name)
      ? [`no tool ${name}`]
      : [],
  );

/** `argument: true`, `argument: ["x"]` and `with argument: …`: of the tool that answers, or of one named in the same line. */
function argumentsNamed(text: string, answering: string): string[] {
  return text.split('\n').flatMap((line) => {
    const named = [...line.matchAll(/\b[a-z]+(?:_[a-z]+)+\b/g)].map(([name]) => name);
    // What a selection is described by are the arguments of the find that made it.
    const made = line.startsWith('sel_') ? ['find_assets'] : [];
    const known = new Set(
      [answering, ...named, ...made].flatMap((name) => Object.keys(registry.get(name)?.tool.input.shape ?? {})),
    );
    const asked = [
      ...line.matchAll(/\b([a-z]+(?:_[a-z]+)*):? ?(?:true|false|\[")/g),
      ...line.matchAll(/\bwith ([a-z_]+): /g),
    ];
    return asked.flatMap(([, name = '']) =>
      known.has(name) || name === 'confirm' ? [] : [`${answering}: no argument ${name} in: ${line.slice(0, 200)}`],
    );
  });
}

/** What is wrong with the hints in an answer: tools and arguments that do not exist, and calls that are not enough. */
export function wrongHints(answering: string, text: string, ours: string): string[] {
  return [...callsAsJson(text), ...callsInWords(text), ...unknownTools(ours), ...argumentsNamed(ours, answering)];
}

/** The sentences of an answer that are ours: its error, or its notes and summary. */
export function oursIn(
  result: { readonly isError?: boolean | undefined; readonly structuredContent?: unknown },
  text: string,
): string {
  if (result.isError) return text;
  const { note, summary, notes } = (result.structuredContent ?? {}) as Record<string, unknown>;
  return [note, summary, ...(Array.isArray(notes) ? notes : [])].filter((one) => typeof one === 'string').join('\n');
}
