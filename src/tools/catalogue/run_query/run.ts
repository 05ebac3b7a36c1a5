import { loadCatalogue } from '../../../catalogue/index.ts';
import type { Context } from '../../types.ts';
import { createBudget } from './budget.ts';
import { failureOf } from './failure.ts';
import { createFunctions } from './functions.ts';
import { resultOf } from './result.ts';

/** Runs a program of the model; its reads go the way of all others. Throws `ToolError` where it has no result. */
export async function answerOf(context: Context, source: string) {
  const [catalogue, { runProgram }] = await Promise.all([loadCatalogue(), import('../../../programs/index.ts')]);
  const budget = createBudget(context);
  const seen = new Map<string, readonly string[]>();
  const ending = await runProgram({
    source,
    now: Date.now(),
    functions: createFunctions({ budget, catalogue, seen }),
    time: context.timeLeft(),
    signal: context.signal,
  });
  if (!ending.ok) throw failureOf(ending.fault, budget, seen);
  const { notes = [], ...result } = resultOf(context, ending);
  const all = [...budget.notes, ...notes];
  return { ...result, requests: budget.requests, ...(all.length > 0 && { notes: all }) };
}
