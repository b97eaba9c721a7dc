import { expect, test } from 'vitest';
import { formatCsvRow, parseCsvTable } from '../src/csv.js';

test('reads back what it writes: commas, quotes and line breaks', () => {
  const fields = ['', '"', 'a "b", c', '""', 'one\r\ntwo', '"",""'];
  expect(parseCsvTable(`a,b,c,d,e,f\n${formatCsvRow(fields)}`, [...'abcdef'])).toEqual([fields]);
});

test('a stray quote is told with its row', () => {
  for (const stray of ['"open', 'in"side', '"a"b'])
    expect(() => parseCsvTable(`a\n${stray}\n`, ['a'])).toThrow('row 2 of the CSV has a stray quote');
});

test.each(['xxx', '"x'])('reads a quoted field of millions of %s', (piece) => {
  const field = `,${piece.repeat(7_000_000)}`;
  const [row] = parseCsvTable(`a\n${formatCsvRow([field])}`, ['a']);
  expect(row?.[0] === field).toBe(true);
});
