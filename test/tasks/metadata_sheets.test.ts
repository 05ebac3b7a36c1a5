import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answer, ids, type World, world } from '../support/world.ts';

const BOTH = { assets: [ids.interview, ids.match] };
const writes = ({ requests }: World): string[] => requests.filter((one) => !/^GET |^POST \/API\/search/.test(one));

/** The document that export_metadata attaches. */
async function sheetOf({ raw }: World, args: Record<string, unknown>): Promise<string> {
  const { content } = await raw('export_metadata', args);
  const [document] = content.flatMap((one) => (one.type === 'resource' ? [one.resource as Answer] : []));
  return document.text;
}

/** Puts values into a field of an asset, as if somebody else had. */
function hold({ sandbox }: World, id: string, name: string, values: readonly unknown[]): void {
  const key = `assets/${id}`;
  const row = sandbox.store.values.get(key) as Answer;
  const metadata_values = { ...row.metadata_values, [name]: { field_values: values.map((value) => ({ value })) } };
  sandbox.store.values.update(key, { metadata_values });
  sandbox.reindex();
}
const held = ({ sandbox }: World, id: string, name: string): unknown[] =>
  ((sandbox.store.values.get(`assets/${id}`) as Answer)?.metadata_values[name]?.field_values ?? []).map(
    ({ value }: Answer) => value,
  );

async function imported(made: World, csv: string): Promise<Answer> {
  const plan = await made.call('import_metadata', { csv });
  expect(plan.status).toBe('preview');
  return made.call('import_metadata', { confirm: plan.confirm });
}

describe('export_metadata', () => {
  test('writes a line per asset: id, title, a column per field of the view, options by label', async () => {
    const made = await world();
    hold(made, ids.match, 'keywords', ['a; b', 'quay', 'say "hi"']);
    const csv = await sheetOf(made, { ...BOTH, columns: ['Editorial'] });
    const [first, second] = parse(csv, { columns: true, bom: true }) as Record<string, string>[];
    expect(Object.keys(first ?? {}).slice(0, 4)).toEqual(['id', 'title', 'Description', 'Content type']);
    expect(first).toMatchObject({
      id: ids.interview,
      title: 'Interview Jordan Reyes, Lisbon',
      'Content type': 'Interview',
    });
    expect(second?.Keywords).toBe('"a; b"; quay; "say ""hi"""');
  });

  test('guards what a spreadsheet would run, and reads it again', async () => {
    const made = await world();
    hold(made, ids.match, 'location_name', ['=HYPERLINK("http://x")']);
    const csv = await sheetOf(made, { ...BOTH, columns: ['Location'], delimiter: 'semicolon' });
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(csv.split('\r\n')[0]).toBe('\ufeffid;title;Location');
    expect(await made.call('import_metadata', { csv })).toMatchObject({ status: 'done', changed: 0, unchanged: 2 });
  });

  test('says how late it is, and wants to know the columns', async () => {
    const made = await world();
    const assets = made.sandbox.store.assets
      .list(({ status }) => status === 'ACTIVE')
      .slice(0, 30)
      .map(({ id }) => id);
    const answer = await made.raw('export_metadata', { assets, columns: ['Rating', 'Clearance'] });
    expect(JSON.stringify(answer)).toContain('lags a few seconds behind');
    expect(await made.refused('export_metadata', BOTH)).toContain('columns');
    const named = await made.call('export_metadata', { assets, columns: ['Title', 'id', 'Rating'] });
    expect(named.columns).toEqual(['Rating']);
    expect(await made.refused('export_metadata', { ...BOTH, columns: ['Nope'] })).toContain('There is no field "Nope"');
  });
});

