import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedState } from '../state/types.ts';
import { ToolError } from '../tools/errors.ts';
import { because } from './replicas.ts';
import type { Turns } from './turns.ts';

type Claims = Pick<SharedState, 'claim' | 'release'>;

/** Milliseconds for which a replica that has died keeps the others waiting. One that works claims anew in time. */
const LIFETIME = 15_000;
const RENEWAL = 5_000;
/** Milliseconds between two attempts: at first, and at most. */
const FIRST_PAUSE = 20;
const MAX_PAUSE = 250;
const RELEASE_PAUSE = 500;
/** Milliseconds; what is left of the time of the call has to be enough for the call itself. */
const MAX_WAIT = 20_000;

const BUSY =
  'Another call is changing the same, and has not finished. Nothing was changed, and a confirm token still holds. Try again in a moment.';

/** Turns among all replicas: first among the calls of this one, so that one of them at a time asks the others. */
export function createSharedTurns(own: Turns, claims: Claims): Turns {
  return {
    async take(ids, since, signal) {
      const turn = await own.take(ids, since, signal);
      const names = [...new Set(ids)];
      if (names.length === 0) return turn;
      try {
        const claim = await claimed(claims, names, since, signal);
        return {
          overtaken: turn.overtaken || claim.overtaken,
          end: () => void claim.release().finally(turn.end),
        };
      } catch (error) {
        turn.end();
        throw error;
      }
    },
  };
}

async function claimed(claims: Claims, names: readonly string[], since: number, signal: AbortSignal) {
  const owner = randomUUID();
  const last = performance.now() + MAX_WAIT;
  const claim = () => claims.claim({ names, owner, lifetime: LIFETIME });
  const giveBack = () => claims.release({ names, owner });
  for (let waits = 0; ; waits += 1) {
    const age = await claim().catch((error: unknown) => {
      // What was asked may have arrived, and only the answer not.
      void giveBackLater(giveBack);
      return because('whether another changes the same cannot be told')(error);
    });
    if (age !== undefined) {
      const renewing = setInterval(() => void claim().catch(() => undefined), RENEWAL).unref();
      const release = async (): Promise<void> => {
        clearInterval(renewing);
        await giveBack().catch(() => void giveBackLater(giveBack));
      };
      if (!signal.aborted) return { overtaken: waits > 0 || age <= performance.now() - since, release };
      await release();
    }
    if (performance.now() > last) throw new ToolError(BUSY);
    await sleep(Math.min(FIRST_PAUSE * 2 ** waits, MAX_PAUSE), undefined, { signal }).catch(() => {
      throw signal.reason;
    });
  }
}

/** As soon as the shared state is back. Until then, and at the latest when its time is over, the claim keeps others waiting. */
async function giveBackLater(giveBack: () => Promise<void>): Promise<void> {
  for (const last = performance.now() + LIFETIME; performance.now() < last; ) {
    await sleep(RELEASE_PAUSE, undefined, { ref: false });
    const isBack = await giveBack().then(
      () => true,
      () => false,
    );
    if (isBack) return;
  }
}
