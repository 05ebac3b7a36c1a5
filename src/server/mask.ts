/** Replaces secrets in a text. */
export type Mask = (text: string) => string;

const MASKED = '[masked]';
/** Shorter secrets would mask ordinary words. */
const SHORTEST = 8;

/**
 * A mask for the given secrets in every form in which an upstream may echo them: plain, percent-encoded, and base64 or
 * base64url at any of the three offsets that a text around it gives.
 */
export function createMask(secrets: readonly string[]): Mask {
  const long = secrets.filter((one) => one.length >= SHORTEST);
  if (long.length === 0) return (text) => text;
  let any: RegExp | undefined;
  return (text) => {
    // To start takes no mask.
    any ??= patternOf(long);
    return text.replace(any, MASKED);
  };
}

function patternOf(secrets: readonly string[]): RegExp {
  const forms = new Set(secrets.flatMap(formsOf));
  // The longest first, so that a form inside another one leaves no rest.
  const pattern = [...forms].sort((a, b) => b.length - a.length).map(escaped);
  return new RegExp(pattern.join('|'), 'gi');
}

function formsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret);
  // A JWT's parts are secrets of their own: the middle one names the user.
  const parts = secret.split('.').filter((part) => part.length >= 2 * SHORTEST);
  return [secret, encoded, encodeURIComponent(encoded), ...parts, ...base64Forms(secret)];
}

/** What base64 makes of the secret whatever stands before and behind it: the first and last characters vary. */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/={1,2}$/, '');
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor(((offset + bytes.length) * 8) / 6);
    const middle = whole.slice(from, to);
    return middle.length < SHORTEST ? [] : [middle, middle.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const SIGNATURE =
  /([?&](?:x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|signature|sig|token|awsaccesskeyid|googleaccessid|key-pair-id|policy)=)[^&\s"'<>]+/gi;

/** Signed addresses in errors and logs keep their place and lose what makes them work. */
export const maskSignatures: Mask = (text) => text.replace(SIGNATURE, `$1${MASKED}`);
