import { type SharedState, StateGone } from '../state/types.ts';
import type { CacheChange } from '../tools/cache.ts';
import { kindOf } from './explain.ts';
import type { Log } from './log.ts';

/** What this server knows and its replicas do not yet. */
export interface Outbox {
  /** `value` is asked for when it is stored; by then there may be none. */
  keep(name: string, value: () => unknown, lifetime: number): void;
  tell(change: CacheChange, lifetime: number): void;
  /** Sends what there is. Never rejects: what cannot be sent is sent later. */
  send(): Promise<void>;
}

/** Values, and changes, that wait at most; beyond them the oldest go. */
const MAX_WAITING = 10_000;
/** Milliseconds after a failure. */
const RETRY_AFTER = 1_000;

interface Waiting {
  /** Rejects with `StateGone`. */
  readonly value: () => unknown;
  /** When it is over, on the clock of `performance.now()`. */
  readonly until: number;
}
type Box = Map<string, Waiting>;

export function createOutbox(state: SharedState, log: Pick<Log, 'error'>): Outbox {
  const [values, changes]: [Box, Box] = [new Map(), new Map()];
  let sending: Promise<unknown> = Promise.resolve();
  let retry: NodeJS.Timeout | undefined;

  const emptied = async (box: Box, send: (all: readonly Sendable[]) => Promise<unknown>): Promise<void> => {
    const all = [...box];
    box.clear();
    if (all.length === 0) return;
    try {
      await send(sendable(all));
    } catch (error) {
      if (!(error instanceof StateGone)) return log.error('a value cannot be shared', { error: kindOf(error) });
      const newer = [...box];
      box.clear();
      for (const [name, one] of [...all, ...newer]) put(box, name, one);
      retry ??= setTimeout(() => {
        retry = undefined;
        void outbox.send();
      }, RETRY_AFTER).unref();
    }
  };
  const outbox: Outbox = {
    keep: (name, value, lifetime) => put(values, name, { value, until: performance.now() + lifetime }),
    tell: (change, lifetime) =>
      put(changes, nameOf(change), { value: () => change, until: performance.now() + lifetime }),
    send() {
      sending = sending.then(async () => {
        if (retry) return;
        await Promise.all([
          emptied(values, (all) => Promise.all(all.map((one) => state.store(one)))),
          emptied(changes, (all) => state.publish(all)),
        ]);
      });
      return sending as Promise<void>;
    },
  };
  return outbox;
}

interface Sendable {
  readonly name: string;
  readonly value: unknown;
  readonly lifetime: number;
}

const sendable = (all: readonly [string, Waiting][]): Sendable[] =>
  all.flatMap(([name, { value, until }]) => {
    const [own, lifetime] = [value(), Math.floor(until - performance.now())];
    return own === undefined || lifetime <= 0 ? [] : [{ name, value: own, lifetime }];
  });

function put(box: Box, name: string, waiting: Waiting): void {
  box.delete(name);
  box.set(name, waiting);
  const [oldest] = box.keys();
  if (box.size > MAX_WAITING && oldest !== undefined) box.delete(oldest);
}

/** A later change of the same thing takes the place of an earlier one. */
const nameOf = (change: CacheChange): string =>
  'route' in change ? change.route : JSON.stringify([change.kind, change.key, change.part]);
