import { expect, test } from 'vitest';
import type { Limiter } from '../../src/client/limiter.ts';
import type { Client } from '../../src/client/types.ts';
import { type Account, limitsOf, readConfig } from '../../src/config/index.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { createTenant } from '../../src/http/tenant.ts';
import { createTenants } from '../../src/http/tenants.ts';
import { createUsers } from '../../src/http/users.ts';
import { listingOf } from '../../src/server/schema.ts';

const account = (app: string): Account => ({
  appId: app,
  authToken: `token of ${app}`,
  baseUrl: 'https://iconik.example',
});

test('whoever calls keeps one rate with all who use the same credentials, however many others come', async () => {
  const config = readConfig(['serve', '--port', '0'], {}, ['find']);
  if (config.mode !== 'serve') throw new Error('not a server for a team');
  const limiters: (Limiter | undefined)[] = [];
  const options = {
    config,
    serverOptions: { entries: [], readListing: () => listingOf([]), loadTools: async () => [], version: '0' },
    clientFor: (_: Account, own: { readonly limiter?: Limiter }) => {
      limiters.push(own.limiter);
      return { close: async () => undefined } as Client;
    },
    metrics: createMetrics(),
    users: createUsers(limitsOf(config)),
    state: undefined,
    write: () => undefined,
    facts: () => ({}),
  };
  const tenants = createTenants((...one) => createTenant(options, ...one));
  const call = (subject: string, app: string) => tenants.of({ subject, granted: 'read' }, account(app));
  call('ann', 'shared');
  for (let n = 0; n < 1_200; n += 1) {
    call(`other ${n}`, `app ${n}`);
    call('ann', 'shared');
  }
  call('bob', 'shared');
  expect(limiters).toHaveLength(1_202);
  expect(limiters.at(-1)).toBe(limiters[0]);
  expect(limiters[0]).not.toBe(limiters[1]);
  await tenants.close();
});
