import { expect, test } from 'vitest';
import { reachability } from '../../src/doctor/reach.ts';

const at = (baseUrl: string) => ({ appId: 'a', authToken: 't', baseUrl });

// Codes of Node.js that no server on this machine brings about.
test.each([
  ['SELF_SIGNED_CERT_IN_CHAIN', 'https://app.iconik.io', /certificate .* not trusted/, /NODE_EXTRA_CA_CERTS/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'https://app.iconik.io', /certificate .* not trusted/, /NODE_EXTRA_CA_CERTS/],
  ['CERT_NOT_YET_VALID', 'https://app.iconik.io', /certificate .* not trusted/, /clock/],
  ['ENOTFOUND', 'https://app.iconik.oi', /There is no host app\.iconik\.oi/, /ICONIK_BASE_URL/],
  ['ENOTFOUND', 'https://app.iconik.io', /app\.iconik\.io cannot be reached/, /network/],
  ['EAI_AGAIN', 'https://app.iconik.io', /cannot be reached \(EAI_AGAIN\)/, /network/],
  ['timeout', 'https://app.iconik.io', /cannot be reached \(timeout\)/, /firewall/],
])('%s at %s has its own advice', (cause, baseUrl, found, advice) => {
  expect(reachability(at(baseUrl), { answered: false, cause })).toMatchObject({
    ok: false,
    found: expect.stringMatching(found),
    advice: expect.stringMatching(advice),
  });
});
