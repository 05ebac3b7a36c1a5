/** A value that cannot be parsed or written. The message quotes the value and says what is allowed. */
export class MediaError extends Error {
  override readonly name = 'MediaError';
}

/** A value for an error message: quoted, at most 60 characters. */
export const quote = (value: string | number): string => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
};
