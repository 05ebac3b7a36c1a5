import { closestTo } from '../text/nearest.ts';
import type { Tool } from '../tools/types.ts';

/** Tools that had another name, by the old one. */
const RENAMED: ReadonlyMap<string, string> = new Map([['read_comments', 'read_notes']]);

/** `assets` of `delete_assets`: nobody who wants comments deleted is shown how to delete assets. */
const objectOf = (name: string): string => name.slice(name.indexOf('_') + 1);

/** Offered tools by name, and why another is not. */
export interface Offered {
  readonly tools: ReadonlyMap<string, Tool>;
  readonly unavailable: (name: string) => string | undefined;
}

/** The error for a call of a tool that the host does not see. */
export function unknownTool(pipeline: Offered, name: string): string {
  const reason = pipeline.unavailable(name);
  if (reason) return `The tool ${name} is not available: ${reason}`;
  const renamed = RENAMED.get(name);
  if (renamed) {
    const missing = pipeline.tools.has(renamed) ? undefined : pipeline.unavailable(renamed);
    return `The tool ${name} is now ${renamed}: call that.${missing ? ` Here it is not available: ${missing}` : ''}`;
  }
  const isNear = ([known, { effect }]: readonly [string, Tool]): boolean =>
    effect !== 'delete' || closestTo(objectOf(name), [objectOf(known)]) !== undefined;
  const near = closestTo(
    name,
    [...pipeline.tools]
      .filter(([, { forPages }]) => !forPages)
      .filter(isNear)
      .map(([known]) => known),
  );
  return `There is no tool "${name.slice(0, 60)}".${near ? ` Did you mean ${near}?` : ' See tools/list.'}`;
}
