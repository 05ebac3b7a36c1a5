import type { Client } from '../client/types.ts';
import type { Attachment, Context } from '../tools/context.ts';
import type { Tool } from '../tools/define.ts';
import type { Shelf } from '../tools/shelf.ts';
import { project } from './project.ts';

/** What one call left behind. */
export interface Trace {
  /** Of the last request. */
  status?: number;
  requestId?: string;
  failure?: unknown;
  readonly attached: Attachment[];
}

export interface Means {
  readonly client: Client;
  readonly shelf: Shelf;
  readonly signal: AbortSignal;
  /** Milliseconds from now until the answer has to be given. */
  readonly soft: number;
  readonly progress: Context['progress'];
}

export function createContext({ client, shelf, signal, soft, progress }: Means, trace: Trace): Context {
  const end = performance.now() + soft;
  const context: Context = {
    signal,
    shelf,
    progress,
    left: () => Math.max(0, end - performance.now()),
    attach: (part) => void trace.attached.push(part),
    async request(route, args, options) {
      const answer = await client.request(route, args, options);
      trace.status = answer.status;
      if (answer.requestId) trace.requestId = answer.requestId;
      return answer;
    },
    transfer: (url, init) => client.transfer(url, { signal, ...init }),
    async use(tool: Tool, args: Readonly<Record<string, unknown>>) {
      const raw = await tool.run(tool.input.parse(args), context);
      return project(tool.output, raw, { signed: true }) as never;
    },
  };
  return context;
}
