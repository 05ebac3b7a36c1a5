import type { IncomingHttpHeaders } from 'node:http';
import { type Caller, NotAllowed, type SignIn } from './types.ts';

export { type Caller, NotAllowed, type SignIn } from './types.ts';

/** Where nobody signs in: only this machine reaches the server. */
const LOCAL: Caller = { subject: 'local', granted: 'delete' };

/** Characters of a token. */
const MAX_TOKEN_LENGTH = 8_192;

/** Who sends a request. Throws `NotAllowed`. */
export async function callerOf(signIns: readonly SignIn[], { authorization }: IncomingHttpHeaders): Promise<Caller> {
  if (signIns.length === 0) return LOCAL;
  const [, token] = /^Bearer +([\x21-\x7e]+)$/i.exec(authorization ?? '') ?? [];
  if (token === undefined || token.length > MAX_TOKEN_LENGTH)
    throw new NotAllowed(401, 'Sign in: send Authorization: Bearer …');
  for (const signIn of signIns) {
    const caller = await signIn(token);
    if (caller) return caller;
  }
  throw new NotAllowed(401, 'The token is not valid here.', 'invalid_token');
}
