import { createHash, randomBytes } from 'node:crypto';

/** Seconds that a preview stays good. */
export const CONFIRM_SECONDS = 300;
/** Previews kept at a time; the oldest goes first. */
const MAX_TOKENS_ISSUED = 200;

/** Preview tokens: each is good for one act, for a short time, for exactly the change that was shown. */
export interface Confirmations {
  /** A token for this tool, these arguments and what the preview showed. */
  issue(tool: string, args: unknown, shown: unknown): string;
  /** Why the token does not allow this change, in one sentence; `undefined` where it does. The token stays good. */
  refuse(token: string, tool: string, args: unknown, shown: unknown): string | undefined;
  /** Starts the time of a token anew: the person took longer to answer than it would have lasted. */
  renew(token: string): void;
  /** Uses the token up, right before the act. False: another call has used it meanwhile. */
  use(token: string): boolean;
}

export function createConfirmations(now: () => number = () => performance.now()): Confirmations {
  const issued = new Map<string, { readonly change: string; readonly shown: string; until: number }>();
  const end = (): number => now() + CONFIRM_SECONDS * 1_000;
  return {
    issue(tool, args, shown) {
      const token = randomBytes(12).toString('base64url');
      issued.set(token, { change: digest([tool, args]), shown: digest(shown), until: end() });
      const [oldest] = issued.keys();
      if (issued.size > MAX_TOKENS_ISSUED && oldest) issued.delete(oldest);
      return token;
    },
    refuse(token, tool, args, shown) {
      const found = issued.get(token);
      if (!found) return 'This confirm token is unknown, or was used before.';
      if (found.change !== digest([tool, args])) return 'This confirm token belongs to another change.';
      if (found.until < now()) return 'This confirm token is too old.';
      if (found.shown !== digest(shown)) return 'The object has changed since the preview.';
      return undefined;
    },
    renew(token) {
      const found = issued.get(token);
      if (found) found.until = end();
    },
    use: (token) => issued.delete(token),
  };
}

const digest = (value: unknown): string => createHash('sha256').update(stable(value)).digest('base64');

/** JSON with sorted keys: the same change always reads the same. */
function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
    ) ?? 'null'
  );
}
