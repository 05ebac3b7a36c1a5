import type { Client } from '../client/types.ts';
import { clean } from '../text/clean.ts';
import type { Shelf } from '../tools/shelf.ts';
import type { Attachment, Context, Planned } from '../tools/types.ts';
import { ArgumentError, nearest, parseArguments } from './arguments.ts';
import { CONFIRM_SECONDS, type Confirmations } from './confirm.ts';
import { createContext } from './context.ts';
import { explain, isForeseen, kindOf } from './explain.ts';
import type { Log } from './log.ts';
import { type Mask, maskSignatures } from './mask.ts';
import { project } from './project.ts';
import { type Result, toResult } from './result.ts';
import type { SelectedTool } from './select.ts';

export interface Pipeline {
  readonly tools: ReadonlyMap<string, SelectedTool>;
  /** Names that exist but were left out at start, with the reason. */
  readonly unavailable: (name: string) => string | undefined;
  readonly readOnly: boolean;
  /** Milliseconds for one call. */
  readonly deadline: number;
  readonly client: Client;
  readonly shelf: Shelf;
  readonly confirmations: Confirmations;
  readonly mask: Mask;
  readonly log: Log;
}

export interface Caller {
  readonly signal: AbortSignal;
  readonly progress: Context['progress'];
  /** Asks the person in front of the host; absent where the host can't. */
  readonly ask?: (question: string) => Promise<boolean>;
}

type Args = Readonly<Record<string, unknown>>;

/** One call, from the host's arguments to its answer. Never throws: what fails comes back as a readable error. */
export async function callTool(pipeline: Pipeline, name: string, given: unknown, caller: Caller): Promise<Result> {
  const chosen = pipeline.tools.get(name);
  if (!chosen) return failed(pipeline, unknownTool(pipeline, name));
  const { tool } = chosen;
  const attached: Attachment[] = [];
  let written = 0;
  try {
    const { confirm, ...args } = parseArguments<Record<string, unknown>>(tool.input, given);
    const contradiction = tool.validate?.(args) ?? readsOnly(pipeline, args);
    if (contradiction) throw new ArgumentError(contradiction);
    const context = createContext({
      ...pipeline,
      ...caller,
      attached,
      audit: ({ mayHaveChanged, ...facts }) => {
        if (mayHaveChanged) written += 1;
        pipeline.log.audit({ tool: name, ...facts });
      },
    });
    const planned = await tool.preview?.(args, context);
    const stopped = planned && (await previewed(pipeline, name, args, confirm, planned, caller));
    if (stopped) return stopped;
    const raw = await tool.run(args, context, planned?.plan);
    const signed = Object.entries(args).some(([key, value]) => value === true && ASKS_FOR_URLS.test(key));
    const projected = (project(tool.output, raw, { signed }) ?? {}) as Record<string, unknown>;
    const answer = tool.preview ? { status: 'done', ...projected } : projected;
    return { ...toResult(answer, pipeline.mask), attached: attached.map((part) => presentable(part, pipeline.mask)) };
  } catch (error) {
    if (!isForeseen(error)) pipeline.log.error('a tool failed', { tool: name, error: kindOf(error) });
    return failed(pipeline, explain(name, tool, error, written));
  }
}

/** A document holds texts of the library as an answer does; its line ends belong to its format. */
const presentable = (part: Attachment, mask: Mask): Attachment =>
  part.kind === 'document' ? { ...part, text: mask(part.text.split('\r\n').map(clean).join('\r\n')) } : part;

const ASKS_FOR_URLS = /^(include_urls|generate_signed(_\w+)?_url)$/;

/** Even Iconik's search history is a write. */
function readsOnly({ readOnly }: Pipeline, args: Args): string | undefined {
  if (!readOnly || args.save_search_history !== true) return undefined;
  return 'save_search_history: true is not allowed, this server runs read-only (--read-only).';
}

/** Shows what would happen, or lets it go on: `undefined` means that the change was shown and is agreed to. */
async function previewed(
  { confirmations, mask }: Pipeline,
  name: string,
  args: Args,
  confirm: unknown,
  { preview, plan, skipConfirm }: Planned,
  caller: Caller,
): Promise<Result | undefined> {
  if (skipConfirm && confirm === undefined) return undefined;
  const shown = [preview, plan];
  const refused = confirm === undefined ? '' : confirmations.refuse(String(confirm), name, args, shown);
  if (refused !== undefined) {
    const token = confirmations.issue(name, args, shown);
    const head = refused ? `${refused} Nothing was changed. This is a new preview.` : 'Nothing has changed yet.';
    const note = `${head} If the person agrees, call again with the same arguments and confirm: ${token} (good for ${CONFIRM_SECONDS} s).`;
    const whole = { note, status: 'preview', ...preview, confirm: token, expires_in_seconds: CONFIRM_SECONDS };
    const { text, structured } = toResult(whole, mask);
    return refused ? { isError: true, text } : { text, ...(structured && { structured }) };
  }
  if (caller.ask && !(await caller.ask(`${preview.summary} Go ahead?`))) {
    return failed({ mask }, `${name}: the person did not agree. Nothing was changed.`);
  }
  return undefined;
}

const failed = ({ mask }: Pick<Pipeline, 'mask'>, text: string): Result => ({
  isError: true,
  text: mask(maskSignatures(text)),
});

function unknownTool(pipeline: Pipeline, name: string): string {
  const reason = pipeline.unavailable(name);
  if (reason) return `The tool ${name} is not available: ${reason}`;
  const near = nearest(name, [...pipeline.tools.keys()]);
  return `There is no tool "${name.slice(0, 60)}".${near ? ` Did you mean ${near}?` : ' See tools/list.'}`;
}
