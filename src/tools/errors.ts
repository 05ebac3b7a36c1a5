import { shorten } from '../text/tokens.ts';

/** A call that ends without success for a foreseen reason. The message reaches the model as it is. */
export class ToolError extends Error {
  override readonly name: string = 'ToolError';
}

/** Nothing in the library has the name that was given. */
export class NotFound extends ToolError {
  override readonly name = 'NotFound';
}

/** A handle stands where something has to be named. `argument`: what takes such a handle, where a tool does. */
export class HandleGiven extends ToolError {
  override readonly name = 'HandleGiven';
  readonly handle: string;
  readonly argument: string;
  constructor(message: string, { handle, argument }: { readonly handle: string; readonly argument: string }) {
    super(message);
    this.handle = handle;
    this.argument = argument;
  }
}

/** The HTTP status of a failed request; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  const { status } = (error ?? {}) as { readonly status?: unknown };
  return typeof status === 'number' ? status : undefined;
}

/** Why something failed, for one line of a report: `HTTP 403: no write access`. */
export function reasonOf(error: unknown): string {
  const { message = String(error), messages = [] } = (error ?? {}) as {
    readonly message?: string;
    readonly messages?: readonly string[];
  };
  const status = statusOf(error);
  const text = messages.join('; ') || (status === undefined ? message : '');
  return shorten([status && `HTTP ${status}`, text].filter(Boolean).join(': '), 200).replace(/\.$/, '');
}
