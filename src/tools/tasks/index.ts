import { toolset } from '../define.ts';
import { find_assets } from './find_assets.ts';
import { set_metadata } from './set_metadata.ts';

export const tasks = toolset({
  name: 'tasks',
  description: 'What people ask for in one sentence: find, look, read, log, fill in.',
  tools: { find_assets, set_metadata },
});
