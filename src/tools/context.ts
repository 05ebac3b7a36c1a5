import type * as z from 'zod';
import type { Client } from '../client/types.ts';
import type { InputOf, OutputOf, Shape, Tool } from './define.ts';
import type { Shelf } from './shelf.ts';

/** A picture or a document beside an answer. `data` is base64. */
export type Attachment =
  | { readonly kind: 'image'; readonly data: string; readonly mimeType: string }
  | { readonly kind: 'document'; readonly uri: string; readonly mimeType: string; readonly text: string };

/** What a tool may do while it runs. */
export interface Context {
  /** Runs an operation and answers its whole `output`, signed URLs included: what Iconik leaves out is absent. */
  use<I extends Shape, O extends Shape>(tool: Tool<I, O>, args: InputOf<I>): Promise<OutputOf<O>>;
  readonly request: Client['request'];
  /** Signed storage addresses only; carries no credentials. */
  readonly transfer: Client['transfer'];
  readonly signal: AbortSignal;
  /** Milliseconds until an answer has to be given, with what there is by then. */
  timeLeft(): number;
  /** For hosts that show progress. */
  progress(done: number, total: number, message?: string): void;
  attach(part: Attachment): void;
  /** What handles stand for, as long as the server runs. */
  readonly shelf: Shelf;
}

/** What would happen, for a person to agree to. */
export interface Preview {
  /** One sentence: what changes or goes, how many, whether it can be undone. */
  readonly summary: string;
  /** The objects concerned, named so that a person recognises them; a line or a row each. */
  readonly affected: readonly (string | Readonly<Record<string, unknown>>)[];
  /** How names, labels and times were understood; what is skipped and why. */
  readonly notes?: readonly string[];
}

/** What `preview` found. */
export interface Planned<P = unknown> {
  readonly preview: Preview;
  /** The change itself, item by item. It is not shown; a token is bound to it, and `run` gets it. */
  readonly plan: P;
  /** One harmless change, or none: nobody needs to be asked. */
  readonly skipConfirm?: boolean;
}

export type Output<O extends Shape> = z.input<z.ZodObject<O>>;
