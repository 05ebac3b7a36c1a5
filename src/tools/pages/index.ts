import { toolset } from '../define.ts';
import { keep_choice } from './keep_choice.ts';
import { load_pictures } from './load_pictures.ts';

/** What the pages of this server call for themselves: no model sees these tools. */
export const pages = toolset({
  name: 'pages',
  description: 'For the pages of hosts with MCP Apps.',
  tools: { load_pictures, keep_choice },
});
