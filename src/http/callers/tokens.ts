import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyResult, jwtVerify } from 'jose';
import type { Log } from '../../server/log.ts';
import { grantedBy } from '../scopes.ts';
import { type Caller, NotAllowed, type SignIn } from './types.ts';

export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer's public keys are. */
  readonly jwks: URL;
}

/** Seconds that the clocks of the issuer and of this machine may differ. */
const CLOCK_TOLERANCE = 30;
/** Signatures with a key that the issuer alone has: a shared secret could be anybody's. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** What a token says of its kind where it is for access: many providers do not say it (RFC 9068). Others mean another thing. */
const KINDS = ['JWT', 'AT+JWT', 'APPLICATION/AT+JWT'];
const KEYS = { timeoutDuration: 5_000, cooldownDuration: 5_000, cacheMaxAge: 600_000 };

/** Callers with a JWT of the team's own provider (RFC 9068, RFC 8707): signature, issuer, audience, time and scopes. */
export function tokensOf({ issuer, audience, jwks }: Issuer, log: Log): SignIn {
  const keys = createRemoteJWKSet(jwks, KEYS);
  const options = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    clockTolerance: CLOCK_TOLERANCE,
    requiredClaims: ['sub', 'exp'],
  };
  const verified = async (token: string): Promise<JWTVerifyResult> => {
    try {
      return await jwtVerify(token, keys, options);
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new NotAllowed(401, 'The token has expired.', 'invalid_token');
      if (isRefusal(error)) throw new NotAllowed(401, 'The token is not valid here.', 'invalid_token');
      log.error('the keys of the issuer cannot be read', { code: (error as { code?: unknown }).code ?? 'network' });
      throw new NotAllowed(503, 'The keys of the issuer cannot be read now. Try again.');
    }
  };
  return async (token) => (token.split('.').length === 3 ? callerFrom(await verified(token)) : undefined);
}

/** Whether the token itself is at fault, and not the way to the issuer's keys. */
const isRefusal = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC';

function callerFrom({ payload, protectedHeader }: JWTVerifyResult): Caller {
  const { typ = 'JWT' } = protectedHeader;
  // What the issuer signed may be of any type.
  const sub: unknown = payload.sub;
  const granted = grantedBy(scopesOf(payload));
  if (!KINDS.includes(String(typ).toUpperCase()))
    throw new NotAllowed(401, 'The token is not one for access.', 'invalid_token');
  if (typeof sub !== 'string' || sub === '') throw new NotAllowed(401, 'The token names nobody.', 'invalid_token');
  if (!granted) throw new NotAllowed(403, 'The token has none of the scopes of this server.', 'insufficient_scope');
  return { subject: sub, granted };
}

/** `scope` is one text (RFC 8693); some providers send `scp`, a text or a list. */
const scopesOf = ({ scope, scp }: JWTPayload): string[] =>
  [scope, scp].flatMap((value) => (typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : []));
