import type * as z from 'zod';
import type { Pairs } from './params.ts';

/** What a schema says about itself to the code that uses it. */
export interface Marks {
  /** A list of pairs may stand for the object. */
  readonly pairs?: Pairs;
  /** An id of Iconik. */
  readonly isId?: boolean;
  /** An argument that steers our answer and is not Iconik's. */
  readonly local?: boolean;
  /** A signed address, which only some may see. */
  readonly signed?: boolean;
}

const known = new WeakMap<z.ZodType, Marks>();

/** The registry of zod makes a copy of all that is said of a schema, each time. */
export function marksOf(schema: z.ZodType): Marks {
  const marks = known.get(schema) ?? (schema.meta() as Marks | undefined) ?? {};
  known.set(schema, marks);
  return marks;
}
