import { describe, expect, test } from 'vitest';
import { listed } from '../../src/server/schema.ts';
import { toolsets } from '../../src/tools/index.ts';

const sets = toolsets
  .map(({ name, tools }) => [name, Object.entries(tools).filter(([, tool]) => tool.listed)] as const)
  .filter(([, shown]) => shown.length > 0);

/** One file a tool: its diff is the review of the words a model reads. `npm test -- -u` accepts new ones. */
describe.each(sets)('toolset %s', (_, shown) => {
  test.each(shown)('%s is listed as its snapshot says', async (name, tool) => {
    const text = `${JSON.stringify(listed(name, tool), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`__snapshots__/tools/${name}.json`);
  });
});
