import type { Row } from './types.ts';

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects in a list; an empty list for any other value. */
export const rowsOf = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRow) : []);

/** The texts in a list; an empty list for any other value. */
export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The parts of a comma separated query value. */
export const partsOf = (value: unknown): string[] => (typeof value === 'string' ? value.split(',') : []);
