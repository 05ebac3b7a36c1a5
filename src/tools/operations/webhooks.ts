import * as z from 'zod';
import { operation, toolset } from '../define.ts';
import { listOf, text } from '../params.ts';

export const webhooks = toolset({
  name: 'webhooks',
  description: 'Addresses that Iconik calls when something happens.',
  tools: {
    // Their headers and last payloads may hold keys and are left out.
    list_webhooks: operation({
      title: 'List webhooks',
      description:
        'List the addresses that Iconik calls when something happens: for which event, whether enabled or failing, and the last error. Headers, which may hold keys, are left out.',
      effect: 'read',
      listed: 'chosen',
      roles: ['can_read_webhooks'],
      route: 'GET /notifications/v1/webhooks/',
      input: {},
      output: {
        objects: listOf(
          z.looseObject({
            id: text,
            name: text,
            description: text,
            url: text,
            event_type: text,
            realm: text,
            operation: text,
            object_id: text,
            query: text,
            status: text,
            first_failed_at: text,
            last_error: text,
            date_created: text,
            date_modified: text,
          }),
        ),
      },
    }),
  },
});
