import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executablePath, type HostPage, type Hosts, hosts } from '../support/apps/browser.ts';
import { frameOf, lastContext, violations } from '../support/apps/looking.ts';
import { ids } from '../support/world.ts';

const ASSETS = [ids.interview, ids.match];

/** Keeps how the button was when it came. */
const RECORDS_YES = `new MutationObserver(() => {
  const yes = document.querySelector('.answer .main');
  if (yes) globalThis.yesAtFirst ??= yes.disabled ? 'disabled' : 'ready';
}).observe(document, { childList: true, subtree: true })`;

describe.skipIf(executablePath === undefined)('the plan, in a browser', () => {
  let all: Hosts;
  beforeAll(async () => {
    all = await hosts();
  });
  afterAll(() => all?.[Symbol.asyncDispose]());

  async function plan(tool: string, args: object, query = ''): Promise<HostPage> {
    const one = await all.visit(query);
    await one.open(tool, { ...args });
    await one.view.getByRole('table').waitFor();
    return one;
  }
  const yes = ({ view }: HostPage) => view.getByRole('button', { name: 'Yes, go ahead' });
  const calls = async (one: HostPage, tool: string) => (await one.seen()).calls.filter(({ name }) => name === tool);
  const metadata = async (one: HostPage) =>
    JSON.stringify((await one.call('read_metadata', { assets: ASSETS, labels: ['Rating'] })).structuredContent);

  test('shows the words of the answer, old and new', async () => {
    const one = await all.visit();
    const answer = (await one.open('set_metadata', { assets: ASSETS, values: { Rating: 4 } })) as {
      structuredContent: { summary: string; affected: string[]; notes: string[] };
    };
    const { summary, affected, notes } = answer.structuredContent;
    await one.view.getByRole('heading', { name: summary }).waitFor();
    expect(await one.view.getByRole('columnheader').allTextContents()).toEqual(['asset', 'label', 'old', 'new']);
    const rows = await Promise.all(
      (await one.view.locator('tbody tr').all()).map((row) => row.locator('td').allInnerTexts()),
    );
    expect(rows.map(([asset, label, old, next]) => `"${asset}": ${label} ${old} → ${next}`)).toEqual(affected);
    for (const note of notes) await one.view.getByText(note).waitFor();
    expect(one.errors).toEqual([]);
  });

  test('carries the token when the person says yes, once, and tells the model', async () => {
    const one = await all.visit();
    await one.page.addInitScript(RECORDS_YES);
    await one.open('set_metadata', { assets: ASSETS, values: { Rating: 4 } });
    await yes(one).click();
    expect(await frameOf(one).evaluate('yesAtFirst'), 'a click meant for something else').toBe('disabled');
    await one.view.getByText('status: done').waitFor();
    expect(await yes(one).count()).toBe(0);
    expect(await calls(one, 'set_metadata')).toEqual([
      { name: 'set_metadata', arguments: { confirm: expect.any(String) } },
    ]);
    expect(await metadata(one)).toContain('4');
    await expect.poll(async () => (await lastContext(one))?.content?.[0]?.text).toMatch(/agreed to the plan.*\n/);
    const [{ arguments: used = {} } = {}] = await calls(one, 'set_metadata');
    const again = await one.call('set_metadata', used);
    expect(again).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('used before') }] });
  });

  test('changes nothing when the person says no', async () => {
    const one = await plan('set_metadata', { assets: ASSETS, values: { Rating: 1 } });
    const before = await metadata(one);
    await one.view.getByRole('button', { name: 'No' }).click();
    await one.view.getByText('Declined: nothing was changed.').waitFor();
    expect(await calls(one, 'set_metadata')).toEqual([]);
    expect(await metadata(one)).toBe(before);
    expect((await lastContext(one))?.content?.[0]?.text).toContain('declined');
  });

  test('shows the new plan where things have changed meanwhile', async () => {
    const one = await plan('set_metadata', { assets: ASSETS, values: { Rating: 2 } });
    const other = await one.call('set_metadata', { assets: ASSETS, values: { Rating: 3 } });
    await one.call('set_metadata', { confirm: other.structuredContent.confirm });
    await yes(one).click();
    await one.view.getByText(/This is a new preview|Nothing was changed/).waitFor();
    const cells = one.view.locator('tbody tr').first().locator('td');
    expect((await cells.allTextContents()).slice(2)).toEqual(['3', '2']);
    await yes(one).click();
    await one.view.getByText('status: done').waitFor();
    expect(await calls(one, 'set_metadata')).toHaveLength(2);
  });

  test('filters many lines, and says that yes means all', async () => {
    const items = Array.from(
      { length: 30 },
      (_, n) => `0:${String(n + 10)} mark ${n % 3 === 0 ? 'goal' : 'pass'} ${n}`,
    );
    const one = await plan('annotate_asset', { asset: ids.interview, items });
    await one.view.getByRole('searchbox', { name: 'Filter the lines' }).fill('GOAL');
    expect(await one.view.locator('tbody tr:visible').count()).toBe(10);
    await one.view.getByText('10 of 30 shown; yes means all').waitFor();
  });

  test('shows the text of an answer without a plan', async () => {
    const one = await all.visit();
    await one.open('annotate_asset', { asset: ids.match, items: ['0:10 One marker'] });
    await one.view.getByText('status: done').waitFor();
    expect(await yes(one).count()).toBe(0);
  });

  test('shows hostile words as text', async () => {
    const html = '<img src=http://127.0.0.1:9/a.png onerror=document.title=1>';
    const items = ['0:10', '0:20', '0:30', '0:40', '0:50', '1:00'].map(
      (time) => `${time} ${html} ${'w'.repeat(2_000)}`,
    );
    const one = await plan('annotate_asset', { asset: ids.trailer, items });
    expect(await one.view.locator('tbody tr').first().textContent()).toContain('<img src=');
    expect(await one.view.locator('img, main script').count()).toBe(0);
    expect(await frameOf(one).evaluate('document.title')).toBe('Plan of Iconik');
    expect(one.requests.filter((url) => url.includes(':9/'))).toEqual([]);
  });

  test.each(['light', 'dark'])('has no barrier that axe knows, in %s', async (theme) => {
    const one = await plan('delete_assets', { assets: ASSETS }, `theme=${theme}`);
    await one.page.waitForTimeout(700);
    expect(await violations(one)).toEqual([]);
  });
});
