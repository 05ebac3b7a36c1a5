import { describe, expect, test } from 'vitest';
import { listed } from '../../src/server/schema.ts';
import { toolsets } from '../../src/tools/index.ts';

/** One file a tool: its diff is the review of the words a model reads. `npm test -- -u` accepts new ones. */
describe.each(toolsets.map((set) => [set.name, set] as const))('toolset %s', (_, set) => {
  const shown = Object.entries(set.tools).filter(([, tool]) => tool.listed);
  test.each(shown)('%s is listed as its snapshot says', async (name, tool) => {
    const text = `${JSON.stringify(listed(name, tool), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`__snapshots__/tools/${name}.json`);
  });
});
