import type { Granted } from '../../server/select.ts';

/** Who calls, as whoever vouches for them says. */
export interface Caller {
  /** The `sub` of a token, the name in the file of secrets, or `local`. */
  readonly subject: string;
  readonly granted: Granted;
}

type Code = 'invalid_token' | 'insufficient_scope';

/** A request that nobody vouches for, as HTTP says it (RFC 6750, section 3.1). */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
  readonly status: 401 | 403 | 503;
  readonly code: Code | undefined;
  constructor(status: 401 | 403 | 503, message: string, code?: Code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Who sends a token; `undefined`: it is none of this kind. Throws `NotAllowed` for one that is, and does not hold. */
export type SignIn = (token: string) => Promise<Caller | undefined>;
