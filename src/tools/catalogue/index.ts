import { toolset } from '../define.ts';
import { change_operation } from './change_operation.ts';
import { read_operation } from './read_operation.ts';
import { run_query } from './run_query/run_query.ts';

export const catalogue = toolset({
  name: 'catalogue',
  description: "Everything else that Iconik's API can do, and programs that read.",
  tools: { read_operation, change_operation, run_query },
});