const text = fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }).filter((one) => one.trim() !== '');
const nasty = fc.oneof(
  text,
  fc.constantFrom(';', '"', '"a', 'a;b', '""', '(empty)', ' x ', 'a\nb', '=1+1', "'=1", '-5', '1,5', '\u202ex', '0012'),
);
/** Three decimals could be thousands, where people wrote them. */
const price = fc.double({ min: 0, max: 1e15, noNaN: true }).filter((one) => !/\.\d{3}$/.test(String(one)));
const FIELDS: readonly (readonly [name: string, label: string, values: fc.Arbitrary<readonly unknown[]>])[] = [
  ['keywords', 'Keywords', fc.uniqueArray(nasty, { maxLength: 4 })],
  ['location_name', 'Location', fc.array(nasty, { maxLength: 1 })],
  ['editor_rating', 'Rating', fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 1 })],
  ['licence_fee_eur', 'Licence fee (EUR)', fc.array(price, { maxLength: 1 })],
  ['shoot_date', 'Shoot date', fc.array(fc.constantFrom('2027-01-02', '1999-12-31'), { maxLength: 1 })],
  ['is_exclusive', 'Exclusive', fc.array(fc.boolean(), { maxLength: 1 })],
  ['rights_territory', 'Territory', fc.subarray(['PT', 'ES', 'gone'])],
];
const anyHeld = fc.record(Object.fromEntries(FIELDS.map(([name, , values]) => [name, values])));

