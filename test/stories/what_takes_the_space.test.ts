import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Answer, ids, story, within } from './story.ts';

useJumpingClock();

const WORDS =
  'Which videos in Football take the most space? Show codec and size of the largest 10. Then give me all of them above 25 GB that are ProRes 422 HQ, and their size in total.';

type Made = Awaited<ReturnType<typeof story>>;

/** Ids of the assets in a collection and below it that a search may show. */
function under({ sandbox: { store } }: Made, collection: string): string[] {
  const inside = (id: string): string[] =>
    store.contents
      .where('collection_id', id)
      .flatMap(({ object_id, object_type }) =>
        object_type === 'collections' ? inside(String(object_id)) : [String(object_id)],
      );
  return [...new Set(inside(collection))].filter(
    (id) => store.assets.get(id)?.status === 'ACTIVE' && id !== ids.hidden,
  );
}

const bytesOf = ({ sandbox: { store } }: Made, id: string): number =>
  store.files
    .where('asset_id', id)
    .filter(({ status }) => !['DELETED', 'ARCHIVED'].includes(String(status)))
    .reduce((sum, { size }) => sum + Number(size ?? 0), 0);

function picture({ sandbox: { store } }: Made, id: string): Answer {
  const [format] = store.formats.where('asset_id', id).filter(({ name }) => name === 'ORIGINAL');
  return ((format?.components ?? []) as Answer[]).find(({ type }) => type === 'VIDEO')?.metadata ?? {};
}

const isProRes = (made: Made, id: string): boolean => {
  const { format, format_profile } = picture(made, id);
  return `${format} ${format_profile}` === 'ProRes 422 HQ';
};

const idOf = (line: string): string => line.slice(-36);
const largest = { collection: 'Football', media_type: ['video'], sort: 'largest', show: ['codec', 'size'], limit: 10 };
const above = { collection: 'Football', media_type: ['video'], where: { size: '25 GB..', codec: 'ProRes 422 HQ' } };

test('the largest videos with their codec, and all above a size in a codec', async () => {
  const made = await story(WORDS);
  const videos = under(made, ids.football).filter((id) => picture(made, id).format);
  const sizes = videos.map((id) => bytesOf(made, id)).sort((a, b) => b - a);
  const first = await made.ask('find_assets', largest);
  expect(first.hits.map((line: string) => bytesOf(made, idOf(line)))).toEqual(sizes.slice(0, 10));
  for (const line of first.hits) expect(line).toContain(` · codec: ${picture(made, idOf(line)).format}`);
  const wanted = videos.filter((id) => bytesOf(made, id) >= 25e9 && isProRes(made, id));
  expect(wanted.length).toBeGreaterThan(100);
  const second = await made.ask('find_assets', above);
  expect(second.total).toBe(wanted.length);
  expect(second.total_size).toContain(`(${wanted.reduce((sum, id) => sum + bytesOf(made, id), 0)} bytes)`);
  expect(made.changed()).toEqual({});
  within(made.spent());
});

test('videos that nobody has analysed are neither in nor out, and are named', async () => {
  const made = await story(WORDS);
  const [lost = ''] = under(made, ids.football)
    .filter((id) => isProRes(made, id))
    .sort((a, b) => bytesOf(made, b) - bytesOf(made, a));
  for (const row of made.sandbox.store.formats.where('asset_id', lost))
    made.sandbox.store.formats.update(String(row.id), { components: [] });
  made.sandbox.store.assets.update(lost, { media_type: 'video' });
  made.sandbox.settle();
  made.sandbox.reindex();
  const { hits, notes } = await made.ask('find_assets', above);
  expect(hits.join('\n')).not.toContain(lost);
  expect(notes.join('\n')).toContain(made.sandbox.store.assets.get(lost)?.title);
  expect(notes.join('\n')).toMatch(/Not known of \d+ assets?, which may fit or not/);
});
