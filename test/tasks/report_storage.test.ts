import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { type Answer, ids, type World, world } from '../support/world.ts';

/** The rows of the CSV beside an answer, by header. */
async function table(made: World, args: Record<string, unknown> = {}): Promise<Record<string, string>[]> {
  const { content } = await made.raw('report_storage', { delimiter: 'comma', ...args });
  const [part] = content.filter(({ type }) => type === 'resource') as Answer[];
  return parse(part.resource.text, { columns: true, delimiter: args.delimiter === 'semicolon' ? ';' : ',' });
}

const bytesOn = ({ sandbox: { store } }: World, storage: string): number =>
  (['files', 'proxies', 'keyframes'] as const)
    .flatMap((name) => store[name].list((row) => row.storage_id === storage))
    .filter(({ status }) => !['DELETED', 'ARCHIVED', 'OPEN', 'MISSING'].includes(String(status)))
    .reduce((sum, { size }) => sum + Number(size ?? 0), 0);

describe('report_storage', () => {
  test('tells by name what each storage holds, by month, and what came', async () => {
    const made = await world();
    const { storages, total, notes } = await made.call('report_storage');
    const line = storages.find((one: string) => one.startsWith('Harbour originals (S3)'));
    expect(line).toMatch(
      /^Harbour originals \(S3\)( · \d{4}-\d\d: [\d.]+ [GT]B \((same|[+-][\d.]+ \w+)\)){3} · \d+ files now$/,
    );
    expect(total).toMatch(/^[\d.]+ [GT]B \(\d+ bytes\), (\+[\d.]+ \wB|same) since the end of \d{4}-\d\d$/);
    expect(notes).toContainEqual(expect.stringMatching(/^Months are UTC/));
    expect(notes).toContainEqual(expect.stringMatching(/^Not in the statistics: .*Old Porto NAS/));
  });

  test('says the figures once, and as CSV only where that is asked for', async () => {
    const made = await world();
    const { content } = await made.raw('report_storage');
    expect(content.some(({ type }) => type === 'resource')).toBe(false);
    const { uri, storages } = await made.call('report_storage');
    expect(uri).toBeUndefined();
    expect(storages.find((one: string) => one.startsWith('Harbour proxies'))).toMatch(
      /0 files now in its list: proxies and keyframes are no files there$/,
    );
  });

  test('attaches all of it as CSV in bytes, which add up to what is stored', async () => {
    const made = await world();
    const rows = await table(made);
    const s3 = rows.filter(({ kind, name }) => kind === 'storage' && name === 'Harbour originals (S3)');
    expect(s3).toHaveLength(4);
    expect(Number(s3.at(-1)?.bytes)).toBe(bytesOn(made, ids.s3Storage));
    expect(s3.at(-1)?.['files or assets']).toBe(
      String(
        made.sandbox.store.files.list(({ storage_id, type }) => storage_id === ids.s3Storage && type === 'FILE').length,
      ),
    );
    expect(await table(made, { delimiter: 'semicolon', months: 1, collections: 0 })).not.toHaveLength(0);
  });

  test('says how much came in a month', async () => {
    const made = await world();
    const [file] = made.sandbox.store.files.where('asset_id', ids.grade);
    const before = await table(made, { months: 1 });
    const [month] = before
      .map((row) => row.month)
      .filter(Boolean)
      .toSorted()
      .reverse();
    const added = {
      ...file,
      id: made.sandbox.store.newId(),
      size: 5_000_000_000_000,
      status: 'CLOSED',
      date_created: `${month}-01T00:00:01.000000+00:00`,
    };
    made.sandbox.store.files.insert({ ...added, storage_id: ids.s3Storage });
    made.sandbox.settle();
    const { storages } = await made.call('report_storage', { months: 1 });
    expect(storages[0]).toMatch(
      new RegExp(`^Harbour originals \\(S3\\) · ${month}: [\\d.]+ TB \\(\\+5( TB|\\.\\d TB)\\)`),
    );
  });

  test('names the biggest collections with their paths, the largest first', async () => {
    const made = await world();
    const { collections } = await made.call('report_storage', { collections: 5 });
    expect(collections).toHaveLength(5);
    expect(collections[0]).toMatch(/^[\d.]+ [GT]B · \d+ assets · ".*" \([0-9a-f-]{36}\)$/);
    const rows = (await table(made, { collections: 50 })).filter(({ kind }) => kind === 'collection');
    const bytes = rows.map((row) => Number(row.bytes));
    expect(bytes).toEqual(bytes.toSorted((a, b) => b - a));
    expect(rows.some(({ name }) => name?.includes('Football / Season 2025'))).toBe(true);
  });

  test('measures only below collections that are large enough, and finds the same ones', async () => {
    const made = await world();
    const every = (await table(made, { collections: 50 })).filter(({ kind }) => kind === 'collection');
    const before = made.requests.length;
    const few = (await table(made, { collections: 3 })).filter(({ kind }) => kind === 'collection');
    const measured = made.requests.slice(before).filter((line) => line.includes('/content/info/')).length;
    expect(few).toEqual(every.slice(0, 3));
    expect(measured).toBeLessThan(made.sandbox.store.collections.list().length);
  });

  test('without the right to statistics says so, and still tells of collections', async () => {
    const made = await world();
    made.sandbox.deny('can_read_stats');
    const answer = await made.call('report_storage');
    expect(answer.storages).toBeUndefined();
    expect(answer.collections.length).toBeGreaterThan(0);
    expect(answer.notes.join('\n')).toMatch(/Use of storages by month: not known.*can_read_stats/);
  });

  test('says which files it could not count', async () => {
    const made = await world();
    made.sandbox.deny('can_list_storage_files');
    const { storages, notes } = await made.call('report_storage', { collections: 0 });
    expect(storages[0]).toContain('files not counted');
    expect(notes.join('\n')).toMatch(/Files of (\d+) of \1 storages were not counted/);
  });

  test('makes no table that is too long for a host, and says how to get a shorter one', async () => {
    const made = await world();
    for (const { id } of made.sandbox.store.collections.list())
      made.sandbox.store.collections.update(String(id), { title: 'x'.repeat(400_000) });
    made.sandbox.settle();
    expect(await made.refused('report_storage', { delimiter: 'comma' })).toMatch(
      /a document of \d+ characters; the limit is 700000.*fewer/,
    );
  });

  test('only reads, and shows no key of a storage', async () => {
    const { raw, requests } = await world();
    expect(JSON.stringify(await raw('report_storage'))).not.toMatch(/secret|AKIA/);
    expect(requests.filter((one) => !/^GET |^POST \/API\/search/.test(one))).toEqual([]);
  });
});
