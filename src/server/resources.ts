import type { ToolEntry } from './listing.ts';

/** Data that a host can attach to a conversation without a tool call. */
export interface Resource {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** `iconik://asset/{id}`: with `{id}` a template, without it a single resource. */
  readonly uri: string;
  /** Tool that reads it. */
  readonly tool: string;
  readonly args: (id: string) => Readonly<Record<string, unknown>>;
}

const all: readonly Resource[] = [
  {
    name: 'asset',
    title: 'Asset',
    description: 'An asset at a glance: kind, length, versions, files, metadata, comments.',
    uri: 'iconik://asset/{id}',
    tool: 'show_asset',
    args: (asset) => ({ asset }),
  },
  {
    name: 'transcript',
    title: 'Transcript',
    description: 'What is said in an asset, as paragraphs with timecodes.',
    uri: 'iconik://asset/{id}/transcript',
    tool: 'read_transcript',
    args: (asset) => ({ asset }),
  },
  {
    name: 'metadata-views',
    title: 'Metadata views',
    description: 'The metadata views of this library and their fields.',
    uri: 'iconik://metadata-views',
    tool: 'describe_metadata',
    args: () => ({}),
  },
];

/** The resources whose tool is available. */
export const resourcesFor = (tools: ReadonlyMap<string, ToolEntry>): readonly Resource[] =>
  all.filter(({ tool }) => tools.has(tool));

export const isTemplate = ({ uri }: Resource): boolean => uri.includes('{');

const shownOf = ({ name, title, description }: Resource) => ({ name, title, description, mimeType: 'text/plain' });

/** A resource as `resources/list` shows it. */
export const listedResource = (one: Resource) => ({ ...shownOf(one), uri: one.uri });

/** A template as `resources/templates/list` shows it. */
export const listedTemplate = (one: Resource) => ({ ...shownOf(one), uriTemplate: one.uri });

/** The resource that a URI names, and its value of `{id}`; undefined for an unknown URI. */
export function resourceAt(
  resources: readonly Resource[],
  uri: string,
): { resource: Resource; id: string } | undefined {
  for (const resource of resources) {
    const [before = '', after] = resource.uri.split('{id}');
    if (after === undefined && uri === resource.uri) return { resource, id: '' };
    if (after === undefined || !uri.startsWith(before) || !uri.endsWith(after)) continue;
    const id = uri.slice(before.length, uri.length - after.length);
    if (id && !id.includes('/')) return { resource, id: decoded(id) };
  }
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
