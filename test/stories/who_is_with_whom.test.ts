import { expect, test } from 'vitest';
import { useJumpingClock } from '../support/clock.ts';
import { type Story, story, within } from './story.ts';

useJumpingClock();

/** Assets with both on their only or last version, and seconds of each pair of times that overlap, by the tables. */
function together({ sandbox }: Story, names: readonly string[]): Map<string, number> {
  const { persons, appearances, segments } = sandbox.store;
  const [a, b] = names.map((name) => persons.list((one) => one.name === name)[0]?.id);
  const of = (id: unknown) => appearances.list((row) => row.person_id === id).map(({ version_id }) => version_id);
  const both = of(a).filter((version) => of(b).includes(version));
  return new Map(
    both.map((version) => {
      const [row] = appearances.list((one) => one.version_id === version);
      const asset = String(row?.asset_id);
      const own = segments.where('asset_id', asset).filter((one) => one.version_id === version);
      const times = (id: unknown) => own.filter((one) => one.person_id === id);
      const overlaps = times(a).flatMap((x) =>
        times(b).map((y) =>
          Math.max(
            0,
            Math.min(Number(x.time_end_milliseconds), Number(y.time_end_milliseconds)) -
              Math.max(Number(x.time_start_milliseconds), Number(y.time_start_milliseconds)),
          ),
        ),
      );
      return [asset, overlaps.reduce((sum, one) => sum + one, 0)];
    }),
  );
}

const PAIR = ['Jordan Reyes', 'Lena Vogt'];

test('where two people are on screen together for at least ten seconds', async () => {
  const made = await story('In which clips are Jordan Reyes and Lena Vogt together on screen for at least 10s?');
  const found = await made.ask('find_people', { people: PAIR, at_least: '10s' });
  const wanted = [...together(made, PAIR)].filter(([, time]) => time >= 10_000).map(([id]) => id);
  expect(wanted.length).toBeGreaterThan(0);
  expect(found.total).toBe(wanted.length);
  for (const id of wanted) expect(found.text).toContain(id);
  expect(found.text).toMatch(/Not analysed for faces: \d+ of \d+ videos and images/);
  expect(made.changed()).toEqual({});
  within(made.spent());
});

test('the mean twin: somebody whom only the metadata names is not passed off as found', async () => {
  const made = await story('In which clips is Jordana Reyes on screen?');
  const text = await made.fail('find_people', { people: ['Jordana Reyes'] });
  expect(text).toMatch(/knows nobody called "Jordana Reyes".*Nearest: .*"Jordan Reyes".*find_assets/s);
  expect(made.changed()).toEqual({});
});
