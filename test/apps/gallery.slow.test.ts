import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executablePath, type Hosts, hosts } from '../support/apps/browser.ts';

describe.skipIf(executablePath === undefined)('the gallery, in a browser', () => {
  let all: Hosts;
  beforeAll(async () => {
    all = await hosts();
  });
  afterAll(() => all?.[Symbol.asyncDispose]());

  test.each(['', 'revision=2026-07-28'])('shows what find_assets found, with pictures (%s)', async (query) => {
    const { open, view, errors, seen } = await all.visit(query);
    await open('find_assets', { media_type: ['video'], limit: 30 });
    await view.getByRole('option').first().waitFor();
    expect(await view.getByRole('option').count()).toBe(30);
    await view.locator('.picture img').first().waitFor();
    await expect.poll(() => view.locator('.picture img').count()).toBeGreaterThan(8);
    expect((await seen()).calls.map(({ name }) => name)).toContain('load_pictures');
    expect(errors).toEqual([]);
  });
});
