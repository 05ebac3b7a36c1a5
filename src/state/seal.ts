import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { deflateRaw, inflateRaw } from 'node:zlib';

/** Bytes of a sealed value, and of what it unpacks to. */
const MAX_SEALED_BYTES = 8_000_000;
const MAX_PLAIN_BYTES = 64_000_000;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Makes what is stored unreadable, and bound to the place where it is stored. */
export interface Seal {
  /** A key of the store: reveals neither the tenant nor the name. */
  keyOf(name: string): string;
  /** Compressed and encrypted. Throws for a value that cannot be serialized; `undefined` for one that is too large. */
  close(key: string, value: unknown): Promise<Buffer | undefined>;
  /** `undefined` for what was not sealed for this key and with this secret. */
  open(key: string, sealed: Buffer): Promise<unknown>;
}

/** The secret from its base64. Throws an error that does not hold it. */
export function readSecret(base64: string | undefined): Buffer {
  const secret = Buffer.from(base64 ?? '', 'base64');
  if (!base64)
    throw new Error('ICONIK_STATE_KEY is missing: 32 random bytes in base64, e.g. of openssl rand -base64 32');
  if (secret.length !== KEY_BYTES || secret.toString('base64') !== base64.trim())
    throw new Error('ICONIK_STATE_KEY is not 32 bytes in base64: make one with openssl rand -base64 32');
  return secret;
}

/** A seal of its own for each `scope`: what one has closed no other can open. */
export function createSeal(secret: Buffer, scope: string): Seal {
  const own = (use: string): Buffer => createHmac('sha256', secret).update(`${use}\0${scope}`).digest();
  const [forNames, forValues] = [own('names'), own('values')];
  return {
    keyOf: (name) => `iconik-mcp:${createHmac('sha256', forNames).update(name).digest('base64url').slice(0, 32)}`,
    async close(key, value) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, forValues, nonce).setAAD(Buffer.from(key));
      const packed = await deflate(serialize(value));
      if (packed.length > MAX_SEALED_BYTES) return undefined;
      return Buffer.concat([nonce, cipher.update(packed), cipher.final(), cipher.getAuthTag()]);
    },
    async open(key, sealed) {
      try {
        const nonce = sealed.subarray(0, NONCE_BYTES);
        const decipher = createDecipheriv(CIPHER, forValues, nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(Buffer.from(key)).setAuthTag(sealed.subarray(-TAG_BYTES));
        const packed = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
        return deserialize(await inflate(packed, { maxOutputLength: MAX_PLAIN_BYTES }));
      } catch {
        return undefined;
      }
    },
  };
}
