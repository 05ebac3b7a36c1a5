import type { Context } from '../types.ts';

/**
 * One part of a report of many. A part that may not be read, or that fails, is told in `said` and leaves `undefined`,
 * so that the others still come; a cancelled call ends.
 */
export async function forgiving<T>(
  context: Pick<Context, 'signal'>,
  notes: string[],
  what: string,
  work: Promise<T>,
): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (context.signal.aborted) throw error;
    notes.push(`${what}: not known, ${why(error)}.`);
    return undefined;
  }
}

/** Why a request did not work, in a few words of ours: Iconik's own may hold anything. */
export function why(error: unknown): string {
  const { status, message } = error as { readonly status?: unknown; readonly message?: unknown };
  if (status === 403) return "the token's user may not (HTTP 403)";
  if (typeof status === 'number') return `Iconik answered HTTP ${status}`;
  return String(message ?? error)
    .replace(/\.$/, '')
    .slice(0, 160);
}
