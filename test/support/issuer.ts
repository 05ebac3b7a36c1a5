import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign, exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';

export const AUDIENCE = 'https://iconik.example.com/mcp';

export interface TokenOptions {
  /** Seconds from now. */
  readonly expires?: number;
  readonly audience?: string | string[];
  readonly header?: Partial<JWTHeaderParameters>;
  /** Signs a token that is signed already. */
  readonly nested?: boolean;
}

export interface Issuer extends AsyncDisposable {
  readonly url: string;
  /** Flags of `serve` that trust it. */
  readonly argv: readonly string[];
  /** A token with the present key. */
  token(claims?: JWTPayload, options?: TokenOptions): Promise<string>;
  /** Makes a new key; the old one is not published any more. */
  rotate(): Promise<void>;
  /** How often its keys were read. */
  reads(): number;
  /** Whether it answers with its keys, or with an error. */
  isUp: boolean;
}

/** A provider that signs people in, on a port of this machine. */
export async function issuer(): Promise<Issuer> {
  const make = async () => ({ kid: crypto.randomUUID(), ...(await generateKeyPair('ES256', { extractable: true })) });
  let key = await make();
  let reads = 0;
  const server = createServer(async (_, response) => {
    reads += 1;
    if (!own.isUp) return response.writeHead(500).end();
    const jwk = { ...(await exportJWK(key.publicKey)), kid: key.kid, alg: 'ES256', use: 'sig' };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const own: Issuer = {
    url,
    argv: ['--jwt-issuer', url, '--jwt-audience', AUDIENCE, '--jwks', `${url}/keys`],
    isUp: true,
    reads: () => reads,
    async token(claims = {}, { expires = 300, audience = AUDIENCE, header = {}, nested = false } = {}) {
      const own = { alg: 'ES256', kid: key.kid, ...header };
      const crit = Object.fromEntries((header.crit ?? []).map((name) => [name, true]));
      const token = await new SignJWT({ scope: 'iconik:read iconik:write iconik:delete', sub: 'ann', ...claims })
        .setProtectedHeader(own)
        .setIssuer(claims.iss ?? url)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1_000) + expires)
        .sign(key.privateKey, { crit });
      return nested
        ? new CompactSign(new TextEncoder().encode(token)).setProtectedHeader(own).sign(key.privateKey)
        : token;
    },
    async rotate() {
      key = await make();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return own;
}
