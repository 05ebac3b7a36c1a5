const WORDS = /^(?:(?:at|in|to|until) )?(?:the )?(?:very )?(?:(end|last frame)|start|beginning|first frame)$/i;

/** Which end of a clip a word for a time means: `end`, `the very end`, `start`; undefined for other words. */
export function endMeant(text: string): 'end' | 'start' | undefined {
  const [word, end] = WORDS.exec(text.trim()) ?? [];
  return word === undefined ? undefined : end === undefined ? 'start' : 'end';
}
