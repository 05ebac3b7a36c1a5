import { createHash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** Seconds that a preview stays good. */
export const CONFIRM_SECONDS = 300;
/** Previews kept at a time, and characters of their arguments; the oldest goes first. */
const MAX_TOKENS_ISSUED = 200;
const MAX_CHARACTERS = 20_000_000;

/** Used tokens that are known as such. */
const MAX_USED_TOKENS = 1_000;
const USED = 'This confirm token was used before: what it stood for was carried out or declined then.';

/** The arguments of a call as the host sent them, without the token. */
export type Given = Readonly<Record<string, unknown>>;

/** Preview tokens: each is good for one act, for a short time, for exactly the change that was shown. */
export interface Confirmations {
  /**
   * A token for this tool, these arguments and what the preview showed. `given` are the arguments before parsing, `lines`
   * what of it was in words.
   */
  issue(tool: string, args: unknown, shown: unknown, given?: Given, lines?: readonly string[]): string;
  /** What was `given` when the token was issued for this tool; `undefined` where it was not. */
  givenFor(token: string, tool: string): Given | undefined;
  /** Whether the token was good once, and was used. */
  isUsed(token: string): boolean;
  /** Whether a plan of this tool waits for its token. */
  isOpen(tool: string): boolean;
  /** Why the token does not allow this change, in one sentence; `undefined` where it does. The token stays good. */
  refuse(token: string, tool: string, args: unknown, shown: unknown): string | undefined;
  /** What the preview of a token said, and whether this one is the same; `undefined` where it was of another change. */
  earlier(token: string, tool: string, args: unknown, shown: unknown): Earlier | undefined;
  /** A mark of the question that a host is given now, for the answer to bring back. It says nothing, and the last one counts. */
  ask(token: string): string;
  /** Whether an answer with this mark is one to the question asked last; it is used up. */
  answers(token: string, mark: string): boolean;
  /** Starts the time of a token anew: the person took longer to answer than it would have lasted. */
  renew(token: string): void;
  /** Uses the token up, right before the act. False: another call has used it meanwhile. */
  use(token: string): boolean;
}

export interface Earlier {
  readonly lines: readonly string[];
  readonly isSame: boolean;
}

/** What a token stands for. */
export interface Issued {
  readonly tool: string;
  readonly given: Given;
  readonly change: string;
  readonly shown: string;
  readonly lines: readonly string[];
  /** Of the question that waits for an answer, where a host asks it by itself. */
  readonly mark?: string | undefined;
  /** The end of its time. In `peek` and `adopt` epoch milliseconds, as replicas share no other clock. */
  readonly until: number;
}

/** Tokens that replicas share. */
export interface SharedConfirmations extends Confirmations {
  peek(token: string): Issued | undefined;
  /** Takes in what all replicas know of a token; `undefined`: nothing. */
  adopt(token: string, known: Issued | 'used' | undefined): void;
}

export function createConfirmations(now: () => number = () => performance.now()): SharedConfirmations {
  const issued = new LRUCache<string, Issued>({
    max: MAX_TOKENS_ISSUED,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ given, lines }) => JSON.stringify([given, lines]).length,
  });
  const used = new LRUCache<string, true>({ max: MAX_USED_TOKENS });
  const end = (): number => now() + CONFIRM_SECONDS * 1_000;
  return {
    issue(tool, args, shown, given = {}, lines = []) {
      const token = randomBytes(12).toString('base64url');
      issued.set(token, { tool, given, change: digest([tool, args]), shown: digest(shown), lines, until: end() });
      return token;
    },
    givenFor(token, tool) {
      const found = issued.peek(token);
      return found?.tool === tool ? found.given : undefined;
    },
    refuse(token, tool, args, shown) {
      if (token === '') return 'confirm was empty, and that approves no plan.';
      if (used.has(token)) return USED;
      return faultOf(issued.peek(token), { change: digest([tool, args]), shown: digest(shown), until: now() });
    },
    ...comparisons(issued),
    ...questions(issued),
    renew(token) {
      const found = issued.peek(token);
      if (found) issued.set(token, { ...found, until: end() });
    },
    use(token) {
      const isGood = issued.delete(token);
      if (isGood) used.set(token, true);
      return isGood;
    },
    isUsed: (token) => used.has(token),
    isOpen: (tool) => [...issued.values()].some((one) => one.tool === tool && one.until >= now()),
    peek(token) {
      const found = issued.peek(token);
      return found && { ...found, until: Date.now() + found.until - now() };
    },
    adopt(token, known) {
      issued.delete(token);
      // A use that failed, because nobody could tell whether it was the first, is none.
      used.delete(token);
      if (known === 'used') used.set(token, true);
      else if (known) issued.set(token, { ...known, until: now() + known.until - Date.now() });
    },
  };
}

const comparisons = (issued: LRUCache<string, Issued>): Pick<Confirmations, 'earlier'> => ({
  earlier(token, tool, args, shown) {
    const found = issued.peek(token);
    if (found?.change !== digest([tool, args])) return undefined;
    return { lines: found.lines, isSame: found.shown === digest(shown) };
  },
});

/** The questions that are put to a person about a plan. */
const questions = (issued: LRUCache<string, Issued>): Pick<Confirmations, 'ask' | 'answers'> => ({
  ask(token) {
    const mark = randomBytes(12).toString('base64url');
    const found = issued.peek(token);
    if (found) issued.set(token, { ...found, mark });
    return mark;
  },
  answers(token, mark) {
    const found = issued.peek(token);
    if (found?.mark !== mark) return false;
    issued.set(token, { ...found, mark: undefined });
    return true;
  },
});

function faultOf(
  issued: Issued | undefined,
  { change, shown, until }: Pick<Issued, 'change' | 'shown' | 'until'>,
): string | undefined {
  if (!issued) return 'This confirm token is unknown here, or was used before.';
  if (issued.change !== change) return 'This confirm token belongs to another change.';
  if (issued.until < until) return 'This confirm token is too old.';
  if (issued.shown !== shown) return 'The object has changed since the preview.';
  return undefined;
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
