import { BY_METHOD, judge } from '../judge.ts';
import { titleOf } from '../titles.ts';
import type { Judgement, Method } from '../types.ts';
import { PATH_WORDS } from './path_words.ts';
import { QUERY_WORDS } from './query_words.ts';
import { namesOf, wordsOf } from './words.ts';

/** What the search looks things up in: plain data, made when the server is built. */
export interface SearchIndex {
  /** Paths with the methods that are open, their length in weighted words, and how likely they are meant at all. */
  readonly paths: readonly (readonly [path: string, methods: string, length: number, prior: number])[];
  /** Word → numbers of paths, each with its weighted count. */
  readonly words: Readonly<Record<string, readonly number[]>>;
  /** A name that stands for no open path → the operations that have it: refused ones, and Iconik's own. */
  readonly closed: Readonly<Record<string, readonly string[]>>;
  /** Operation → `=` and what it does where its method says something else, `!` where it asks first; most have neither. */
  readonly signs: Readonly<Record<string, string>>;
}

/** How much a word counts by where it is. */
const WEIGHTS = { title: 2.2, path: 2, synonym: 1.2, argument: 0.5, method: 0.5 };
/** What each level of a path costs: people ask for the near things. */
const LEVEL = 0.03;
/** What somebody has given a title is asked for more often. */
const TITLED = 1.25;
/** Who says nothing else means assets. */
const OF_ASSETS = 1.1;

const SAID_BY_METHOD: Readonly<Record<Method, string>> = {
  GET: 'get list show read what which',
  POST: 'create add make new',
  PUT: 'update change set edit',
  PATCH: 'update change set edit',
  DELETE: 'delete remove',
};

interface Document {
  readonly methods: Method[];
  readonly counts: Map<string, number>;
  length: number;
  prior: number;
  titled: boolean;
}

/** `routes`: `GET /API/assets/v1/assets/`. */
export function buildIndex(routes: readonly string[]): SearchIndex {
  const documents = new Map<string, Document>();
  const closed: string[] = [];
  const signs: Record<string, string> = {};
  for (const operation of routes.map((route) => route.replace(' /API', ' '))) {
    const [method, path] = operation.split(' ') as [Method, string];
    const judged = judge(operation, method);
    const { refuse, internal } = judged;
    const sign = signOf(method, judged);
    if (sign) signs[operation] = sign;
    if (refuse !== undefined || internal) closed.push(operation);
    else {
      const known = documents.get(path) ?? documentFrom(path);
      documents.set(path, known);
      addOperation(known, operation);
    }
  }
  const open = postings(documents);
  return { ...open, closed: namesOfClosed(closed, open.words), signs };
}

function signOf(method: Method, { effect, refuse, asks }: Judgement): string {
  const does = refuse !== undefined && effect === 'delete' ? 'refused' : effect;
  return `${does === BY_METHOD[method] ? '' : `=${does}`}${asks && refuse === undefined ? '!' : ''}`;
}

function documentFrom(path: string): Document {
  const parts = path.split('/').filter(Boolean);
  const made: Document = {
    methods: [],
    counts: new Map(),
    length: 0,
    titled: false,
    prior: (1 - LEVEL) ** parts.length * (parts.slice(1).includes('assets') ? OF_ASSETS : 1),
  };
  for (const part of parts) {
    if (part.startsWith('{')) count(made, part.slice(1, -1).replace(/_id$/, ''), WEIGHTS.argument);
    else {
      count(made, part, WEIGHTS.path);
      count(made, PATH_WORDS[part] ?? '', WEIGHTS.synonym);
    }
  }
  return made;
}

function addOperation(to: Document, operation: string): void {
  const method = operation.slice(0, operation.indexOf(' ')) as Method;
  const title = titleOf(operation);
  to.methods.push(method);
  count(to, SAID_BY_METHOD[method], WEIGHTS.method);
  if (title !== undefined) {
    count(to, title, WEIGHTS.title);
    if (!to.titled) to.prior *= TITLED;
    to.titled = true;
  }
}

function count(to: Document, text: string, weight: number): void {
  for (const word of wordsOf(text)) {
    to.counts.set(word, (to.counts.get(word) ?? 0) + weight);
    to.length += weight;
  }
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

function postings(documents: ReadonlyMap<string, Document>): Pick<SearchIndex, 'paths' | 'words'> {
  const words: Record<string, number[]> = Object.create(null);
  [...documents.values()].forEach(({ counts }, number) => {
    for (const [word, weight] of counts) {
      words[word] ??= [];
      words[word].push(number, rounded(weight));
    }
  });
  const paths = [...documents].map(
    ([path, { methods, length, prior }]) => [path, methods.join(' '), rounded(length), rounded(prior)] as const,
  );
  return { paths, words };
}

/** The names in the paths of closed operations that are no word of an open one, nor of what people say for it. */
function namesOfClosed(closed: readonly string[], open: SearchIndex['words']): Record<string, string[]> {
  const names: Record<string, string[]> = Object.create(null);
  const synonyms = new Set(Object.keys(QUERY_WORDS).flatMap(namesOf));
  for (const operation of closed) {
    for (const word of new Set(namesOf(operation.replace(/^\w+ |\{\w+\}/g, ' ')))) {
      if (open[word] || synonyms.has(word)) continue;
      names[word] ??= [];
      names[word].push(operation);
    }
  }
  return names;
}
