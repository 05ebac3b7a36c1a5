import { expect, test } from 'vitest';
import { answerOf, ids, world } from '../support/world.ts';

test('a contact sheet goes on from where the last one ended', async () => {
  const made = await world();
  const sheetOf = async (args: object) =>
    answerOf('view_frame', await made.raw('view_frame', { asset: ids.hourClip, every: '1:00', ...args }));
  const first = await sheetOf({});
  expect(first.pictures).toHaveLength(30);
  const next = /at \["([^"]+)"\]/.exec(first.notes.join())?.[1];
  const second = await sheetOf({ at: [next] });
  expect(second.pictures[0]).not.toBe(first.pictures.at(-1));
  expect(new Set([...first.pictures, ...second.pictures]).size).toBe(first.pictures.length + second.pictures.length);
  expect(second.notes.join()).not.toContain('goes on');
});
