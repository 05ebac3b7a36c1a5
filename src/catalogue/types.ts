import type { Field, Fields } from './notation.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a call does: by method and path, in this order of weight. `never` and `purge` are refused. */
export type CatalogueEffect = 'read' | 'create' | 'update' | 'delete' | 'purge' | 'never';

/** A flag of the query or the body that takes away for good what the call would keep, or keep a copy of. */
export interface FinalFlag {
  readonly name: string;
  readonly value: boolean;
}

/** A way in which something comes into a collection, or is shown as its cover. */
export interface Placing {
  /** The argument with the id of the collection. */
  readonly into: string;
  /** Fields of the body without which nothing comes there. */
  readonly by?: readonly string[];
  /** Arguments with the ids of what comes there. */
  readonly brings?: readonly string[];
}

/** What an operation does, as our rules judge it. */
export interface Judgement {
  readonly effect: CatalogueEffect;
  /** Why it is never called: for `never`, `purge`, and deletes of all that something holds. */
  readonly refuse?: string;
  /** What leaves the company: `share`, `mail`, `export`, `archive` … */
  readonly outbound?: string;
  /** It changes who may see or do something. */
  readonly access: boolean;
  /** A person agrees first, whatever the body: deletes, outbound, access, and what changes many things at once. */
  readonly asks: boolean;
  /** What it deletes or takes away cannot be brought back by another call. */
  readonly noWayBack: boolean;
  /** Its body may choose objects by a filter: without one, and without ids, it would change all. */
  readonly byFilter: boolean;
  /** What it puts into a collection, whose guests then see it. */
  readonly places: readonly Placing[];
  /** It answers with an address or a token that lets its holder in. */
  readonly capability: boolean;
  /** Its answer may hold passwords or keys. */
  readonly secrets: boolean;
  /** For Iconik's own programs, or only to refresh the search index: found when it is asked for by name. */
  readonly internal: boolean;
}

/** The body that an operation takes. */
export interface Body {
  /** Top level, references resolved, without what only answers hold. Nothing is `required` in a PATCH. */
  readonly fields: Fields;
  /** A call without a body is complete. Where `empty` it must still be `{}`. */
  readonly optional: boolean;
  /** JSON of no described shape. */
  readonly free: boolean;
}

/** One operation of Iconik's API. */
export interface Row extends Judgement {
  /** Method and path below `/API`: `GET /assets/v1/assets/{asset_id}/history/`. */
  readonly operation: string;
  readonly method: Method;
  readonly service: string;
  readonly path: string;
  /** In the order of the path. */
  readonly pathNames: readonly string[];
  readonly query: Fields;
  readonly body: Body | undefined;
  /** Iconik's roles; none named is not none needed. */
  readonly roles: readonly string[];
  /** The year of the first description that has it. */
  readonly since: 2025 | 2026;
  readonly deprecated: boolean;
  /** Keys of the answer, `objects[].` before those of a page's rows; none where nothing is described. */
  readonly answers: readonly string[];
  /** JSON in and JSON out. Otherwise `media` says what. */
  readonly isJson: boolean;
  /** What it sends or answers instead of JSON. `text/…` can be handed on as a document. */
  readonly media: string | undefined;
  /** Fields of the body with values that delete the object. */
  readonly deletingBody: readonly { readonly field: string; readonly values: readonly string[] }[];
  readonly finalFlags: readonly FinalFlag[];
  /** Fields with values that show the object to people outside. */
  readonly openingBody: readonly { readonly field: string; readonly values: readonly string[] }[];
  /** Query and body flags that put signed addresses into the answer. */
  readonly signedUrlFlags: readonly string[];
}

export interface Catalogue {
  /** All operations, sorted by path and method. */
  readonly rows: readonly Row[];
  /** The operation so written: with or without `/API` and the last slash, whatever its path arguments are called, or filled in. */
  row(operation: string): Row | undefined;
  /** Operations that are written most like it, best first. */
  nearest(operation: string): readonly string[];
  /**
   * The operation that Iconik would run for a path with its arguments filled in; the most literal one wins, as
   * `/assets/recent/` is not the asset `recent`.
   */
  resolve(method: string, filledPath: string): Row | undefined;
  /** The fields of an object, a list's items or a map's values, references followed; none for plain values. */
  fieldsOf(field: Field): Fields;
}
