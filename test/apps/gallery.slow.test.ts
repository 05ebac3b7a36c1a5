import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executablePath, type HostPage, type Hosts, hosts } from '../support/apps/browser.ts';
import { frameOf, lastContext, violations } from '../support/apps/looking.ts';
import { ids } from '../support/world.ts';

describe.skipIf(executablePath === undefined)('the gallery, in a browser', () => {
  let all: Hosts;
  beforeAll(async () => {
    all = await hosts(['--toolsets', 'tasks,assets']);
  });
  afterAll(() => all?.[Symbol.asyncDispose]());

  /** A host of its own with the gallery of `find_assets`. */
  async function gallery(args: object = {}, query = ''): Promise<HostPage> {
    const one = await all.visit(query);
    await one.open('find_assets', { limit: 40, media_type: ['video'], ...args });
    await one.view.getByRole('option').first().waitFor();
    return one;
  }

  test.each(['', 'revision=2026-07-28'])('shows what find_assets found, with pictures (%s)', async (query) => {
    const { view, errors, seen, requests } = await gallery({}, query);
    expect(await view.getByRole('option').count()).toBe(40);
    await expect.poll(() => view.locator('.picture img').count()).toBeGreaterThan(8);
    const calls = (await seen()).calls.filter(({ name }) => name === 'load_pictures');
    const batches = calls.map(({ arguments: args = {} }) => args.assets as string[]);
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(20);
    const asked = batches.flat();
    expect(asked.length, 'those far from being seen wait').toBeLessThan(40);
    expect(new Set(asked).size).toBe(asked.length);
    expect(errors).toEqual([]);
    expect(requests.filter((url) => !/^(http:\/\/(127\.0\.0\.1|localhost):\d+\/|data:)/.test(url))).toEqual([]);
  });

  test('hands what is chosen to the model, as a selection that tools take', async () => {
    const one = await gallery();
    const options = one.view.getByRole('option');
    await options.nth(1).click();
    await options.nth(4).click();
    await expect
      .poll(() => lastContext(one))
      .toMatchObject({ structuredContent: { assets: [{}, {}].map(() => expect.any(String)) } });
    const { content, structuredContent } = (await lastContext(one)) ?? {};
    expect(content?.[0]?.text).toMatch(/^The person chose 2 assets in the gallery: selection sel_\w{6}\.$/);
    const { selection } = structuredContent as { readonly selection: string };
    expect((await one.call('read_metadata', { selection })).structuredContent).toMatchObject({ total: 2 });
    expect(await one.view.getByRole('status').first().textContent()).toContain('2 chosen');
    await one.view.getByRole('button', { name: 'Clear' }).click();
    await expect
      .poll(() => lastContext(one))
      .toMatchObject({ content: [{ text: 'Nothing is chosen in the gallery.' }] });
    expect(await one.view.locator('[aria-selected="true"]').count()).toBe(0);
  });

  test('is moved through and chosen from by keys', async () => {
    const one = await gallery();
    const { keyboard } = one.page;
    const focused = () =>
      frameOf(one).evaluate('[...document.querySelectorAll("[role=option]")].indexOf(document.activeElement)');
    const columns = Number(
      await frameOf(one).evaluate(
        'getComputedStyle(document.querySelector(".grid")).gridTemplateColumns.split(" ").length',
      ),
    );
    await one.view.getByRole('option').first().focus();
    for (const [key, at] of [
      ['ArrowRight', 1],
      ['ArrowDown', 1 + columns],
      ['ArrowLeft', columns],
      ['ArrowUp', 0],
      ['ArrowUp', 0],
    ] as const) {
      await keyboard.press(key);
      expect(await focused(), key).toBe(at);
    }
    await keyboard.press('Space');
    await keyboard.press('ArrowRight');
    await keyboard.press('Space');
    const chosen = one.view.locator('[aria-selected="true"]');
    expect(await chosen.count()).toBe(2);
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    expect(await chosen.count()).toBe(1);
    await expect.poll(async () => (await lastContext(one))?.content?.[0]?.text).toMatch(/one asset \([\w-]{36}\)/);
    await keyboard.press('Escape');
    expect(await chosen.count()).toBe(0);
    expect(await one.view.locator('[role=option][tabindex="0"]').count(), 'one stop for the tab key').toBe(1);
  });

  test.each(['light', 'dark'] as const)('has no barrier that axe knows, in %s', async (theme) => {
    const one = await gallery({}, `theme=${theme}`);
    await one.view.getByRole('option').nth(1).click();
    await one.view.locator('.picture img').first().waitFor();
    expect(await violations(one)).toEqual([]);
    await one.open('view_frame', { asset: ids.match, at: ['10s', '5:00'] });
    await one.view.locator('figure img').first().waitFor();
    expect(await violations(one)).toEqual([]);
    await one.open('collect_assets', { assets: [ids.match, ids.master], into: 'Axe', create_collection: true });
    await one.view.getByRole('button', { name: 'No' }).waitFor();
    expect(await violations(one)).toEqual([]);
  });

  test('names an option by title, kind, length and state, and says where there is no picture', async () => {
    const one = await gallery({ media_type: ['audio'] });
    await one.view
      .getByRole('option', { name: /\S audio · \d+:\d\d/ })
      .first()
      .waitFor();
    await one.view.getByText('No picture').first().waitFor();
  });

  test('shows frames with the lines that say what they are', async () => {
    const one = await all.visit();
    await one.open('view_frame', { asset: ids.match, at: ['10s', '5:00'] });
    await expect.poll(() => one.view.locator('figure img').count()).toBe(2);
    expect(await one.view.locator('figcaption').first().textContent()).toMatch(/keyframe of \d\d:\d\d:\d\d/);
    expect(await frameOf(one).evaluate('document.querySelector("figure img").naturalWidth')).toBeGreaterThan(100);
  });

  test('carries the confirm token of a plan when the person says yes, once', async () => {
    const one = await all.visit();
    const args = { assets: [ids.match, ids.master], into: 'From the page', create_collection: true };
    await one.open('collect_assets', args);
    expect(await one.view.getByRole('option').count()).toBe(2);
    await one.view.getByRole('button', { name: 'Yes, go ahead' }).click();
    await expect.poll(() => one.view.locator('.plan').textContent()).toContain('added: 2');
    expect(await one.view.getByRole('button', { name: 'Yes, go ahead' }).count()).toBe(0);
    const calls = (await one.seen()).calls.filter(({ name }) => name === 'collect_assets');
    expect(calls).toEqual([{ name: 'collect_assets', arguments: { confirm: expect.any(String) } }]);
    await expect
      .poll(async () => (await lastContext(one))?.content?.[0]?.text)
      .toMatch(/agreed to the plan on the page.*\n/);
    await one.open('collect_assets', { ...args, into: 'Never made' });
    await one.view.getByRole('button', { name: 'No' }).click();
    expect((await one.seen()).calls.filter(({ name }) => name === 'collect_assets')).toHaveLength(1);
    expect(await one.call('find_assets', { kind: 'collections', words: '"Never made"' })).toMatchObject({
      structuredContent: { total: 0 },
    });
  });

  test('says what an answer without hits says', async () => {
    const one = await all.visit();
    await one.open('find_assets', { words: 'xyzzyplugh' });
    await expect.poll(() => one.view.locator('.message').textContent()).toContain('total: 0');
    expect(await one.view.locator('.message').textContent()).not.toContain('library-data');
  });

  test('shows hostile titles as text, runs nothing and loads nothing', async () => {
    const one = await all.visit();
    const hostile = [
      '<img src="http://127.0.0.1:9/a.png" onerror="document.title=1"><script>document.title=2</script>',
      'javascript:alert(1) "><svg onload=document.title=3> hostilecase',
      `hostilecase \u202egnp.exe\u202c \u2066x ${'w'.repeat(10_000)}`,
      '</script><style>main{display:none}</style>&lt;b&gt; hostilecase',
    ];
    const assets = [ids.match, ids.master, ids.interview, ids.trailer];
    for (const [index, asset_id] of assets.entries())
      await one.call('partial_update_asset', { asset_id, title: `hostilecase ${hostile[index]}` });
    await expect
      .poll(async () => (await one.call('find_assets', { words: 'hostilecase' })).structuredContent.total)
      .toBe(assets.length);
    await one.open('find_assets', { words: 'hostilecase' });
    await one.view.locator('.picture img').first().waitFor();
    const texts = await one.view.locator('.title').allTextContents();
    expect(texts.find((text) => text.includes('<img src='))).toContain('onerror="document.title=1"><script>');
    expect(texts.find((text) => text.includes('</script><style>'))).toContain('&lt;b&gt;');
    expect(texts.join()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(500);
    expect(await frameOf(one).evaluate('document.title')).toBe('Gallery of Iconik');
    expect(await one.view.locator('script, style, svg, a, main img[src^="http"]').count()).toBe(2);
    expect(await frameOf(one).evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(one.requests.filter((url) => url.includes(':9/'))).toEqual([]);
    expect(one.errors).toEqual([]);
  });

  test('can load nothing that the page does not declare', async () => {
    const one = await gallery();
    const tried = await frameOf(one).evaluate(() => fetch('http://127.0.0.1:9/').then(String, String));
    expect(tried).toContain('TypeError');
    expect(one.errors.join()).toContain('Content Security Policy');
    expect(
      await frameOf(one).evaluate('(() => { try { return parent.document.title } catch (e) { return e.name } })()'),
    ).toBe('SecurityError');
  });
});
