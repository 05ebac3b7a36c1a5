import { describe, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/index.ts';
import { deviationsOf } from '../contract/answers.ts';
import { KNOWN } from '../contract/deviations.ts';

const JOBS = '/API/jobs/v1/jobs/';
const JOB = `${JOBS}a55e7001-5b1c-11ef-9c3a-0a580a3db916/`;
const job = { title: 'Deliver', type: 'CUSTOM', status: 'STARTED' };
const of = (body: unknown, method = 'GET', path = JOB, status = 200): string[] =>
  deviationsOf(method, path, status, body).map(({ year, place, what }) => `${year} ${place} ${what}`);
const both = (...found: string[]): string[] => [2025, 2026].flatMap((year) => found.map((one) => `${year} ${one}`));

describe('an answer of the sandbox', () => {
  test.each([
    ['as described', job, []],
    ['null where a field may be left out', { ...job, message: null }, []],
    ['a misspelt key', { ...job, mesage: 'x' }, both('jobs/JobSchema.mesage unknown')],
    ['no title', { type: 'CUSTOM', status: 'STARTED' }, both('jobs/JobSchema.title missing')],
    ['null for what has to be there', { ...job, title: null }, both('jobs/JobSchema.title null')],
    ['text for a number', { ...job, progress: '40' }, both('jobs/JobSchema.progress is a string')],
    ['half a percent', { ...job, progress: 0.5 }, both('jobs/JobSchema.progress is a number')],
    ['an id of another form', { ...job, id: '7' }, both('jobs/JobSchema.id is no uuid')],
    [
      'a date without a zone',
      { ...job, started_at: '2026-03-01T09:30:00' },
      both('jobs/JobSchema.started_at is no date-time'),
    ],
    ['an unknown value', { ...job, status: 'DONE' }, both('jobs/JobSchema.status is "DONE"')],
    ['a value that came in 2026', { ...job, status: 'DISCARDED' }, ['2025 jobs/JobSchema.status is "DISCARDED"']],
    [
      'a key deep inside',
      { ...job, steps: [{ label: 'a', status: 'DONE', oops: 1 }] },
      both('jobs/JobStep.oops unknown'),
    ],
    ['a list', [], both(`GET ${JOBS}{job_id}/ 200 is an array`)],
    ['nothing', undefined, both(`GET ${JOBS}{job_id}/ 200 missing`)],
  ])('with %s is judged so', (_, body, found) => {
    expect(of(body)).toEqual(found);
  });

  test('with a status that is not described is a deviation', () => {
    expect(of(job, 'POST', JOBS, 200)).toEqual(both(`POST ${JOBS} answers 200`));
  });

  test.each([{ errors: ['No such job'] }, { errors: { title: 'Missing data for required field.' } }])(
    'may be an error: %j',
    (body) => {
      expect(of(body, 'GET', JOB, 404)).toEqual([]);
    },
  );

  test.each([{}, { errors: [] }, { error: 'x' }, 'x', undefined])('that fails says why, which %j does not', (body) => {
    expect(of(body, 'GET', JOB, 404)).toEqual(both(`GET ${JOBS}{job_id}/ 404 no errors`));
  });
});

test.each(KNOWN.filter(({ seen }) => seen.length > 0))(
  'a known deviation is still one: $what $places',
  async ({ year, places, what, seen }) => {
    const sandbox = createSandbox();
    const found: string[] = [];
    for (const { route, body } of seen) {
      const [method = '', path = ''] = route.split(' ');
      const response = await sandbox.fetch(sandbox.origin + path, {
        method,
        headers: { 'app-id': sandbox.appId, 'auth-token': sandbox.authToken, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      sandbox.settle();
      const deviations = deviationsOf(method, path, response.status, await response.json());
      found.push(...deviations.map((one) => `${one.year} ${one.place} ${one.what}`));
    }
    for (const place of places) {
      const years = [2025, 2026].filter((one) => found.includes(`${one} ${place} ${what}`));
      expect(years, place).toEqual(year === undefined ? [2025, 2026] : [year]);
    }
  },
);
