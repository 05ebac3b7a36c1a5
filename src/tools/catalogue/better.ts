import type { Toolset } from '../types.ts';

/** Operations that a task does for people: it takes names and times as they say them, and several things at once. */
const BY_TASK: Readonly<Record<string, string>> = {
  'GET /assets/v1/assets/{}/segments/': 'read_notes',
  'GET /assets/v1/assets/{}/segments/text/': 'read_transcript',
  'GET /assets/v1/assets/{}/segments/srt/': 'export_captions',
  'GET /assets/v1/assets/{}/segments/vtt/': 'export_captions',
  'GET /assets/v1/assets/{}/segments/csv/': 'export_markers',
  'POST /assets/v1/assets/{}/segments/bulk/': 'annotate_asset',
  'POST /assets/v1/collections/': 'collect_assets',
  'POST /assets/v1/collections/{}/contents/': 'collect_assets',
  'GET /assets/v1/collections/{}/contents/': 'find_assets',
  'PUT /assets/v1/collections/{}/contents/{}/{}/': 'move_in_collections',
  'POST /assets/v1/collections/{}/contents/ordering/custom/': 'move_in_collections',
  'GET /ml/v1/face_recognition/persons/': 'find_people',
  'PATCH /ml/v1/face_recognition/persons/{}/': 'name_people',
  'PUT /ml/v1/face_recognition/persons/{}/': 'name_people',
  'POST /ml/v1/face_recognition/persons/{}/confirm_person/': 'name_people',
  'POST /ml/v1/face_recognition/persons/{}/assets/{}/versions/{}/change_person/': 'name_people',
  'POST /ml/v1/face_recognition/bulk/extract/': 'name_people',
  'POST /transcode/v1/metadata_filling/bulk/': 'review_proposals',
  'GET /transcode/v1/metadata_filling/proposals/assets/{}/versions/{}/': 'read_metadata',
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
  const routes = new Map<string, Offer[]>();
  for (const { tools } of toolsets) {
    for (const [name, { route, listed, prefer, effect }] of Object.entries(tools)) {
      if (!route || !listed) continue;
      // A task that only reads is no substitute for a change.
      const task = prefer && (effects.get(prefer[0]) === 'read') === (effect === 'read') ? [prefer[0]] : [];
      const parts = shapeOf(route).split('/');
      routes.set(kindOf(parts), [...(routes.get(kindOf(parts)) ?? []), { parts, tools: [...task, name] }]);
    }
  }
  const known = new Map<string, readonly string[]>();
  return (operation) => {
    const shape = shapeOf(operation);
    const parts = shape.split('/');
    const found = known.get(shape) ?? [
      ...[BY_TASK[shape] ?? []].flat(),
      ...(routes.get(kindOf(parts)) ?? []).filter((offer) => fits(parts, offer.parts)).flatMap(({ tools }) => tools),
    ];
    known.set(shape, found);
    return found;
  };
}

interface Offer {
  /** Of the route's shape. */
  readonly parts: readonly string[];
  readonly tools: readonly string[];
}

/** What a route has in common with each operation that it fits: method, service and number of parts. */
const kindOf = (parts: readonly string[]): string => `${parts[0]}${parts[1]} ${parts.length}`;

/** `GET /assets/v1/assets/{}/` of an operation or a route. */
const shapeOf = (operation: string): string => operation.replace(/\{\?[^{}]*\}/, '').replace(/\{\w+\}/g, '{}');

/** Whether a route is the operation for one type of object: `…/v1/{}/{}/shares/` for `…/v1/assets/{}/shares/`. */
const fits = (operation: readonly string[], route: readonly string[]): boolean =>
  operation.every((part, at) => part === route[at] || (part === '{}' && OBJECT_TYPES.has(route[at] ?? '')));

const OBJECT_TYPES = new Set(['assets', 'collections', 'segments']);
