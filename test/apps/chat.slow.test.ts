import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ARGS, executablePath } from '../support/apps/browser.ts';
import { type Running, start } from '../support/binary.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const CHAT = resolve(import.meta.dirname, '../../scripts/chat.mjs');

describe.skipIf(executablePath === undefined)('the conversation of npm run demo:chat', () => {
  let chat: Running;
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    chat = start({ args: [CHAT, '--no-open'] });
    await once(chat.child.stdout, 'data');
    url = /http:\S+/.exec(chat.stdout())?.[0] ?? '';
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ARGS });
  });
  afterAll(async () => {
    await browser?.close();
    chat?.child.kill();
    await chat?.exit;
  });

  /** A page on it, and every address that it asked for. */
  async function visit(): Promise<{ page: Page; requests: string[]; errors: string[] }> {
    const page = await browser.newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(url);
    return { page, requests, errors };
  }

  /** Says what the button offers, and waits until the person may speak again. Answers what was said. */
  async function say(page: Page): Promise<string> {
    const next = page.locator('#next:enabled');
    const said = (await next.textContent()) ?? '';
    const answers = await page.locator('.model').count();
    await next.click();
    await page.locator('.model').nth(answers).waitFor();
    await next.waitFor();
    return said;
  }

  const answers = (page: Page): Promise<string[]> => page.locator('.model').allTextContents();

  test('runs to its end without an error, changes things only after the yes, and fetches nothing from elsewhere', async () => {
    const { page, requests, errors } = await visit();
    const said: string[] = [];
    while (!(await page.locator('#next:enabled').textContent())?.includes('again')) {
      said.push(await say(page));
      const answer = (await answers(page)).at(-1) ?? '';
      expect(answer).not.toMatch(/did not work/);
      if (said.at(-1)?.includes('clearance')) expect(answer).toMatch(/Nothing has changed yet/);
      if (said.at(-1) === 'Yes.') expect(answer).toMatch(/7 changed/);
    }
    expect(said.at(-1)).toBe('Yes.');
    const elsewhere = requests.filter((address) => !['127.0.0.1', 'localhost'].includes(new URL(address).hostname));
    expect(elsewhere).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('goes on with what the person chose in the gallery', async () => {
    const { page } = await visit();
    await say(page);
    const options = page.frameLocator('iframe').getByRole('option');
    await options.nth(0).click();
    await options.nth(2).click();
    await expect.poll(() => page.locator('#knows').textContent()).toContain('2 assets');
    expect(await say(page)).toMatch(/what I chose/);
    expect((await answers(page)).at(-1)).toMatch(/\b2 assets/);
  });

  test.each(['light', 'dark'] as const)('breaks no rule of accessibility (%s)', async (colorScheme) => {
    const { page } = await visit();
    await page.emulateMedia({ colorScheme });
    await say(page);
    await page.evaluate(AXE);
    const violations = await page.evaluate(async () => {
      // biome-ignore lint/suspicious/noExplicitAny: axe has put itself there
      const found = await (globalThis as any).axe.run({ exclude: ['iframe'] }, { iframes: false });
      return found.violations.map(({ id }: { id: string }) => id);
    });
    expect(violations).toEqual([]);
  });
});
