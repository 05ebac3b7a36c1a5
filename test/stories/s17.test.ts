import { expect, test } from 'vitest';
import { story, within } from './support.ts';

test('S17 open comments as an EDL with the right drop-frame timecode', async () => {
  const made = await story('Give me the open comments of Season film, grade 2 as an EDL for Resolve. COMMENT');
  const answer = await made.ask('export_markers', {
    asset: 'Season film, grade 2',
    kinds: ['COMMENT'],
    open_only: true,
    format: 'edl',
  });
  const [{ resource }] = answer.content.filter(({ type }: { type: string }) => type === 'resource');
  expect(resource.text).toMatch(/^TITLE: /);
  expect(resource.text).toContain('FCM: DROP FRAME');
  const events = resource.text.match(/^\d{3,6} +\S+ +V +C +01:\d\d:\d\d;\d\d /gm) ?? [];
  expect(events).toHaveLength(5);
  expect(answer.total).toBe(5);
  expect(made.changed()).toEqual({});
  within(made.spent(), 'S17');
});
