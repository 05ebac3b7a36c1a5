import type { Field, Fields } from './types.ts';

/** Field types to declare bodies and queries with. */
export const text: Field = { type: 'string' };
export const uuid: Field = { type: 'uuid' };
export const dateTime: Field = { type: 'date-time' };
export const uri: Field = { type: 'uri' };
export const email: Field = { type: 'email' };
export const flag: Field = { type: 'boolean' };
export const whole: Field = { type: 'integer' };
export const decimal: Field = { type: 'number' };
export const anything: Field = { type: 'any' };
export const freeObject: Field = { type: 'object' };

export const oneOf = (...values: string[]): Field => ({ type: 'string', enum: values });
export const between = (minimum: number, maximum: number): Field => ({ type: 'integer', minimum, maximum });
export const listOf = (items: Field, limits: { minItems?: number; maxItems?: number } = {}): Field => ({
  type: 'array',
  items,
  ...limits,
});
export const objectOf = (fields: Fields): Field => ({ type: 'object', fields });

export const required = (field: Field): Field => ({ ...field, required: true });
export const nullable = (field: Field): Field => ({ ...field, nullable: true });
export const readOnly = (field: Field): Field => ({ ...field, readOnly: true });
export const defaulting = (field: Field, value: unknown): Field => ({ ...field, default: value });

/** Statuses of analysis, transcription and face recognition. */
export const workStatus = oneOf('N/A', 'REQUESTED', 'IN_PROGRESS', 'FAILED', 'DONE');
export const archiveStatus = oneOf('NOT_ARCHIVED', 'ARCHIVING', 'FAILED_TO_ARCHIVE', 'ARCHIVED');

/** Query parameters of a list with page numbers. */
export const pageQuery: Fields = {
  page: defaulting({ type: 'integer', minimum: 1 }, 1),
  per_page: defaulting({ type: 'integer', minimum: 1 }, 10),
  sort: text,
};
export const scrollQuery: Fields = { scroll: flag, scroll_id: text };

/** Query parameters of a list with a cursor: `last_id` is the id of the last object seen. */
export const cursorQuery: Fields = {
  per_page: defaulting({ type: 'integer', minimum: 1 }, 10),
  last_id: text,
};
