/** Characters of a call that an answer offers. */
const MAX_CALL = 1_000;

/** `Undo: set_metadata {"assets": …}`, the call that sets things back, as a note; none where it would be too long. */
export function undoCall(tool: string, args: Readonly<Record<string, unknown>>, label = 'Undo'): string[] {
  const call = JSON.stringify(args);
  return call.length > MAX_CALL ? [] : [`${label}: ${tool} ${call}`];
}
