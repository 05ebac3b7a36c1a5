import type { Endpoint } from '../types.ts';
import { ok, rowOr404 } from './common.ts';

const LIST = '/API/notifications/v1/webhooks/';
const roles = ['can_read_webhooks'];

/** Addresses outside that Iconik calls when something happens. */
export const webhookEndpoints: readonly Endpoint[] = [
  { route: `GET ${LIST}`, roles, handle: ({ store }) => ok({ objects: store.webhooks.list() }) },
  {
    route: `GET ${LIST}{webhook_id}/`,
    roles,
    handle: ({ store, path }) => ok(rowOr404(store.webhooks, path.webhook_id, 'Webhook')),
  },
];
