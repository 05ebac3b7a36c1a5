import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { useJumpingClock } from '../support/clock.ts';
import { story, within } from './story.ts';

useJumpingClock();

const WORDS = 'Show me what the Matchday 12 videos look like, all on one sheet, and which one is which.';

const find = { words: '"Matchday 12"', media_type: ['video'] };

test('the posters of what a search found, as one picture with numbers', async () => {
  const made = await story(WORDS);
  const { selection, total } = await made.ask('find_assets', find);
  const sheet = await made.ask('view_frame', { selection });
  expect(sheet.content.filter(({ type }: { readonly type: string }) => type === 'image')).toHaveLength(1);
  expect(sheet.total).toBe(total);
  expect(sheet.pictures).toHaveLength(Math.min(30, total));
  const titles = made.sandbox.store.assets.list().map(({ id, title }) => `"${title}" (${id})`);
  for (const [index, line] of sheet.pictures.entries()) {
    expect(line).toContain(`${index + 1}: `);
    expect(titles).toContain(line.slice(line.indexOf('"')).split(': no picture')[0]);
  }
  expect(made.changed()).toEqual({});
  within(made.spent());
});

/** A storage that has lost two of the pictures, and one that is not what it says. */
const damaged = (sandbox: Sandbox): typeof globalThis.fetch => {
  let asked = 0;
  return async (input, init) => {
    const request = new Request(input, init);
    if (!new URL(request.url).pathname.startsWith('/_storage/')) return sandbox.fetch(request);
    asked += 1;
    if (asked <= 2) return new Response('gone', { status: 404 });
    return asked === 3 ? new Response('<html>sign in</html>') : sandbox.fetch(request);
  };
};

test('pictures that are lost or false are empty places with their reason, and the others are shown', async () => {
  const made = await story(WORDS, { fetch: damaged });
  const { selection, total } = await made.ask('find_assets', find);
  const { pictures, shown, text } = await made.ask('view_frame', { selection });
  const missing = pictures.filter((line: string) => line.includes(': no picture: '));
  expect(missing.join('\n')).toContain('HTTP 404');
  expect(missing.join('\n')).toContain('it is not a picture');
  expect(shown).toBe(Math.min(30, total) - missing.length);
  expect(text).not.toContain('sign in');
});
