import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executablePath, type HostPage, type Hosts, hosts } from '../support/apps/browser.ts';
import { frameOf, lastContext, violations } from '../support/apps/looking.ts';
import { ids } from '../support/world.ts';

describe.skipIf(executablePath === undefined)('the player, in a browser', () => {
  let all: Hosts;
  beforeAll(async () => {
    all = await hosts(['--toolsets', 'tasks,assets,segments']);
  });
  afterAll(() => all?.[Symbol.asyncDispose]());

  interface Opening {
    readonly query?: string;
    readonly tool?: string;
    /** The host lets the page load nothing, whatever it declares. */
    readonly closed?: boolean;
  }

  async function player(asset: string, { query, tool = 'show_asset', closed = false }: Opening = {}) {
    const one = await all.visit(query);
    if (closed) {
      await one.page.route('**/views', (route) => {
        const view = JSON.parse(route.request().postData() ?? '{}');
        return route.continue({ postData: JSON.stringify({ ...view, csp: {} }) });
      });
    }
    await one.open(tool, { asset });
    await one.view.getByRole('slider', { name: 'Position' }).waitFor();
    return one;
  }

  const video = (one: HostPage, what: string): Promise<unknown> =>
    frameOf(one).evaluate(`document.querySelector('video').${what}`);
  const playable = (one: HostPage) =>
    expect.poll(() => video(one, 'readyState'), { timeout: 10_000 }).toBeGreaterThan(1);
  const timecode = ({ view }: HostPage) => view.getByLabel('Timecode').textContent();

  test.each(['show_asset', 'read_transcript', 'read_notes'])(
    'plays the proxy from the storage, and loads from nowhere else (%s)',
    async (tool) => {
      const one = await player(ids.interview, { tool });
      await playable(one);
      expect(await video(one, 'duration')).toBe(1560);
      const source = String(await video(one, 'src'));
      expect(source).toContain('/_storage/');
      const origins = new Set([...one.requests, source].map((url) => new URL(url).origin));
      const own = [one.page.url(), frameOf(one).url(), source].map((url) => new URL(url).origin);
      expect([...origins].sort()).toEqual([...new Set(own)].sort());
      expect(one.errors).toEqual([]);
      const told = await frameOf(one).evaluate(() => fetch('http://127.0.0.1:9/').then(String, String));
      expect(told).toContain('TypeError');
    },
  );

  test('jumps to a comment that is clicked, and shows its drawing', async () => {
    const one = await player(ids.interview);
    await playable(one);
    const drawing = one.view.getByRole('img', { name: /^Drawing of comment \d+: rectangle, later$/ });
    expect(await drawing.count()).toBe(0);
    await one.view
      .getByRole('button', { name: /Comment \d+ · has drawing/ })
      .first()
      .click();
    expect(await timecode(one)).toBe('10:00:31:00');
    expect(await video(one, 'currentTime')).toBeCloseTo(31, 1);
    await drawing.waitFor();
    await one.view.getByRole('button', { name: /^10:00:26:00 Lena Vogt/ }).click();
    expect(await timecode(one)).toBe('10:00:26:00');
    expect(await drawing.count()).toBe(0);
    expect(await one.view.locator('[aria-current]').textContent()).toContain('Santo Amaro dock');
  });

  test('plays and stops by key, and jumps along lanes and slider', async () => {
    const one = await player(ids.interview);
    await playable(one);
    await one.view.getByRole('slider').focus();
    await one.page.keyboard.press('k');
    await expect.poll(() => timecode(one)).not.toBe('10:00:00:00');
    await one.page.keyboard.press('k');
    await one.view.getByRole('button', { name: 'Play', exact: true }).waitFor();
    await one.page.keyboard.press('Home');
    await one.page.keyboard.press('PageUp');
    await one.page.keyboard.press('ArrowRight');
    await one.page.keyboard.press('.');
    expect(await timecode(one)).toBe('10:00:11:01');
    expect(await one.view.getByRole('slider').getAttribute('aria-valuetext')).toBe('10:00:11:01');
    await one.view.locator('.strip.marker .mark').first().click();
    expect(await timecode(one)).toMatch(/^10:06:2\d/);
  });

  test('counts drop frame as the asset does', async () => {
    const one = await player(ids.match);
    expect(await timecode(one)).toBe('01:00:00;00');
    await one.view.getByRole('slider').focus();
    for (let leap = 0; leap < 6; leap += 1) await one.page.keyboard.press('PageUp');
    expect(await timecode(one)).toBe('01:00:59;28');
    await one.page.keyboard.press('.');
    await one.page.keyboard.press('.');
    expect(await timecode(one)).toBe('01:01:00;02');
  });

  test('marks a range with i and o and hands it to the model', async () => {
    const one = await player(ids.interview);
    await one.view.getByRole('slider').focus();
    await one.page.keyboard.press('PageUp');
    await one.page.keyboard.press('i');
    await one.page.keyboard.press('PageUp');
    await one.page.keyboard.press('o');
    await expect
      .poll(() => lastContext(one))
      .toMatchObject({
        content: [{ text: expect.stringContaining(`10:00:10:00-10:00:20:00 of asset ${ids.interview}`) }],
        structuredContent: { asset: ids.interview, in: { milliseconds: 10_000 }, out: { milliseconds: 20_000 } },
      });
    await one.view.getByText('ready for your next message').waitFor();
    await one.view.getByRole('button', { name: 'Add to 10:00:10:00-10:00:20:00' }).waitFor();
    await one.page.keyboard.press('Escape');
    await expect.poll(async () => (await lastContext(one))?.content?.[0]?.text).toMatch(/^No range is marked/);
    const before = (await one.seen()).contexts.length;
    await one.view.getByLabel('Text of the note').pressSequentially('ioio');
    await one.page.waitForTimeout(400);
    expect((await one.seen()).contexts.length, 'letters of a note mark nothing').toBe(before);
  });

  test('writes a note through annotate_asset and shows it', async () => {
    const one = await player(ids.interview);
    await one.view.getByRole('slider').focus();
    await one.page.keyboard.press('PageUp');
    await one.view.getByLabel('Text of the note').fill('12:04 <b>Lower the music</b>');
    await one.view.getByRole('button', { name: 'Add at 10:00:10:00' }).click();
    await one.view.getByText('Added.').waitFor();
    expect((await one.seen()).calls.find(({ name }) => name === 'annotate_asset')).toEqual({
      name: 'annotate_asset',
      arguments: { asset: ids.interview, kind: 'COMMENT', items: ['10000ms'], text: '12:04 <b>Lower the music</b>' },
    });
    await one.view.getByRole('button', { name: /10:00:10:00 · Comment \d+.*<b>Lower the music<\/b>/ }).waitFor();
  });

  test('takes a small proxy as data where the host lets it load nothing', async () => {
    const one = await player(ids.interview, { closed: true });
    await playable(one);
    expect(String(await video(one, 'src'))).toMatch(/^data:video\/mp4;base64,/);
    await one.view
      .getByRole('button', { name: /Comment \d+ · has drawing/ })
      .first()
      .click();
    await expect.poll(() => video(one, 'currentTime')).toBeCloseTo(31, 1);
    expect(one.requests.filter((url) => url.includes('/_storage/') && !url.startsWith('data:'))).toEqual([]);
  });

  test('offers to open a large one in the browser, and its lines work', async () => {
    const one = await player(ids.match, { closed: true });
    await one.view.getByText(/cannot be played here.*larger than/).waitFor({ timeout: 10_000 });
    await one.view.getByRole('button', { name: 'Open it in the browser' }).click();
    expect((await one.seen()).links).toEqual([expect.stringContaining('/_storage/s3/harbour-proxies/')]);
    await one.view.locator('button.line').nth(1).click();
    expect(await timecode(one)).not.toBe('01:00:00;00');
  });

  test('says so where there is no proxy', async () => {
    const one = await player(ids.placeholder);
    await one.view.getByText('There is no proxy to play').waitFor();
    expect(await one.view.getByRole('button', { name: 'Play', exact: true }).count()).toBe(0);
    expect(await violations(one)).toEqual([]);
  });

  test('shows hostile titles, comments and transcripts as text', async () => {
    const one = await all.visit();
    const html = '<img src="http://127.0.0.1:9/a.png" onerror="document.title=1"><script>document.title=2</script>';
    const hostile = `${html} javascript:alert(1) \u202egnp.exe ${'w'.repeat(10_000)}`;
    await one.call('partial_update_asset', { asset_id: ids.trailer, title: hostile });
    await one.call('annotate_asset', {
      asset: ids.trailer,
      kind: 'COMMENT',
      items: ['1000ms'],
      text: hostile.slice(0, 9_000),
    });
    await one.open('show_asset', { asset: ids.trailer });
    await one.view.getByRole('slider').waitFor();
    const text = (await one.view.locator('main').textContent()) ?? '';
    expect(text.split(html).length - 1, 'in the title and a comment').toBe(2);
    expect(text).not.toContain('\u202e');
    const words = hostile.split(' ').map((value, n) => ({ value, start_ms: n * 100, end_ms: n * 100 + 90, score: 1 }));
    await one.call('create_segment', {
      asset_id: ids.trailer,
      segment_type: 'TRANSCRIPTION',
      segment_text: hostile,
      time_start_milliseconds: 0,
      time_end_milliseconds: words.length * 100,
      transcription: { words },
    });
    await one.open('read_transcript', { asset: ids.trailer });
    const line = one.view.locator('.transcript', { hasText: html });
    await line.first().waitFor();
    expect(await line.first().textContent()).not.toContain('\u202e');
    const names = await one.call('name_speakers', { asset: ids.interview, names: { 'Lena Vogt': html } });
    await one.call('name_speakers', { confirm: names.structuredContent.confirm });
    await one.open('read_transcript', { asset: ids.interview });
    await one.view.getByText(html).first().waitFor();
    expect(await one.view.locator('.transcript .who').first().textContent()).toBe(html);
    expect(await frameOf(one).evaluate('document.title')).toBe('Player of Iconik');
    expect(await one.view.locator('main script, main a, main img').count()).toBe(0);
    expect(await frameOf(one).evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(one.requests.filter((url) => url.includes(':9/'))).toEqual([]);
    expect(one.errors).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('has no barrier that axe knows, in %s', async (theme) => {
    const one = await player(ids.interview, { query: `theme=${theme}` });
    await one.view
      .getByRole('button', { name: /Comment \d+ · has drawing/ })
      .first()
      .click();
    expect(await violations(one)).toEqual([]);
  });
});
