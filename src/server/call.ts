import type { Client } from '../client/types.ts';
import type { Context, Tool } from '../tools/define.ts';
import { ArgumentError, nearest, parseArguments } from './arguments.ts';
import { CONFIRM_SECONDS, type Confirmations } from './confirm.ts';
import { explain } from './explain.ts';
import { project } from './project.ts';
import { type Result, toResult } from './result.ts';
import type { Chosen } from './select.ts';

export interface Pipeline {
  readonly tools: ReadonlyMap<string, Chosen>;
  /** Names that exist but were left out at start, with the reason. */
  readonly left: (name: string) => string | undefined;
  readonly client: Client;
  readonly confirmations: Confirmations;
}

/** One call, from the host's arguments to its answer. Never throws: what fails comes back as a readable error. */
export async function callTool(pipeline: Pipeline, name: string, given: unknown, signal: AbortSignal): Promise<Result> {
  const chosen = pipeline.tools.get(name);
  if (!chosen) return failed(unknownTool(pipeline, name));
  const { tool } = chosen;
  try {
    const args = parseArguments<Record<string, unknown>>(tool.input, given);
    const context = contextFor(pipeline.client, signal);
    const { confirm, ...change } = args;
    if (tool.preview) {
      const shown = await tool.preview(change, context);
      const refused = confirm === undefined ? '' : pipeline.confirmations.refuse(String(confirm), name, change, shown);
      if (refused !== undefined) {
        const fresh = pipeline.confirmations.issue(name, change, shown);
        return preview(shown, fresh, refused);
      }
    }
    const raw = await tool.run(change, context);
    const signed = Object.entries(args).some(([key, value]) => value === true && ASKS_FOR_URLS.test(key));
    return toResult((project(tool.output, raw, { signed }) ?? {}) as Record<string, unknown>);
  } catch (error) {
    return failed(explain(name, tool, error));
  }
}

const ASKS_FOR_URLS = /^(include_urls|generate_signed(_\w+)?_url)$/;

function contextFor(client: Client, signal: AbortSignal): Context {
  const context: Context = {
    signal,
    request: client.request,
    transfer: (url, init) => client.transfer(url, { signal, ...init }),
    async use(tool: Tool, args: Readonly<Record<string, unknown>>) {
      const parsed = tool.input.safeParse(args);
      if (!parsed.success) throw new ArgumentError(parsed.error.message);
      return (await tool.run(parsed.data, context)) as never;
    },
  };
  return context;
}

/** What would happen, and the token that lets it. `refused` says why a token that came did not hold. */
function preview(shown: object, confirm: string, refused: string): Result {
  const answer = {
    status: 'preview',
    ...shown,
    confirm,
    expires_in_seconds: CONFIRM_SECONDS,
  };
  const result = toResult(answer);
  if (!refused) {
    return {
      ...result,
      text: `Nothing has changed yet. If the person agrees, call again with the same arguments and confirm: ${confirm}\n${result.text}`,
    };
  }
  return {
    isError: true,
    text: `${refused} Nothing was changed. This is a new preview with a new token:\n${result.text}`,
  };
}

const failed = (text: string): Result => ({ isError: true, text });

function unknownTool(pipeline: Pipeline, name: string): string {
  const left = pipeline.left(name);
  if (left) return `The tool ${name} is not available: ${left}`;
  const near = nearest(name, [...pipeline.tools.keys()]);
  return `There is no tool "${name.slice(0, 60)}".${near ? ` Did you mean ${near}?` : ' See tools/list.'}`;
}
