import type { Context } from '../tools/types.ts';

/** Milliseconds between two signs of life while a person thinks; hosts give up after 60 s of silence. */
const SIGN_OF_LIFE = 10_000;

/** Reports progress while a person thinks; the answer stops it. */
export function signsOfLife(progress: Context['progress'], answerWithin: number): () => void {
  let waited = 0;
  const timer = setInterval(() => {
    waited += SIGN_OF_LIFE;
    // Progress has to grow, and the work that follows counts from 1.
    progress(waited / (answerWithin + SIGN_OF_LIFE), 1, 'Waiting for the person to answer.');
  }, SIGN_OF_LIFE);
  return () => clearInterval(timer);
}
