import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { faultsInWorkflow } from '../support/workflow_check.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly needs?: string | readonly string[];
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: { readonly node: readonly string[] } };
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: object;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');
const files = readdirSync(folder);
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');
const workflow = (file: string): Workflow => parse(textOf(file));
const jobsOf = (file: string): [string, Job][] => Object.entries(workflow(file).jobs);
const stepsOf = (file: string): Step[] => jobsOf(file).flatMap(([, { steps }]) => [...steps]);

test('there is one workflow for changes and one for releases', () => {
  expect(files.sort()).toEqual(['ci.yml', 'release.yml']);
});

describe.each(files)('%s', (file) => {
  test('is valid', async () => {
    expect(await faultsInWorkflow(textOf(file))).toEqual([]);
  });

  test('may only read, but for the jobs that need more', () => {
    expect(workflow(file).permissions).toEqual({ contents: 'read' });
    const more = jobsOf(file).flatMap(([name, { permissions = {} }]) => {
      const writes = Object.keys(permissions).filter((scope) => permissions[scope] === 'write');
      return writes.length > 0 ? [[name, writes]] : [];
    });
    const allowed: Readonly<Record<string, object>> = {
      'ci.yml': {},
      'release.yml': {
        attest: ['id-token', 'attestations'],
        npm: ['id-token'],
        container: ['packages', 'id-token', 'attestations'],
        github: ['contents'],
        registry: ['id-token'],
      },
    };
    expect(Object.fromEntries(more)).toEqual(allowed[file]);
  });

  test('runs no code of strangers with rights of ours', () => {
    expect(Object.keys(workflow(file).on)).not.toContain('pull_request_target');
    // A title or a branch name in an expression would become part of the script.
    for (const { run = '' } of stepsOf(file)) expect(run).not.toContain('${{');
    for (const { uses = '', with: given } of stepsOf(file)) {
      if (uses.startsWith('actions/checkout@')) expect(given).toMatchObject({ 'persist-credentials': false });
    }
  });

  test('takes actions of GitHub and Docker only, by their major version', () => {
    const used = stepsOf(file).flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(3);
    for (const uses of used) expect(uses).toMatch(/^(actions|docker)\/[\w-]+@v\d+$/);
  });

  test('ends each job in time', () => {
    for (const [name, job] of jobsOf(file)) expect(job['timeout-minutes'], name).toBeLessThanOrEqual(90);
  });

  test('calls scripts that are there', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const lines = stepsOf(file).flatMap(({ run = '' }) => run.split('\n'));
    const paths = lines.flatMap((line) => line.match(/(?<=(?:node|bash) )[\w./-]+/g) ?? []);
    expect(paths.length).toBeGreaterThan(1);
    for (const path of paths) expect(existsSync(join(root, path)), path).toBe(true);
    const named = lines.flatMap((line) =>
      [...line.matchAll(/npm (?:run ([\w:-]+)|(test))/g)].map(([, a, b]) => a ?? b),
    );
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });
});

test('each change is tested on the versions of Node.js that .ci/run tests on', () => {
  const [everywhere = ''] = readFileSync(join(root, '.ci/run'), 'utf8').match(/Node\.js \S+ or newer/) ?? [];
  const others = [...readFileSync(join(root, '.ci/run'), 'utf8').matchAll(/tests_on_node (\d+)$/gm)];
  const oldest = /\d+\.\d+/.exec(everywhere)?.[0];
  expect(workflow('ci.yml').jobs.fast?.strategy?.matrix.node).toEqual([
    oldest,
    ...others.map(([, version]) => version),
  ]);
});

test('nothing is published before everything has passed', () => {
  const { jobs } = workflow('release.yml');
  const before = (name: string): string[] =>
    [jobs[name]?.needs ?? []].flat().flatMap((needed) => [needed, ...before(needed)]);
  expect(jobs.check?.steps.map(({ run }) => run)).toContain('bash .ci/run');
  for (const name of Object.keys(jobs).filter((one) => one !== 'check')) expect(before(name)).toContain('check');
});

test.each([
  ['an unknown key', ['timeout-minutes: 20', 'timeout-minuts: 20']],
  ['a job that is not there', ['needs: build', 'needs: bild']],
  ['a step that is not there', ['steps.push.', 'steps.pushed.']],
  ['a right that is not there', ['packages: write', 'package: write']],
  ['an expression that is not closed', ['{{ github.token }}', '{{ github.token']],
  ['an indent', ['    steps:', '   steps:']],
])('the check sees %s', async (_, [text = '', broken = '']) => {
  const whole = textOf('release.yml');
  expect(whole).toContain(text);
  expect(await faultsInWorkflow(whole.replace(text, broken))).not.toEqual([]);
});
