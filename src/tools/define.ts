import * as z from 'zod';
import type { Route, RouteNames } from '../client/route.ts';
import { type PreviewOf, whenGrave } from './deleting.ts';
import { statusOf, ToolError } from './errors.ts';
import { marksOf } from './marks.ts';
import type { PageName } from './page_data.ts';
import { type Placing, whenPlaced } from './placing.ts';
import type { Context, Effect, InputOf, OutputOf, Planned, Preview, Shape, Tool, Toolset } from './types.ts';

interface Common<I extends Shape, O extends Shape> {
  readonly title: string;
  /** What it does, what comes back, when to use the sibling instead; at most 300 characters. */
  readonly description: string;
  /** The task that serves better where a person asks, and when: `['find_assets', 'By people, labels or dates']`. */
  readonly prefer?: readonly [task: string, when: string];
  readonly effect: Effect;
  /** It makes something leave the company: shares, public links, e-mail, exports. */
  readonly outbound?: boolean;
  /** It changes who may see or do what. */
  readonly access?: boolean;
  /**
   * It puts pictures or a document beside its answer. Several hosts hand a model `structuredContent` alone where there is
   * any, so such a tool answers in content blocks only.
   */
  readonly attaches?: boolean;
  /** The page that hosts with MCP Apps show beside its answer. Default: its plan, where it has a preview. */
  readonly page?: PageName;
  /** Pages that call it; no model sees such a tool. */
  readonly forPages?: readonly PageName[];
  /** A second identical call changes nothing more. Default: true for read, update and delete. */
  readonly idempotent?: boolean;
  /** The Iconik roles that the caller's user needs. */
  readonly roles: readonly string[];
  readonly input: I;
  /** A projection: it keeps the named keys and never rejects. */
  readonly output: O;
  readonly listed?: Tool['listed'];
  /** Arguments that fit one by one and not together: one sentence that names them. */
  readonly validate?: (args: OutputOf<I>) => string | undefined;
  /** Reads what the call would do. Required for tools that delete, publish or give access; may only read. */
  readonly preview?: (args: OutputOf<I>, context: Context) => Promise<Planned>;
}

type Named<R extends Route, I extends Shape> =
  Exclude<RouteNames<R>, keyof I> extends never ? unknown : { 'the route names what the input lacks': RouteNames<R> };

interface OperationSpec<R extends Route, I extends Shape, O extends Shape> extends Common<I, O> {
  /** `POST /assets/v1/assets/{asset_id}/segments/{?generate_subclip_keyframes}`; see `client/route.ts`. */
  readonly route: R;
  /** The answer that a 404 stands for where it means "none"; throws where it really means "not found". */
  readonly onNotFound?: (args: OutputOf<I>, context: Context) => Promise<InputOf<O>>;
  /** Brings Iconik's answer into the shape of `output`, where it is another. `undefined` is an empty answer; `plan` is that of the preview. */
  readonly shape?: (body: unknown, args: OutputOf<I>, plan: unknown) => unknown;
  /** The answer may be a bare list, which `shape` then gets. */
  readonly takesLists?: boolean;
  /** Remembers a write that Iconik's lists do not show at once. `answer` is in the shape of `output`. */
  readonly remember?: (answer: unknown, args: OutputOf<I>, context: Context) => void;
  /** Reads what goes where `status` is one of `DELETING`: such an update is previewed and confirmed as a deletion. */
  readonly deletion?: PreviewOf<OutputOf<I>, Preview | Planned>;
  /** What comes into collections: a person agrees first where guests of these then see it. */
  readonly placing?: (args: OutputOf<I>) => Placing;
  /** Reads what more people see after such an update, which is previewed as well; `undefined` where nobody does. */
  readonly exposure?: PreviewOf<OutputOf<I>, Preview | undefined>;
}

