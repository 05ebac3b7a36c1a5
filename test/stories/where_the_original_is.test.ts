import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { ids, story, within } from './story.ts';

useJumpingClock();

test('where the original of a pasted address lies', async () => {
  const address = `https://app.iconik.io/asset/${ids.interview}?tab=files`;
  const made = await story(`Where does the original of ${address} live, and is it online?`);
  const { text } = await made.ask('locate_files', { asset: address });
  const file = made.sandbox.store.files.get(ids.interviewFile);
  expect(text).toContain(String(file?.name));
  expect(text).toMatch(/s3:\/\//);
  expect(text).toMatch(/online/);
  expect(text).toContain(String(file?.checksum));
  expect(made.changed()).toEqual({});
  within(made.spent());
});

test('an asset that the user may not see is an error that says so', async () => {
  const address = `https://app.iconik.io/asset/${ids.hidden}`;
  const made = await story(`Where is ${address}?`);
  expect(await made.fail('locate_files', { asset: address })).toMatch(/40[34]/);
});
