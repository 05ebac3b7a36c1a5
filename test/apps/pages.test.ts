import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executablePath, type Hosts, hosts } from '../support/apps/browser.ts';
import { ids } from '../support/world.ts';

const LOCAL = /^(http:\/\/(127\.0\.0\.1|localhost):\d+\/|data:)/;

// What else each page does is in the slow project: a browser takes a second a page.
describe.skipIf(executablePath === undefined)('each page, in a browser', () => {
  let all: Hosts;
  beforeAll(async () => {
    all = await hosts();
  });
  afterAll(() => all?.[Symbol.asyncDispose]());

  test.each([
    ['find_assets', { limit: 3, media_type: ['video'] }, 'listbox'],
    ['show_asset', { asset: ids.interview }, 'slider'],
    ['set_metadata', { assets: [ids.interview, ids.match], values: { Rating: 4 } }, 'table'],
  ] as const)('shows the answer of %s without an error, and loads from nowhere else', async (tool, args, role) => {
    const { open, view, errors, requests } = await all.visit();
    await open(tool, args);
    await view.getByRole(role).first().waitFor();
    expect(errors).toEqual([]);
    expect(requests.filter((url) => !LOCAL.test(url))).toEqual([]);
  });
});
