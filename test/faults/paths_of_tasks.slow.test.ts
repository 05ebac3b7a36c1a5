import { describe, expect, test } from 'vitest';
import { template } from '../../src/client/route.ts';
import { registry } from '../../src/tools/index.ts';
import { answering, calls } from '../support/calls_of_tasks.ts';
import { ids, world } from '../support/world.ts';

/** What may go out: the routes of the operations, each argument one plain segment and no word of Iconik's paths. */
const PLACE = '(?!(?:all|bulk|contents?|current|from|old|purge|queue|state)(?:/|$))[A-Za-z0-9][A-Za-z0-9_-]*';
const ROUTES = [...registry.values()].flatMap(({ tool }) => {
  if (!tool.route) return [];
  const { method, path } = template(tool.route);
  return new RegExp(`^${method} ${path.replace(/\{\w+\}/g, PLACE)}$`, 'i');
});
const strange = (requests: readonly string[]): string[] =>
  requests.filter((request) => {
    const path = request.split('?')[0] ?? '';
    return !/^\w+ \/_storage\/[\w/.-]+$/.test(path) && !ROUTES.some((route) => route.test(path));
  });

const HOSTILE = [
  '../../../users/v1/users/current',
  '..',
  '%2e%2e%2f%2e%2e%2fx',
  '..%2f..',
  'a?x=1',
  'a#b',
  'a\\..\\b',
  `${ids.interview}/../../x`,
  `${ids.interview}/versions/old`,
  `https://app.iconik.io/asset/../../x`,
  `https://app.iconik.io/asset/${ids.interview}/../../../API/x?y=1#z`,
  'a\r\nX-Evil: y',
  '\0',
  'old',
  'purge',
  '',
  ' ',
  '\u202e\u200b',
  '*',
  '") OR id:(*',
];

// A test each, so that none of them runs out of time on a busy machine.
describe('a task with ../, encoded dots, addresses or line breaks in any argument', () => {
  test.each(calls)('sends only requests that it may send: %s %j', async (name, args, known) => {
    const made = await world();
    for (const argument of known) {
      for (const value of HOSTILE) {
        // One value stands for a list of one; an object takes it as its key and its value.
        const given =
          argument === 'values' || argument === 'where' || argument === 'columns' ? { [value]: value } : value;
        await made.raw(name, { ...args, [argument]: given });
      }
    }
    requested += made.requests.length;
    expect(strange(made.requests)).toEqual([]);
  });

  let requested = 0;
  test('sends requests at all', () => expect(requested).toBeGreaterThan(1_000));
});

describe('tasks that Iconik answers with ids that climb, cut or command', () => {
  const KEYS = 'id asset_id version_id view_ids storage_id parent_id latest_version_id transcription_id'.split(' ');
  const VALUES = ['../../../users/v1/users/current', 'old', 'a?x=1#y', '..%2f..'];
  test.each(KEYS.flatMap((key) => VALUES.map((value) => [key, value] as const)))(
    'send only requests that they may send: %s is %s',
    async (key, value) => {
      const made = await world({ fetch: answering((text, at) => (at === key ? value : text)) });
      for (const [name, args] of calls) await made.raw(name, args);
      expect(strange(made.requests)).toEqual([]);
    },
  );
});
