import { DEFAULT, HARD, LENIENT } from '../../src/sandbox/hard.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import { TABLES } from '../../src/sandbox/types.ts';
import { checked } from './checked.ts';

const built = new Map<string, Sandbox>();

/**
 * A sandbox that nobody else writes to. Building a large archive and its search index takes seconds: it happens once in
 * a process for each seed and size, and every sandbox after that is a fork, with what `fill` adds or without.
 */
export function library(options: SandboxOptions, fill?: (sandbox: Sandbox) => void): Sandbox {
  const { seed, assets, ...rest } = options;
  const size = { ...(seed !== undefined && { seed }), ...(assets !== undefined && { assets }) };
  const plain = { ...size, hard: hardOfArchive(rest.hard) };
  const original = once(JSON.stringify(plain), () => createSandbox(plain));
  if (!fill) return checked(original.fork(rest));
  const filled = once(JSON.stringify([plain, rest.hard, fill.name]), () => {
    const copy = original.fork(rest.hard === undefined ? {} : { hard: rest.hard });
    fill(copy);
    return copy;
  });
  return checked(filled.fork(rest));
}

/** The behaviours of `hard` that change what the archive is made of. */
function hardOfArchive(hard: SandboxOptions['hard']) {
  const all = typeof hard === 'boolean' ? (hard ? HARD : LENIENT) : { ...DEFAULT, ...hard };
  return { relativeWords: all.relativeWords, oddAssets: all.oddAssets };
}

function once(key: string, build: () => Sandbox): Sandbox {
  const known = built.get(key);
  if (known) return known;
  const made = build();
  made.settle();
  for (const name of TABLES) for (const row of made.store[name].list()) freeze(row);
  built.set(key, made);
  return made;
}

/** Rows are shared by all forks: whoever changes one in place hears of it. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const item of Object.values(value)) freeze(item);
}
