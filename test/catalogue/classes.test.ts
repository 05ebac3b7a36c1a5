import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXCEPTIONS } from '../../src/catalogue/exceptions.ts';
import { loadCatalogue, type Row } from '../../src/catalogue/index.ts';

const { rows } = await loadCatalogue();
/** Route → effect, what leaves the company, and tags, as a reader of all operations judged them. */
const read: Record<string, string> = JSON.parse(readFileSync(new URL('./classes.json', import.meta.url), 'utf8'));

interface Judged {
  readonly effect: string;
  readonly outbound: string | undefined;
  readonly tags: readonly string[];
}

function judged(row: Row): Judged {
  const [effect = '', ...rest] = (read[row.operation.replace(' ', ' /API')] ?? '').split('; ');
  const outbound = rest.find((one) => one.startsWith('out '))?.slice('out '.length);
  return { effect, outbound, tags: rest.filter((one) => !one.startsWith('out ')) };
}

/** Rows for which the two sides differ. */
const differing = (some: readonly Row[], ours: (row: Row) => unknown, theirs: (judged: Judged, row: Row) => unknown) =>
  some
    .map((row) => [row.operation, ours(row), theirs(judged(row), row)] as const)
    .filter(([, a, b]) => JSON.stringify(a) !== JSON.stringify(b));

const isCallable = ({ effect }: Row): boolean => effect !== 'never' && effect !== 'purge';
const callable = rows.filter(isCallable);

describe('the rules of the catalogue', () => {
  test('know each operation once', () => {
    expect(rows.map(({ operation }) => operation.replace(' ', ' /API')).sort()).toEqual(Object.keys(read).sort());
    expect(rows).toHaveLength(953);
  });

  test('judge what each operation does as its reader did', () => {
    expect(
      differing(
        rows,
        (row) => row.effect,
        (one) => one.effect,
      ),
    ).toEqual([]);
  });

  test('know what leaves the company', () => {
    expect(
      differing(
        callable,
        (row) => row.outbound,
        (one) => one.outbound,
      ),
    ).toEqual([]);
  });

  test.each([
    ['access', 'access'],
    ['noWayBack', 'no-way-back'],
    ['capability', 'capability'],
  ] as const)('say %s where the reader does', (key, tag) => {
    expect(
      differing(
        callable,
        (row) => row[key],
        ({ tags }) => tags.includes(tag),
      ),
    ).toEqual([]);
  });

  test('call internal what is for programs or for the search index', () => {
    const marked = ({ tags }: Judged) => tags.includes('internal') || tags.includes('reindex');
    expect(differing(callable, (row) => row.internal, marked)).toEqual([]);
  });

  test('refuse what never goes, what purges, and what deletes all that something holds', () => {
    const refused = ({ effect, tags }: Judged) => ['never', 'purge'].includes(effect) || tags.includes('refuse');
    expect(differing(rows, (row) => row.refuse !== undefined, refused)).toEqual([]);
    for (const { refuse } of rows) if (refuse) expect(refuse).toMatch(/^it /);
  });

  test('ask before what deletes, leaves the company, changes access, or changes many at once', () => {
    const must = callable.filter((row) => {
      const { effect, outbound, tags } = judged(row);
      return effect === 'delete' || outbound || ['access', 'ask', 'bulk-by-filter'].some((tag) => tags.includes(tag));
    });
    expect(must.length).toBeGreaterThan(200);
    expect(must.filter(({ asks }) => !asks).map(({ operation }) => operation)).toEqual([]);
    const more = callable.filter((row) => row.asks && !must.includes(row)).map(({ operation }) => operation);
    const settings = [
      'group/{group_id}',
      'system/current',
      'system/{system_domain_id}',
      'team/{team_id}',
      'user/{user_id}',
    ];
    expect(more.filter((operation) => !EXCEPTIONS.some(({ of }) => of === operation))).toEqual([
      'POST /assets/v1/projects/{project_id}/members/',
      ...['fields/{field_name}', 'views/{view_id}'].flatMap((path) => [
        `PUT /metadata/v1/${path}/`,
        `PATCH /metadata/v1/${path}/`,
      ]),
      ...settings.flatMap((path) => [`PUT /settings/v1/${path}/`, `PATCH /settings/v1/${path}/`]),
      'PUT /users/v1/users/current/',
      'PATCH /users/v1/users/current/',
    ]);
    expect(callable.filter(({ asks, effect }) => asks && effect === 'read')).toEqual([]);
  });

  test('find each value of a body that deletes, nested ones too', () => {
    const marked = ({ tags }: Judged) =>
      tags.filter((tag) => tag.startsWith('deleting-body:')).map((tag) => tag.slice('deleting-body:'.length));
    const top = (row: Row) =>
      row.deletingBody
        .filter(({ field }) => !field.includes('[]'))
        .map(({ field, values }) => `${field}=${values.join('|')}`);
    expect(differing(callable, top, marked)).toEqual([]);
    const nested = callable.filter(({ deletingBody }) => deletingBody.some(({ field }) => field.includes('[]')));
    expect(nested.map(({ operation }) => operation)).toEqual([
      'PUT /assets/v1/assets/',
      'PATCH /assets/v1/assets/',
      'POST /assets/v1/assets/{asset_id}/segments/bulk/',
      'PUT /assets/v1/assets/{asset_id}/segments/bulk/',
    ]);
  });

  test('find each flag that makes a delete final or takes the source away', () => {
    const marked = ({ tags }: Judged) =>
      tags.filter((tag) => tag.startsWith('flag:')).map((tag) => tag.slice('flag:'.length));
    const missing = callable.filter((row) => {
      const names = row.finalFlags.map(({ name }) => name.replace(/^.*\./, ''));
      return marked(judged(row)).some((flag) => !names.includes(flag));
    });
    expect(missing.map(({ operation }) => operation)).toEqual([]);
  });

  test('know where signed addresses, secrets and anything but JSON can come', () => {
    const having = (tag: string) => callable.filter((row) => judged(row).tags.includes(tag));
    const byFlag = having('signed-urls').filter(({ signedUrlFlags }) => signedUrlFlags.length === 0);
    // It has no flag: its answer holds pictures of faces always.
    expect(byFlag.map(({ operation }) => operation)).toEqual([
      'GET /ml/v1/face_recognition/assets/{asset_id}/versions/{version_id}/persons/',
    ]);
    expect(having('secrets').filter(({ secrets }) => !secrets)).toEqual([]);
    expect(having('not-json').filter(({ isJson }) => isJson)).toEqual([]);
    const more = callable.filter((row) => !row.isJson && !judged(row).tags.includes('not-json'));
    expect(more.every(({ internal }) => internal)).toBe(true);
  });

  test('have exceptions that are needed, each for one operation and with its reason', () => {
    expect(new Set(EXCEPTIONS.map(({ of }) => of)).size).toBe(EXCEPTIONS.length);
    for (const { of, because } of EXCEPTIONS) {
      expect(
        rows.some(({ operation }) => operation === of),
        of,
      ).toBe(true);
      expect(because).toMatch(/^[A-Z].{20,}\.$/);
    }
  });
});
