import type { Toolset } from '../types.ts';

/** Operations that a task does for people: it takes names and times as they say them, and several things at once. */
const BY_TASK: Readonly<Record<string, string>> = {
  'GET /assets/v1/assets/{}/segments/': 'read_comments',
  'GET /assets/v1/assets/{}/segments/text/': 'read_transcript',
  'GET /assets/v1/assets/{}/segments/srt/': 'read_transcript',
  'GET /assets/v1/assets/{}/segments/vtt/': 'read_transcript',
  'GET /assets/v1/assets/{}/segments/csv/': 'export_markers',
  'POST /assets/v1/assets/{}/segments/bulk/': 'annotate_asset',
  'POST /assets/v1/collections/': 'collect_assets',
  'POST /assets/v1/collections/{}/contents/': 'collect_assets',
  'GET /assets/v1/collections/{}/contents/': 'find_assets',
  'GET /metadata/v1/views/': 'describe_metadata',
  'GET /metadata/v1/views/{}/': 'describe_metadata',
  'GET /metadata/v1/fields/': 'describe_metadata',
  'GET /metadata/v1/{}/{}/views/{}/': 'read_metadata',
  'PUT /metadata/v1/{}/{}/views/{}/': 'set_metadata',
  'PUT /metadata/v1/{}/views/{}/': 'set_metadata',
  'PUT /metadata/v1/{}/content/views/{}/': 'set_metadata',
  'GET /files/v1/assets/{}/files/': 'locate_files',
  'GET /files/v1/assets/{}/keyframes/': 'view_frame',
};

/** The tools that do what an operation does, best first. A tool for assets alone counts for any object type. */
export type BetterTools = (operation: string) => readonly string[];

/** From the routes of listed operations; a task that one of them prefers comes before it. */
export function betterTools(toolsets: readonly Toolset[]): BetterTools {
  const effects = new Map(
    toolsets.flatMap(({ tools }) => Object.entries(tools)).map(([name, { effect }]) => [name, effect]),
  );
  const routes = toolsets.flatMap(({ tools }) =>
    Object.entries(tools).flatMap(([name, { route, listed, prefer, effect }]) => {
      if (!route || !listed) return [];
      // A task that only reads is no substitute for a change.
      const task = prefer && (effects.get(prefer[0]) === 'read') === (effect === 'read') ? [prefer[0]] : [];
      return [{ shape: shapeOf(route), tools: [...task, name] }];
    }),
  );
  const known = new Map<string, readonly string[]>();
  return (operation) => {
    const shape = shapeOf(operation);
    const found = known.get(shape) ?? [
      ...[BY_TASK[shape] ?? []].flat(),
      ...routes.filter((one) => one.shape === shape || fits(shape, one.shape)).flatMap(({ tools }) => tools),
    ];
    known.set(shape, found);
    return found;
  };
}

/** `GET /assets/v1/assets/{}/` of an operation or a route. */
const shapeOf = (operation: string): string => operation.replace(/\{\?[^{}]*\}/, '').replace(/\{\w+\}/g, '{}');

/** Whether a route is the operation for one type of object: `…/v1/{}/{}/shares/` for `…/v1/assets/{}/shares/`. */
function fits(operation: string, route: string): boolean {
  const [ours, theirs] = [operation.split('/'), route.split('/')];
  return (
    ours.length === theirs.length &&
    ours.every((part, at) => part === theirs[at] || (part === '{}' && OBJECT_TYPES.has(theirs[at] ?? '')))
  );
}

const OBJECT_TYPES = new Set(['assets', 'collections', 'segments']);
