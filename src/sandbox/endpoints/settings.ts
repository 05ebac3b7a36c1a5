import { flag } from '../fields.ts';
import type { Endpoint } from '../types.ts';
import { ok } from './common.ts';

/** Hours that the recycle bin keeps things. */
const DELETE_GRACE_PERIOD = 90 * 24;

export const settingsEndpoints: readonly Endpoint[] = [
  {
    route: 'GET /API/settings/v1/merged/current/',
    roles: [],
    query: { ignore_logo_url: flag },
    handle: () => ok({ delete_grace_period: DELETE_GRACE_PERIOD }),
  },
];
