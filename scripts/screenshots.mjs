// Pictures of the pages for the README, from the built server with the sandbox, in Debian's chromium.
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { shownAt, startApps } from './apps/start.mjs';
import { args, executablePath } from './chromium.mjs';

const docs = resolve(import.meta.dirname, '../docs');
if (!executablePath) throw new Error('No chromium here: apt-get install chromium.');

/** Name of the file, tool with its arguments, and what is done before the picture is taken. */
const SHOTS = [
  {
    name: 'gallery',
    tool: 'find_assets',
    args: { media_type: ['video'], limit: 40 },
    async prepare(view, page) {
      await view.locator('.picture img').nth(11).waitFor();
      for (const nth of [1, 6]) await view.getByRole('option').nth(nth).click();
      await view.getByText('2 chosen: ready for your next message').waitFor();
      await page.mouse.move(0, 0);
    },
  },
  {
    name: 'player',
    tool: 'show_asset',
    args: { asset: 'a55e7001-5b1c-11ef-9c3a-0a580a3db916' },
    async prepare(view, page) {
      await view.getByRole('slider', { name: 'Position' }).waitFor();
      await view.locator('video').waitFor();
      // The first frame of a video comes after its length.
      await page.waitForTimeout(1_500);
    },
  },
  {
    name: 'plan',
    tool: 'set_metadata',
    args: { collection: 'Season 2025', first: 12, values: { Rating: 4 } },
    async prepare(view, page) {
      await view.getByRole('table').waitFor();
      await page.waitForTimeout(1_500);
    },
  },
];

const { url, close } = await startApps(['--rate', '0']);
const browser = await chromium.launch({ executablePath, args });
for (const { name, tool, args: given, prepare } of SHOTS) {
  const page = await browser.newPage({ viewport: { width: 880, height: 1_000 } });
  await page.goto(shownAt(url, tool, given));
  await prepare(page.frameLocator('iframe'), page);
  await page.locator('iframe').screenshot({ path: join(docs, `${name}.png`) });
  await page.close();
  console.log(`docs/${name}.png`);
}
await browser.close();
await close();
process.exit(0);
