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

describe('a task', () => {
  test('with ../, encoded dots, addresses or line breaks in any argument sends only requests that it may send', async () => {
    const made = await world();
    for (const [name, args, known] of calls) {
      for (const argument of known) {
        for (const value of HOSTILE) {
          // One value stands for a list of one; an object takes it as its key and its value.
          const given =
            argument === 'values' || argument === 'where' || argument === 'columns' ? { [value]: value } : value;
          await made.raw(name, { ...args, [argument]: given });
        }
      }
    }
    expect(made.requests.length).toBeGreaterThan(1_000);
    expect(strange(made.requests)).toEqual([]);
  }, 120_000);

  test('that Iconik answers with ids that climb, cut or command sends only requests that it may send', async () => {
    const keys = [
      'id',
      'asset_id',
      'version_id',
      'view_ids',
      'storage_id',
      'parent_id',
      'latest_version_id',
      'transcription_id',
    ];
    for (const key of keys) {
      for (const value of ['../../../users/v1/users/current', 'old', 'a?x=1#y', '..%2f..']) {
        const made = await world({ fetch: answering((text, at) => (at === key ? value : text)) });
        for (const [name, args] of calls) await made.raw(name, args);
        expect(strange(made.requests), `${key}: ${value}`).toEqual([]);
      }
    }
  }, 120_000);
});
