import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';
import type { HostPage, Seen } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The frame of the view, to look into. */
export function frameOf({ page }: HostPage): Frame {
  const frame = page.frames().find((one) => one !== page.mainFrame());
  if (!frame) throw new Error('there is no view');
  return frame;
}

/** The rules of axe that the view breaks, with where. */
export async function violations(one: HostPage): Promise<string[]> {
  const frame = frameOf(one);
  await frame.evaluate(AXE);
  return frame.evaluate(async () => {
    type Violation = { id: string; help: string; nodes: { html: string }[] };
    // What the script above puts there.
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html}`);
  });
}

/** What the model was told last. */
export const lastContext = async ({ seen }: HostPage): Promise<Seen['contexts'][number] | undefined> =>
  (await seen()).contexts.at(-1);
