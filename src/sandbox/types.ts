import type { Hard } from './hard.ts';

/** A JSON object: what the sandbox stores and answers. */
export type Row = Record<string, unknown>;

/** Columns with the id of the object that a row belongs to. */
export type Owner = 'asset_id' | 'collection_id' | 'object_id';

/** Rows by `id` (metadata fields: by `name`), in insertion order. */
export interface Table {
  get(id: string): Row | undefined;
  /** All rows, or those that pass, oldest first. */
  list(keep?: (row: Row) => boolean): Row[];
  /** The rows with that value in an owner column, oldest first. Fast in large tables; the column must never change. */
  where(column: Owner, value: unknown): Row[];
  insert(row: Row): Row;
  /** Merges `changes` into the row, stamps `date_modified`, answers the row. */
  update(id: string, changes: Row): Row;
  remove(id: string): void;
  readonly size: number;
}

/** The documents of the search index: all, or at least those of these types (`assets`). */
export type Documents = (types?: ReadonlySet<string>) => readonly Row[];

/** The tables of the archive; rows have the shape of the vendor's schema in the comment. */
export const TABLES = [
  'users', // UserSchema: id, email, first_name, last_name, photo …
  'groups',
  'assets', // AssetSchema, `versions[]` inside (AssetVersionSchema)
  'collections', // CollectionSchema
  'contents', // { id, collection_id, object_id, object_type: assets|collections, date_created }
  'segments', // SegmentSchema
  'views', // ViewSchema: id, name, view_fields[]
  'fields', // FieldSchema, keyed by `name`
  'values', // { id: `${object_type}/${object_id}`, object_type, object_id, metadata_values: { field: { field_values: [{ value }] } } }
  'storages', // StorageSchema
  'formats', // FormatSchema
  'file_sets', // FileSetSchema
  'files', // FileSchema
  'proxies', // ProxySchema
  'keyframes', // KeyframeSchema
  'jobs', // JobSchema
  'history', // AssetHistorySchema
  'acls', // { id: `${object_type}/${object_id}`, object_type, object_id, permissions[] }: what the caller may do; none: everything
  'transcriptions', // AssetTranscriptionPropertiesSchema
  'shares', // GetShareSchema, `users[]` inside (ShareUserSchema)
  'approvals', // ApprovalSchema, id: `${object_type}/${object_id}`
  'categories', // MetadataCategorySchema, id: `${object_type}/${name}`
  'saved_searches', // SavedSearchSchema, with `user_id`
  'export_locations', // ExportLocationSchema
  'webhooks', // WebhookSchema
  'gateway_reports', // GatewayReportSchema, id: that of the storage
  'unscanned', // files on the disk of a gateway that no scan has found: FileSchema
  'group_acls', // GroupACLSchema, id: `${group_id}/${object_type}/${object_key}`
  'persons', // PersonSchema
  'appearances', // { id: `${person_id}/${version_id}`, person_id, asset_id, version_id, person_version_face_id, status, date_created, date_modified }
  'custom_actions', // CustomActionSchema
  'playlists', // PlaylistSchema, `playlist_items[]` inside (PlaylistItemSchema)
  'projects', // ProjectSchema
  'proposals', // { id: that of the job, asset_id, version_id, metadata_view_id, status, metadata_values }
  'transcoders', // TranscoderSchema, `storage_ids[]` and `workers[]` inside (EdgeTranscodeWorkerSchema)
] as const;
export type TableName = (typeof TABLES)[number];

/** The rows of an archive, by table. */
export type World = Record<TableName, Row[]>;

export interface Store extends Record<TableName, Table> {
  /** A new uuid; the seed of the sandbox makes it repeatable. */
  newId(): string;
  /** The time in ISO 8601 with zone; never goes back. */
  now(): string;
  /** Runs `work` after `ms` milliseconds of background time; `settle()` runs it at once. */
  later(ms: number, work: () => void): void;
}

/**
 * One body or query field.
 * A field is refused with 400 and `errors: { name: message }` when it does not fit.
 */
export interface Field {
  readonly type:
    | 'string'
    | 'uuid'
    | 'date-time'
    | 'uri'
    | 'email'
    | 'integer'
    | 'number'
    | 'boolean'
    | 'object'
    | 'array'
    | 'any';
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly readOnly?: boolean;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
  /** Of the items of an array. */
  readonly items?: Field;
  /** Of an object; without it all keys are kept. */
  readonly fields?: Fields;
}
export type Fields = Readonly<Record<string, Field>>;

/** A checked request: query and body typed by their fields, without unknown and read-only body fields. */
export interface Call {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Row;
  readonly user: Row;
  readonly url: URL;
  readonly headers: Headers;
  readonly store: Store;
  /** The rows that lists from the search index show: the store, or the store some time ago. Read only. */
  readonly index: Store;
  readonly hard: Hard;
  /** Origin of the URLs in answers, without a final slash. */
  readonly origin: string;
}

export interface Reply {
  readonly status: number;
  /** Sent as JSON; absent: no body. */
  readonly body?: unknown;
  /** Sent as text, instead of `body`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the vendor's description. */
export interface Endpoint {
  /** `GET /API/assets/v1/assets/{asset_id}/`, spelled as the vendor does. */
  readonly route: string;
  readonly roles: readonly string[];
  readonly query?: Fields;
  readonly body?: Fields;
  /** PATCH: required fields of `body` may be absent. */
  readonly partial?: boolean;
  handle(call: Call): Reply | Promise<Reply>;
}

/** Thrown by a handler; answered as `{ errors }` with the status. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: string[] | Record<string, string>;
  constructor(status: number, errors: string | string[] | Record<string, string>) {
    super(JSON.stringify(errors));
    this.status = status;
    this.errors = typeof errors === 'string' ? [errors] : errors;
  }
}
