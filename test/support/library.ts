import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import { TABLES } from '../../src/sandbox/types.ts';
import { checked } from './checked.ts';

const built = new Map<string, Sandbox>();

/**
 * A sandbox that nobody else writes to. Building a large archive and its search index takes seconds: it happens once in
 * a process for each seed, size and `fill`, and every sandbox after that is a fork.
 */
export function library(options: SandboxOptions, fill?: (sandbox: Sandbox) => void): Sandbox {
  const { seed, assets, hard, ...rest } = options;
  const key = `${seed} ${assets} ${JSON.stringify(hard)} ${fill?.name}`;
  const known = built.get(key);
  if (known) return checked(known.fork(rest));
  const original = createSandbox({
    ...(seed !== undefined && { seed }),
    ...(assets !== undefined && { assets }),
    ...(hard !== undefined && { hard }),
  });
  fill?.(original);
  const sandbox = original.fork(rest);
  for (const name of TABLES) for (const row of original.store[name].list()) freeze(row);
  built.set(key, original);
  return checked(sandbox);
}

/** Rows are shared by all forks: whoever changes one in place hears of it. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const item of Object.values(value)) freeze(item);
}
