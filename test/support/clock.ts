import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { afterEach, beforeEach, vi } from 'vitest';

const real = { setImmediate, sleep: timers.setTimeout };
/** Turns of the event loop after which nothing but timers is left to wait for. */
const TURNS = 25;

/** Replaces timers and clocks by fake ones, those of `node:timers/promises` too, which vitest's fake clock leaves out. */
export function stopClock(now?: number): void {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'],
    ...(now !== undefined && { now }),
  });
  timers.setTimeout = sleep as typeof timers.setTimeout;
  syncBuiltinESMExports();
}

export function restartClock(): void {
  vi.useRealTimers();
  timers.setTimeout = real.sleep;
  syncBuiltinESMExports();
}

/**
 * Gives each test of the file a clock that jumps to the next timer once nothing else is left to do: a wait takes no
 * time, and no limit is missed because a machine is busy. Only for work within this process: no sockets, no files.
 * `now`: milliseconds of the epoch at which each test begins.
 */
export function useJumpingClock(now?: number): void {
  let isRunning = false;
  beforeEach(() => {
    stopClock(now);
    isRunning = true;
    void jump(() => isRunning);
  });
  afterEach(() => {
    isRunning = false;
    restartClock();
  });
}

async function jump(isRunning: () => boolean): Promise<void> {
  while (isRunning()) {
    await idle();
    // Loading a module takes real time.
    await vi.dynamicImportSettled();
    await idle();
    if (isRunning()) vi.advanceTimersToNextTimer();
  }
}

async function idle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await new Promise((next) => real.setImmediate(next));
}

function sleep<T>(ms?: number, value?: T, { signal }: { readonly signal?: AbortSignal } = {}): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve(value);
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
