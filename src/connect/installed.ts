import type { Host } from './hosts.ts';
import { type Place, programOnPath } from './place.ts';

/** Whether a host is there, by what it leaves on a machine. */
export const isInstalled = (place: Place, host: Host): boolean =>
  host.signs(place).some((path) => place.exists(path)) ||
  (host.program !== undefined && programOnPath(place, host.program) !== undefined);
