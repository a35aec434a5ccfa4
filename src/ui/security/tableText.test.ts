import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableAsCsv, tableAsText } from './tableText.ts';

const columns = [
  { label: 'NAME', text: (row: string[]) => row[0] ?? '' },
  { label: 'MODE', text: (row: string[]) => row[1] ?? '' },
];

describe('a table as text', () => {
  it('has its columns under one another', () => {
    expect(
      tableAsText(columns, [
        ['default', 'STRICT'],
        ['a', 'UNSET'],
      ]),
    ).toBe('NAME      MODE\ndefault   STRICT\na         UNSET\n');
  });
});

describe('a table as CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['', ''],
  ])('writes %j as %j', (text, written) => {
    expect(tableAsCsv(columns, [[text, 'x']])).toBe(`NAME,MODE\r\n${written},x\r\n`);
  });

  it('is read back as what it was', () => {
    const field = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field), { minLength: 1 }), (rows) => {
        expect(readCsv(tableAsCsv(columns, rows)).slice(1)).toEqual(rows);
      }),
    );
  });
});

/** A small reader of RFC 4180, to check the writer by. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)) {
    const [, field = '', end] = match;
    row.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end !== ',') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