describe('a sheet that goes out and comes in again', () => {
  test('changes nothing, whatever the values are', async () => {
    const made = await world();
    const labels = FIELDS.map(([, label]) => label);
    await fc.assert(
      fc.asyncProperty(anyHeld, fc.constantFrom('comma', 'semicolon', 'tab'), async (values, delimiter) => {
        for (const [name, list] of Object.entries(values)) hold(made, ids.match, name, list);
        const csv = await sheetOf(made, { ...BOTH, columns: labels, delimiter });
        // As spreadsheets save it.
        const saved = fc.sample(fc.boolean(), 1)[0] ? csv.replaceAll('\r\n', '\n') : csv;
        const answer = await made.call('import_metadata', { csv: saved });
        expect(answer, JSON.stringify([values, csv])).toMatchObject({ status: 'done', changed: 0 });
        expect(answer.not_written).toBeUndefined();
      }),
      { numRuns: 60 },
    );
    expect(writes(made)).toEqual([]);
  });

  test('writes into another asset what one holds, exactly', async () => {
    const made = await world();
    const labels = ['Keywords', 'Location', 'Rating', 'Licence fee (EUR)'];
    await fc.assert(
      fc.asyncProperty(anyHeld, async (values) => {
        // What nobody sees is in no sheet.
        const plain = Object.entries(values).filter(
          ([, list]) => list.length > 0 && list.every((one) => /^[\x20-\x7e\n]*$/.test(String(one))),
        );
        for (const [name, list] of plain) hold(made, ids.match, name, list);
        for (const [name] of plain) hold(made, ids.drone, name, []);
        const csv = await sheetOf(made, { assets: [ids.match], columns: labels });
        const plan = await made.call('import_metadata', { csv: csv.replace(ids.match, ids.drone) });
        if (plan.status === 'preview') await made.call('import_metadata', { confirm: plan.confirm });
        for (const [name, list] of plain.filter(([name]) =>
          ['keywords', 'editor_rating', 'licence_fee_eur'].includes(name),
        )) {
          // Values are stored without space at their ends.
          const wanted = (list as unknown[]).map((one) => (typeof one === 'string' ? one.trim() : one));
          expect(held(made, ids.drone, name), JSON.stringify([name, csv])).toEqual([...new Set(wanted)]);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('import_metadata', () => {
  test('shows old and new where something changed, and writes just that', async () => {
    const made = await world();
    hold(made, ids.match, 'editor_rating', [2]);
    hold(made, ids.match, 'keywords', ['quay', 'tide']);
    hold(made, ids.match, 'location_name', ['Pier']);
    const csv = `id,title,Rating,Keywords,Location,Clearance\n${ids.match},,5,quay; harbour,,\n${ids.interview},,,,,Cleared\n`;
    const clearance = held(made, ids.interview, 'rights_clearance');
    const plan = await made.call('import_metadata', { csv });
    expect(plan.affected[0]).toMatch(/^"Matchday 12.*": Rating 2 → 5; Keywords "quay", "tide" → "quay", "harbour"$/);
    expect(plan.notes.join('\n')).toMatch(/Empty cells leave \d+ values as they are: \(empty\) clears\./);
    expect(writes(made)).toEqual([]);
    await made.call('import_metadata', { confirm: plan.confirm });
    expect(held(made, ids.match, 'editor_rating')).toEqual([5]);
    expect(held(made, ids.match, 'keywords')).toEqual(['quay', 'harbour']);
    expect(held(made, ids.match, 'location_name')).toEqual(['Pier']);
    expect(clearance.length).toBeGreaterThan(0);
    expect(await made.call('import_metadata', { csv })).toMatchObject({ status: 'done', changed: 0 });
  });

  test('clears where a cell says so, but no required field', async () => {
    const made = await world();
    hold(made, ids.match, 'location_name', ['Pier']);
    await imported(made, `id,Location\n${ids.match},(empty)\n`);
    expect(held(made, ids.match, 'location_name')).toEqual([]);
    const answer = await made.call('import_metadata', { csv: `id,Description\n${ids.match},(empty)\n` });
    expect(answer.not_written.join()).toMatch(/line 2, invalid: column "Description": Description is required/);
  });

  test('reads what a spreadsheet makes of numbers, dates and truth', async () => {
    const made = await world();
    hold(made, ids.match, 'licence_fee_eur', [1250.5]);
    hold(made, ids.match, 'rights_expiry_date', ['2027-05-04']);
    hold(made, ids.match, 'release_signed', [true]);
    hold(made, ids.interview, 'rights_expiry_date', ['2027-05-04']);
    const head = 'id;Licence fee (EUR);Rights expiry;Release form signed\r\n';
    const same = `\ufeffsep=;\r\n${head}${ids.match};1250,50;5/4/2027;TRUE\r\n`;
    expect(await made.call('import_metadata', { csv: same })).toMatchObject({
      status: 'done',
      changed: 0,
      unchanged: 3,
    });
    await imported(made, `${head}${ids.match};1.300,25;12/31/2027;FALSE\r\n${ids.interview};;6/7/2027;\r\n`);
    expect(held(made, ids.match, 'licence_fee_eur')).toEqual([1300.25]);
    expect(held(made, ids.match, 'rights_expiry_date')).toEqual(['2027-12-31']);
    expect(held(made, ids.match, 'release_signed')).toEqual([false]);
    expect(held(made, ids.interview, 'rights_expiry_date')).toEqual(['2027-06-07']);
    await imported(made, `${head}${ids.match};;3.2.2028;\r\n`);
    expect(held(made, ids.match, 'rights_expiry_date')).toEqual(['2028-02-03']);
    const unsure = await made.call('import_metadata', { csv: `${head}${ids.match};;8/9/2027;\r\n` });
    expect(unsure.not_written.join()).toContain('can be 2027-09-08 or 2027-08-09');
  });

  test('reads dates with months in words, and a year of two digits only where it is the date that was there', async () => {
    const made = await world();
    const expiry = 'rights_expiry_date';
    const sheet = (cell: string) => `id;Rights expiry\r\n${ids.match};${cell}\r\n`;
    for (const cell of ['1 May 2028', '1-May-2028', 'May 1, 2028', '1. MAY 2028']) {
      hold(made, ids.match, expiry, ['2027-05-04']);
      await imported(made, sheet(cell));
      expect(held(made, ids.match, expiry), cell).toEqual(['2028-05-01']);
    }
    for (const cell of ['5/1/28', '01.05.28', '1-May-28'])
      expect(await made.call('import_metadata', { csv: sheet(cell) }), cell).toMatchObject({
        unchanged: 1,
        changed: 0,
      });
    const refusals = {
      '31.12.27': 'can be 1927-12-31 or 2027-12-31. Write it as YYYY-MM-DD.',
      '1. Mai 2028': 'YYYY-MM-DD',
    };
    for (const [cell, words] of Object.entries(refusals)) {
      const { not_written } = await made.call('import_metadata', { csv: sheet(cell) });
      expect(not_written.join()).toContain(words);
    }
  });

  test('writes the other cells of a line where one is refused, and says so', async () => {
    const made = await world();
    hold(made, ids.match, 'editor_rating', [2]);
    hold(made, ids.match, 'rights_expiry_date', ['2027-05-04']);
    const csv = `id,Rating,Rights expiry\n${ids.match},4,soon\n`;
    const plan = await made.call('import_metadata', { csv });
    expect(plan.notes).toContain('Of 1 line with refused cells the other cells are written.');
    const answer = await made.call('import_metadata', { confirm: plan.confirm });
    expect(answer.not_written).toEqual([expect.stringContaining('line 2, invalid: column "Rights expiry"')]);
    expect(held(made, ids.match, 'editor_rating')).toEqual([4]);
    expect(held(made, ids.match, 'rights_expiry_date')).toEqual(['2027-05-04']);
  });

  test('refuses unknown ids, fields and values by line, and takes the rest', async () => {
    const made = await world();
    hold(made, ids.match, 'editor_rating', [2]);
    const csv = [
      'id,Rating,Clearnce,Content type',
      `${ids.match},4,x,`,
      `${ids.interview},9,,`,
      'not an id,1,,',
      'a55e7099-5b1c-11ef-9c3a-0a580a3db916,1,,',
      `${ids.drone},,,Nonsense`,
      `${ids.master},3,,`,
      `${ids.master},4,,`,
    ].join('\n');
    const plan = await made.call('import_metadata', { csv });
    expect(plan.affected).toHaveLength(1);
    const notes = plan.notes.join('\n');
    expect(notes).toContain('Not written: Column "Clearnce": There is no field "Clearnce". Nearest: Clearance.');
    expect(notes).toContain('Not written: line 3, invalid: column "Rating"');
    expect(notes).toContain('Not written: line 4, unknown: "not an id" is not the id of an asset.');
    expect(notes).toContain('Not written: line 5, unknown: search knows no asset a55e7099');
    expect(notes).toContain('Not written: line 6, invalid: column "Content type"');
    expect(notes).toMatch(/line 7, ambiguous: another line is about the same asset/);
    const answer = await made.call('import_metadata', { confirm: plan.confirm });
    expect(answer).toMatchObject({
      changed: 1,
      not_written: expect.arrayContaining([expect.stringContaining('line 6')]),
    });
  });

  test('says so where no line is valid', async () => {
    const made = await world();
    const { notes, not_written } = await made.call('import_metadata', { csv: 'id,Clearance\nxx,Pending\n' });
    expect(notes).toEqual(['Nothing was written: no line is valid, see not_written.']);
    expect(not_written).toHaveLength(1);
  });

  test('refuses a changed read-only value, a sheet without ids, and one without fields', async () => {
    const made = await world();
    const csv = `id,Audio tracks\n${ids.match},77\n`;
    expect((await made.call('import_metadata', { csv })).not_written.join()).toContain('read-only');
    expect(await made.refused('import_metadata', { csv: 'title,Rating\nx,1\n' })).toContain('no column "id"');
    expect(await made.refused('import_metadata', { csv: `id,title\n${ids.match},x\n` })).toContain(
      'no column is a metadata field',
    );
    const { notes } = await made.call('import_metadata', { csv: `id,title,Rating\n${ids.match},Other,5\n` });
    expect(notes.join()).toContain('Titles are not changed, and differ in 1 line:');
  });

  test('is what import_log points to for such a sheet', async () => {
    const made = await world();
    const csv = await sheetOf(made, { ...BOTH, columns: ['Rating'] });
    expect(await made.refused('import_log', { csv })).toContain('import_metadata takes it in by id');
    const byTitle = await made.call('import_log', { csv, columns: { file: 'title' } });
    expect(byTitle.notes.join()).toContain('file or title');
    const alone = await world({ toolsets: ['annotate'] });
    expect((await alone.call('import_log', { csv })).notes.join()).not.toContain('import_metadata');
  });

  test('plans anew where a value has changed meanwhile, and continues a sheet of many', async () => {
    const made = await world();
    const docs = made.sandbox.store.assets.list(({ status }) => status === 'ACTIVE').slice(0, 40);
    const csv = `id,Location\n${docs.map(({ id }, index) => `${id},Quay ${index % 3}`).join('\n')}\n`;
    const plan = await made.call('import_metadata', { csv });
    hold(made, String(docs[0]?.id), 'location_name', ['Elsewhere']);
    expect(await made.refused('import_metadata', { confirm: plan.confirm })).toContain('changed since');
    expect(await imported(made, csv)).toMatchObject({ status: 'done', changed: 40 });
    made.sandbox.reindex();
    expect(await made.call('import_metadata', { csv })).toMatchObject({ changed: 0, unchanged: 40 });
  });
});
