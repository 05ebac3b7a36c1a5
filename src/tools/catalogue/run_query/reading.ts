import type { Catalogue } from '../../../catalogue/types.ts';
import { plural } from '../../../text/english.ts';
import { ToolError } from '../../errors.ts';
import type { Budget } from './budget.ts';
import { messageOf } from './failure.ts';
import type { Item } from './lists.ts';

/** What the reads of one program share. */
export interface Reading {
  readonly budget: Budget;
  readonly catalogue: Catalogue;
  /** Keys of the first object that each operation gave: what an error can say that helps. */
  readonly seen: Map<string, readonly string[]>;
}

/** Objects that one call brings together. */
export const MAX_OBJECTS = 50_000;

/** All objects of a list; those that came where time or requests run out, which is noted. */
export async function collected(
  budget: Budget,
  name: string,
  list: AsyncIterable<{ objects: readonly Item[]; total?: number | undefined }>,
  most = MAX_OBJECTS,
) {
  const found = new Map<unknown, Item>();
  let total: number | undefined;
  const partly = (why: string): void =>
    budget.note(`PARTIAL: ${name} gave ${found.size} of ${total ?? 'an unknown number of'} objects: ${why}.`);
  try {
    for await (const page of list) {
      total ??= page.total;
      for (const object of page.objects) found.set(object.id ?? object, object);
      if (found.size >= most) break;
    }
    if (found.size >= MAX_OBJECTS) partly(`${plural(MAX_OBJECTS, 'object')} at most`);
  } catch (error) {
    if (!budget.isSpent() || found.size === 0) throw error;
    partly(messageOf(error, budget));
  }
  return [...found.values()].slice(0, most);
}

/** Names of fields that an error lists. */
const MAX_KEYS = 30;

export function remember({ seen }: Reading, operation: string, answer: unknown): void {
  if (seen.has(operation) || typeof answer !== 'object' || answer === null) return;
  seen.set(operation, Object.keys(answer).slice(0, MAX_KEYS));
}

/** Throws `ToolError` for anything but a list of texts. */
export function stringsIn(value: unknown, name: string): string[] {
  const list = [value ?? []].flat();
  if (list.every((one) => typeof one === 'string')) return list as string[];
  throw new ToolError(`${name} takes a list of names`);
}
