import type * as z from 'zod';
import type { Route } from '../client/route.ts';
import type { Client } from '../client/types.ts';
import type { Cache } from './cache.ts';
import type { Handles } from './handles.ts';
import type { PageData, PageName } from './page_data.ts';

/** What a tool does to the library. Hints for hosts, read-only mode and the README badge follow from it. */
export type Effect = 'read' | 'create' | 'update' | 'delete';

export type Shape = z.ZodRawShape;
/** Arguments or an answer before parsing: what a caller passes, what `run` returns. */
export type InputOf<S extends Shape> = z.input<z.ZodObject<S>>;
/** Arguments or an answer after parsing. */
export type OutputOf<S extends Shape> = z.output<z.ZodObject<S>>;

export interface Tool<I extends Shape = Shape, O extends Shape = Shape> {
  readonly kind: 'operation' | 'task';
  readonly title: string;
  readonly description: string;
  readonly prefer?: readonly [task: string, when: string];
  readonly effect: Effect;
  readonly outbound: boolean;
  /** It changes who may see or do what. */
  readonly access?: boolean;
  /**
   * It puts pictures or a document beside its answer. Several hosts hand a model `structuredContent` alone where there is
   * any, so such a tool answers in content blocks only.
   */
  readonly attaches?: boolean;
  /** The page that hosts with MCP Apps show beside its answer. */
  readonly page?: PageName;
  /** Pages that call it. No model sees such a tool, and no host without MCP Apps: it is not `listed`. */
  readonly forPages?: readonly PageName[];
  readonly idempotent: boolean;
  readonly roles: readonly string[];
  /** `chosen`: only where `--toolsets` names its toolset. False: no host sees it, only tasks use it. */
  readonly listed: boolean | 'chosen';
  readonly input: z.ZodObject<I>;
  readonly output: z.ZodObject<O>;
  /** Operations only. */
  readonly route?: Route;
  // The one variance point: a registry holds tools of every shape, and each parses its own arguments before it runs.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly validate?: (args: any) => string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly preview?: (args: any, context: Context) => Promise<Planned>;
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly run: (args: any, context: Context, plan?: any) => Promise<unknown>;
}

export interface Toolset {
  readonly name: string;
  readonly description: string;
  readonly tools: Readonly<Record<string, Tool>>;
  /** Names of its tools by name of a smaller set, which `--toolsets` takes too. Each tool is in one of them. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
}

/** What a tool can use while it runs. */
export interface Context {
  /** Runs an operation and returns its whole `output`, signed URLs included. What Iconik leaves out is absent. */
  use<I extends Shape, O extends Shape>(tool: Tool<I, O>, args: InputOf<I>): Promise<OutputOf<O>>;
  readonly request: Client['request'];
  readonly call: Client['call'];
  /** Signed storage addresses only; sends no credentials. */
  readonly transfer: Client['transfer'];
  readonly signal: AbortSignal;
  /** Milliseconds until the call has to answer with what it has. */
  timeLeft(): number;
  /** For hosts that show progress. */
  progress(done: number, total: number, message?: string): void;
  /** Domains of the people that may be let in (`--share-domains`); empty for all. */
  readonly shareDomains: readonly string[];
  attach(part: Attachment): void;
  /** Whether the host shows pages: what only they need is not read for others. */
  readonly showsPages: boolean;
  /** Hands data to the page of the answer, the last call counts; nothing happens where the host shows none. */
  show(data: PageData): void;
  /** Whether the host sees a tool: no answer points to one that it does not see. */
  offers(tool: string): boolean;
  /**
   * Takes words for the one thing that they can mean without being its name, and says so in the answer or the plan. False
   * where that is not safe. Both in quotes: `"SAN"`, `the storage "Lisbon SAN"`.
   */
  takes(words: string, thing: string): boolean;
  /**
   * This context, for work that may only read and ends with `signal`. `announce` hears of each request before it is sent; what
   * it throws keeps that from being sent. Anything but a read throws `ToolError`.
   */
  readingOnly(signal: AbortSignal, announce: () => void): Context;
  readonly handles: Handles;
  readonly cache: Cache;
}

/** A picture or a document sent with an answer. `data` is base64. */
export type Attachment =
  | { readonly kind: 'image'; readonly data: string; readonly mimeType: string }
  | { readonly kind: 'document'; readonly uri: string; readonly mimeType: string; readonly text: string };

/** What a call would change, for a person to approve. */
export interface Preview {
  /** One sentence: what changes or is deleted, how many, whether it can be undone. */
  readonly summary: string;
  /** The objects concerned, named as people know them; one line or row each. */
  readonly affected: readonly (string | Readonly<Record<string, unknown>>)[];
  /** The same with a column for each part, for pages alone. */
  readonly rows?: readonly Readonly<Record<string, string>>[];
  /** How names, labels and times were understood; what is skipped and why. Part of the answer where no confirmation is needed. */
  readonly notes?: readonly string[];
}

/** A collection; its title is read where it is not known. */
export interface Place {
  readonly id: string;
  readonly title?: string;
}

/** What comes back from the recycle bin; `originals`: the assets whose media come back from the archive. */
export interface Returned {
  readonly of: 'assets' | 'collections' | 'originals';
  readonly ids: readonly string[];
}

/** The result of `preview`. */
export interface Planned<P = unknown> {
  readonly preview: Preview;
  /** The change itself, item by item. Not shown; the confirm token is bound to it, and `run` receives it. */
  readonly plan: P;
  /** A single harmless change, or none: no confirmation needed. */
  readonly skipConfirm?: boolean;
  /** Collections into which something comes: the pipeline says which guests then see it, and asks first where any do. */
  readonly into?: readonly Place[];
  /** Ids of the assets that come into them, and of collections with all in these: the pipeline says what their rights say. */
  readonly brings?: readonly string[];
  /** Ids of collections that are deleted, or emptied: the pipeline says what is in them and who sees it now. */
  readonly goes?: readonly string[];
  /** What comes back: the pipeline says who outside sees it again, and asks first where anybody does. */
  readonly returns?: Returned;
  /** Ids of the objects that the change reads and writes: two such calls take turns. Default: the ids among the arguments. */
  readonly touches?: readonly string[];
}
