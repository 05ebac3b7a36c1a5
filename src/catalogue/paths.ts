/** A place in the tree of all paths. */
interface Node {
  readonly words: Map<string, Node>;
  argument?: Node;
  /** The argument is an id: no word of Iconik's can be one. Not so an `object_type`, which is `assets` or another such word. */
  takesIds: boolean;
  /** Method → path. */
  readonly paths: Map<string, string>;
}

const node = (): Node => ({ words: new Map(), paths: new Map(), takesIds: false });

/** Names in braces, and what else people write for them: `<id>`, `:id`. */
const isName = (part: string): boolean => part[0] === '{' || part[0] === '<' || part[0] === ':';

export interface Paths {
  /** The path as it is described, by one with names in braces, whatever they are called. */
  named(method: string, path: string): string | undefined;
  /** By one with its arguments filled in: words of Iconik's before arguments, from left to right. */
  filled(method: string, path: string): string | undefined;
}

/** Finds paths among the operations of each service, which are asked for once: `GET /assets/v1/assets/`. */
export function createPaths(operationsOf: (service: string) => readonly string[]): Paths {
  const trees = new Map<string, Node>();
  // Not the tree of all services at once: it takes as long as a first call may.
  const treeOf = (service: string): Node => {
    const known = trees.get(service);
    if (known) return known;
    const operations = operationsOf(service);
    const tree = grown(operations);
    // What is no service is not kept: anybody may name any number of them.
    if (operations.length > 0) trees.set(service, tree);
    return tree;
  };
  return {
    named(method, path) {
      const [service = '', ...parts] = partsOf(path);
      let at: Node | undefined = treeOf(service.toLowerCase());
      for (const part of parts) at = isName(part) ? at?.argument : at?.words.get(part.toLowerCase());
      return at?.paths.get(method);
    },
    filled(method, path) {
      const [service = '', ...parts] = partsOf(path);
      return find(treeOf(service.toLowerCase()), parts)?.paths.get(method);
    },
  };
}

/** The tree of the operations of one service, from behind its name. */
function grown(operations: readonly string[]): Node {
  const root = node();
  for (const operation of operations) {
    const [method = '', path = ''] = operation.split(' ');
    let at = root;
    for (const part of partsOf(path).slice(1)) at = isName(part) ? argumentOf(at, part) : wordOf(at, part);
    at.paths.set(method, path);
  }
  return root;
}

const partsOf = (path: string): string[] => path.split('/').filter(Boolean);

function argumentOf(at: Node, name: string): Node {
  at.argument ??= node();
  at.takesIds ||= name.endsWith('_id}');
  return at.argument;
}

function wordOf(at: Node, word: string): Node {
  let known = at.words.get(word);
  if (!known) {
    known = node();
    at.words.set(word, known);
  }
  return known;
}

/**
 * The place that a path leads to, whatever its methods: where a word of Iconik's can stand, that word is no id, even if
 * only other methods know it.
 */
function find(at: Node, [part, ...rest]: readonly string[]): Node | undefined {
  if (part === undefined) return at.paths.size > 0 ? at : undefined;
  const word = at.words.get(part.toLowerCase());
  const found = word && find(word, rest);
  if (found || (word && at.takesIds)) return found;
  return at.argument && find(at.argument, rest);
}
