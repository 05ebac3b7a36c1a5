import { toolset } from '../define.ts';
import { find_media_origins } from './find_media_origins.ts';
import { keep_choice } from './keep_choice.ts';
import { load_media } from './load_media.ts';
import { load_pictures } from './load_pictures.ts';
import { load_player } from './load_player.ts';

/** What the pages of this server call for themselves: no model sees these tools. */
export const pages = toolset({
  name: 'pages',
  description: 'For the pages of hosts with MCP Apps.',
  tools: { load_pictures, keep_choice, load_player, load_media, find_media_origins },
});
