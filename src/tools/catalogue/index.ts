import { toolset } from '../define.ts';
import type { Toolset } from '../types.ts';
import { betterTools } from './better.ts';
import { change_operation } from './change_operation.ts';
import { describeOperation } from './describe_operation.ts';
import { findOperations } from './find_operations.ts';
import { read_operation } from './read_operation.ts';
import { run_query } from './run_query/run_query.ts';

/** The tools for what no other tool does. `others` are all other toolsets: what they do better is pointed out. */
export function catalogueOf(others: readonly Toolset[]) {
  const better = betterTools(others);
  return toolset({
    name: 'catalogue',
    description: "Everything else that Iconik's API can do, and programs that read.",
    tools: {
      find_operations: findOperations(better),
      describe_operation: describeOperation(better),
      read_operation,
      change_operation,
      run_query,
    },
  });
}
