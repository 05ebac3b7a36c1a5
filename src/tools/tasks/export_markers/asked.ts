import type { MarkerFormat } from '../../../media/markers/index.ts';

export const KINDS = ['COMMENT', 'MARKER', 'QC', 'TAG', 'GENERIC', 'SCENE', 'PERSON'] as const;
export type Kind = (typeof KINDS)[number];

export const DEFAULT_KINDS: readonly Kind[] = ['COMMENT', 'MARKER'];

/** Excel takes a comma for a delimiter only where numbers have a decimal point. */
export const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;

/** What is asked for as a document of markers. */
export interface Asked {
  readonly asset: string;
  readonly format?: MarkerFormat | undefined;
  readonly delimiter?: keyof typeof DELIMITERS | undefined;
  readonly kinds?: readonly Kind[] | undefined;
  readonly open_only?: boolean | undefined;
  readonly replies?: boolean | undefined;
  readonly between?: string | undefined;
  readonly version?: string | undefined;
}

/** Whether the version that is named is each of them. */
export const isAllVersions = (version: string | undefined): boolean =>
  version !== undefined && /^all(?: versions)?$/i.test(version.trim());
