import { isUuid } from './check.ts';

/** The endpoint of a request and the parameters in its path. */
export interface Match<E> {
  readonly endpoint: E;
  readonly path: Readonly<Record<string, string>>;
}

interface Route<E> {
  readonly endpoint: E;
  readonly method: string;
  readonly parts: readonly string[];
}

/** Answers the match, else the methods that the path allows; an empty list: no such path. */
export type Find<E> = (method: string, pathname: string) => Match<E> | readonly string[];

/** Finds endpoints by method and path; of two that match, the one with the more literal path wins. */
export function createFinder<E extends { readonly route: string }>(endpoints: readonly E[]): Find<E> {
  const byLength = new Map<number, Route<E>[]>();
  for (const endpoint of endpoints) {
    const [method = '', path = ''] = endpoint.route.split(' ');
    const parts = partsOf(path);
    const routes = byLength.get(parts.length) ?? [];
    byLength.set(parts.length, routes);
    routes.push({ endpoint, method, parts });
  }
  return (method, pathname) => {
    const parts = partsOf(pathname);
    const fitting = (byLength.get(parts.length) ?? []).filter((route) => fits(route.parts, parts));
    const [best] = fitting
      .filter((route) => route.method === method)
      .sort((a, b) => closeness(b.parts, parts).localeCompare(closeness(a.parts, parts)));
    if (!best) return [...new Set(fitting.map((route) => route.method))];
    return { endpoint: best.endpoint, path: pathValues(best.parts, parts) };
  };
}

const partsOf = (pathname: string): string[] => pathname.replace(/\/$/, '').split('/').slice(1).map(decode);

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const isVariable = (part: string | undefined): boolean => part?.startsWith('{') ?? false;
const nameOf = (part: string): string => part.slice(1, -1);

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  return pattern.every((part, index) => (isVariable(part) ? parts[index] !== '' : part === parts[index]));
}

/** Some paths differ only in the kind of a parameter (`{segment_id}`, `{segment_type}`): a uuid matches an id first. */
function closeness(pattern: readonly string[], parts: readonly string[]): string {
  const score = (part: string, index: number): number => {
    if (!isVariable(part)) return 3;
    if (!nameOf(part).endsWith('_id')) return 1;
    return isUuid(parts[index]) ? 2 : 0;
  };
  return pattern.map(score).join('');
}

function pathValues(pattern: readonly string[], parts: readonly string[]): Record<string, string> {
  const pairs = pattern.flatMap((part, index) => (isVariable(part) ? [[nameOf(part), parts[index] ?? '']] : []));
  return Object.fromEntries(pairs);
}