/** One documented operation of Iconik: the literal is the tool. */
export function operation<const R extends Route, I extends Shape, O extends Shape>(
  spec: OperationSpec<R, I, O> & Named<R, I>,
): Tool<I, O> {
  const { onNotFound, shape, takesLists, remember, deletion, exposure, placing, ...rest } = spec as OperationSpec<
    R,
    I,
    O
  >;
  const grave = deletion && whenGrave(deletion, exposure);
  const preview = placing ? whenPlaced(placing, grave) : grave;
  const common = preview ? { ...rest, preview, confirm: confirmPreview } : rest;
  const readOnly = spec.effect === 'read';
  return tool('operation', { ...common, route: spec.route }, async (args: OutputOf<I>, context, plan: unknown) => {
    try {
      const { body, status } = await context.request(spec.route, sent(spec.input, args), {
        signal: context.signal,
        readOnly,
      });
      const document = isDocument(body) || (takesLists && Array.isArray(body)) ? body : undefined;
      if (readOnly && !document)
        throw new ToolError(`Iconik answered (HTTP ${status}) without a document: ${what(body)}.`);
      const answer = shape ? shape(document, args, plan) : document;
      remember?.(answer, args, context);
      return answer ?? { note: `Done: Iconik took it (HTTP ${status}) and answered with ${what(body)}.` };
    } catch (error) {
      if (onNotFound && statusOf(error) === 404) return onNotFound(args, context);
      throw error;
    }
  });
}

const isDocument = (body: unknown): body is Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null && !Array.isArray(body);

const what = (body: unknown): string =>
  body === undefined || body === null ? 'nothing' : Array.isArray(body) ? 'a list' : `a ${typeof body}`;

interface TaskSpec<I extends Shape, O extends Shape, P> extends Omit<Common<I, O>, 'preview'> {
  /** What the call would change. `run` gets its `plan`; while a person has to agree first, it does not run. */
  readonly preview?: (args: OutputOf<I>, context: Context) => Promise<Planned<P>>;
  readonly run: (args: OutputOf<I>, context: Context, plan: P) => Promise<InputOf<O>>;
}

/** What a person asks for in one sentence, done with several operations. It names no route of its own. */
export function task<I extends Shape, O extends Shape, P = undefined>(spec: TaskSpec<I, O, P>): Tool<I, O> {
  const { run, ...common } = spec;
  return tool('task', common, run);
}

function tool<I extends Shape, O extends Shape>(
  kind: Tool['kind'],
  spec: Omit<Common<I, O>, 'preview'> & {
    readonly route?: Route;
    readonly preview?: unknown;
    readonly confirm?: z.ZodType;
  },
  run: (args: OutputOf<I>, context: Context, plan: never) => Promise<unknown>,
): Tool<I, O> {
  const { outbound = false, listed = true, idempotent = spec.effect !== 'create' } = spec;
  const confirmed = outbound || spec.effect === 'delete' || Boolean(spec.preview);
  const input = z.strictObject(confirmed ? { ...spec.input, confirm: spec.confirm ?? confirm } : spec.input);
  const output = z.looseObject({
    ...(spec.effect !== 'read' && { note }),
    ...(confirmed && preview),
    ...spec.output,
  });
  // The two additions are read by the pipeline alone, so the tool's own types leave them out.
  const page = spec.page ?? (spec.preview ? 'plan' : undefined);
  return { ...spec, ...(page && { page }), kind, outbound, listed, idempotent, input, output, run } as unknown as Tool<
    I,
    O
  >;
}

const confirm = z.string().optional().describe('Plan token.').meta({ local: true });

const confirmPreview = z.string().optional().describe('From the preview.').meta({ local: true });

/** Our own words on what was done; they stand outside the library's data. */
const text = z.string().optional();
const note = text;

const preview = {
  status: text.describe('"preview": nothing has changed yet. "done": it has.'),
  summary: text,
  affected: z.array(z.any()).optional(),
  notes: z.array(z.string()).optional(),
  confirm: text.describe('Send it back, alone, to go ahead.'),
  expires_in_seconds: z.int().optional(),
};

/** The arguments that Iconik gets: all but those marked as ours (`local`) and those in `clear`, which become null. */
export function sent(input: Shape, args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(args)) if (!isLocal(input[name])) kept[name] = value;
  if (Array.isArray(args.clear)) for (const name of args.clear) kept[String(name)] = null;
  return kept;
}

/** An argument that steers our answer and is not Iconik's. */
export const isLocal = (schema: z.core.$ZodType | undefined): boolean =>
  schema !== undefined && marksOf(schema as z.ZodType).local === true;

export const toolset = <const T extends Toolset>(set: T): T => set;
