/** A text that can't be read or written as what it stands for. The message names the value and what is allowed. */
export class MediaError extends Error {
  override readonly name = 'MediaError';
}

/** A value as a message shows it: quoted, and short. */
export const shown = (value: string | number): string => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
};
