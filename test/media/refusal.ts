import { expect } from 'vitest';
import { MediaError } from '../../src/media/errors.ts';

/** The message with which a call is refused; fails where it is not. */
export function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(MediaError);
    return (error as Error).message;
  }
  throw new Error('expected a refusal');
}
