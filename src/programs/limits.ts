/** Characters of a program. */
export const MAX_SOURCE = 20_000;
/** Milliseconds of computing. */
export const MAX_CPU = 2_000;
/** Megabytes that a program may use. */
export const MAX_MEMORY = 64;
/** Requests that one program may cause. */
export const MAX_REQUESTS = 500;
