/** A value that cannot be parsed or written. The message quotes the value and says what is allowed. */
export class MediaError extends Error {
  override readonly name = 'MediaError';
  /** The message without what is the same for other values. */
  readonly problem: string;
  /** What is allowed, or how long the clip is. */
  readonly advice: string;

  constructor(problem: string, advice = '') {
    super([problem, advice].filter(Boolean).join(' '));
    this.problem = problem;
    this.advice = advice;
  }
}

/** The messages of several errors in one, each advice once; of more than `max` the others are counted. */
export function joinErrors(errors: readonly Error[], max: number): string {
  const some = errors.slice(0, max);
  const problems = some.map((one) => (one instanceof MediaError ? one.problem : one.message));
  const advices = some.flatMap((one) => (one instanceof MediaError && one.advice ? [one.advice] : []));
  const more = errors.length > max ? [`And ${errors.length - max} more.`] : [];
  return [...new Set([...problems, ...advices, ...more])].join(' ');
}

/** A value for an error message: quoted, at most 60 characters. */
export const quote = (value: string | number): string => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
};
