import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { column, readSheet, writeCsv } from '../../src/media/sheet.ts';
import { refusal } from './refusal.ts';

const cells = (text: string): (readonly string[])[] => {
  const { headers, rows } = readSheet(text);
  return [headers, ...rows.map((row) => row.cells)];
};

describe('a pasted table', () => {
  test.each([
    ['commas', 'file,in,out\na.mov,12:04,12:31\n', ','],
    ['semicolons', 'file;in;out\na.mov;12:04;12:31', ';'],
    ['tabs', 'file\tin\tout\r\na.mov\t12:04\t12:31\r\n', '\t'],
    ['a byte order mark', '\ufefffile,in,out\na.mov,12:04,12:31', ','],
    ['old line ends', 'file,in,out\ra.mov,12:04,12:31\r', ','],
    ['spaces', ' file , in,out \n a.mov,12:04 , 12:31', ','],
    ['quotes', '"file","in","out"\n"a.mov","12:04", "12:31" ', ','],
  ])('with %s is read', (_, text, delimiter) => {
    const sheet = readSheet(text);
    expect(sheet).toEqual({
      headers: ['file', 'in', 'out'],
      rows: [{ line: 2, cells: ['a.mov', '12:04', '12:31'] }],
      delimiter,
      titles: [],
    });
  });

  test.each([
    [
      'decimal commas between semicolons',
      'a;b\n1,5;2,5\n',
      [
        ['a', 'b'],
        ['1,5', '2,5'],
      ],
    ],
    [
      'commas in a header between tabs',
      'name (last, first, middle)\tin\nx\ty',
      [
        ['name (last, first, middle)', 'in'],
        ['x', 'y'],
      ],
    ],
    [
      'commas in a quoted header',
      '"a, b, c";d\n1;2',
      [
        ['a, b, c', 'd'],
        ['1', '2'],
      ],
    ],
    ['commas in one column', 'note\nhello, world\n', [['note'], ['hello, world']]],
    ['an empty table below its headers', 'a,b', [['a', 'b']]],
  ])('tells the delimiter of %s', (_, text, expected) => {
    expect(cells(text)).toEqual(expected);
  });

  test('may have a byte order mark before a quoted header', () => {
    expect(cells('\ufeff"a,b";c\n1;2')).toEqual([
      ['a,b', 'c'],
      ['1', '2'],
    ]);
  });

  test('may be told its delimiter', () => {
    expect(readSheet('a,b;c\n1,2;3', { delimiter: ',' }).rows[0]?.cells).toEqual(['1', '2;3']);
  });

  test('keeps delimiters, quotes and lines within quotes', () => {
    expect(cells('a,b\n"x, ""y""","one\r\ntwo"\n')).toEqual([
      ['a', 'b'],
      ['x, "y"', 'one\ntwo'],
    ]);
  });

  test('has the lines as an editor counts them', () => {
    const { rows } = readSheet('\n\na,b\n\n"1\n\n1",2\n,\n3,4\r\n\r\n5,6');
    expect(rows.map(({ line, cells: [first] }) => [line, first])).toEqual([
      [5, '1\n\n1'],
      [9, '3'],
      [11, '5'],
    ]);
  });

  test('may have short rows and empty columns at its edge', () => {
    expect(cells('a,b,c,,\n1\n1,,3,,,\n')).toEqual([
      ['a', 'b', 'c'],
      ['1', '', ''],
      ['1', '', '3'],
    ]);
    expect(cells('a,,c\n1,2,3')).toEqual([
      ['a', 'Column 2', 'c'],
      ['1', '2', '3'],
    ]);
  });

  test('from a spreadsheet may have quotes that mean themselves', () => {
    expect(cells('clip\tnote\n5" lens\t"hello" he said\n"open\tx')).toEqual([
      ['clip', 'note'],
      ['5" lens', '"hello" he said'],
      ['"open', 'x'],
    ]);
    expect(cells('clip,note\n5" lens,b')).toEqual([
      ['clip', 'note'],
      ['5" lens', 'b'],
    ]);
  });

  test.each([
    ['', 'The table is empty.'],
    [' \n,,\n', 'The table is empty.'],
    ['a,b\n1,2\n1,2,3', 'Line 3 has 3 cells, the headers are 2. Quote a cell that has the delimiter in it.'],
    ['a, A ,b\n1,2,3', 'Line 1: two columns are called "A". Each needs a name of its own.'],
    ['a,b\n1,2\n"open,3\n4,5', 'a quoted cell is not closed'],
    ['a,b\n"x"y,2', 'Line 2: a quoted cell is not closed, or has text behind its closing quote.'],
  ])('%j is refused with the reason', (text, message) => {
    expect(refusal(() => readSheet(text))).toContain(message);
  });

  test('gives a column by its header, whatever case and spaces', () => {
    const sheet = readSheet('File  Name,IN\na.mov,1:00');
    const [row] = sheet.rows;
    expect(row && column(sheet, ' file name ')?.(row)).toBe('a.mov');
    expect(column(sheet, 'out')).toBeUndefined();
    expect(column(sheet, 'constructor')).toBeUndefined();
  });

  test('never fails but by a refusal', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r', ' ', "'", '=') }), (text) => {
        try {
          const { headers, rows } = readSheet(text);
          for (const row of rows) expect(row.cells).toHaveLength(headers.length);
        } catch (error) {
          expect((error as Error).name).toBe('MediaError');
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writing CSV', () => {
  test('is RFC 4180: CRLF, quotes where they are needed', () => {
    expect(
      writeCsv([
        ['a', 'b,c', 'd"e'],
        [1, true, null],
        [undefined, 'x\ny', ' z'],
      ]),
    ).toBe('a,"b,c","d""e"\r\n1,true,\r\n,"x\ny"," z"\r\n');
    expect(writeCsv([])).toBe('');
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-dark', "'-dark"],
    ['@x', "'@x"],
    ['\tx', '"\'\tx"'],
    ['＝1', "'＝1"],
    ['-5+x', "'-5+x"],
    ['-5', '-5'],
    ['+3,5', '+3,5'],
    ['-1.5%', '-1.5%'],
    [-5, '-5'],
    ["'=x", "''=x"],
    ["'quoted'", "'quoted'"],
    ['10:00:00:00', '10:00:00:00'],
  ])('%j becomes %s', (value, written) => {
    const plain = written.includes(',') ? `"${written}"` : written;
    expect(writeCsv([[value]])).toBe(`${plain}\r\n`);
  });

  test('a row of other delimiters is one cell where the delimiter is stated', () => {
    const written = writeCsv([
      ['h0', 'h1'],
      [';;;;', ''],
    ]);
    expect(readSheet(written, { delimiter: ',' }).rows[0]?.cells).toEqual([';;;;', '']);
    expect(readSheet(`sep=,\n${written}`).rows[0]?.cells).toEqual([';;;;', '']);
  });

  test('reads back as it was', () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\t', '\n', ' ', "'", '=', '-', '5', '\ufeff') }),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 5 })
          .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 })),
        (rows) => {
          const filled = rows.filter((row) => row.some((value) => value !== ''));
          const headers = Array.from({ length: 5 }, (_, index) => `h${index}`);
          const read = readSheet(writeCsv([headers, ...filled]), { delimiter: ',' });
          const expected = filled.map((row) => headers.map((_, index) => row[index] ?? ''));
          expect(read.rows.map((row) => row.cells)).toEqual(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
