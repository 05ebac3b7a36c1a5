/** What a client does unless it is told otherwise. Times in milliseconds, rates per second. */
export const defaults = {
  deadline: 45_000,
  attempt: 30_000,
  limits: { rate: 45, burst: 45, inFlight: 16 },
  maxBytes: 20_000_000,
  storageHosts: [],
} as const;
