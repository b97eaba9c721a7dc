import { MediaError } from './media-error.js';

/** One row of RFC 4180: fields are quoted where a comma, a quote or a line break is in them. */
export function formatCsvRow(fields: readonly (string | number)[]): string {
  return `${fields.map((field) => quote(String(field))).join(',')}\n`;
}

const quote = (field: string) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/** A field, then what ends it; a quoted field may hold commas, line breaks and doubled quotes. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * Reads rows of RFC 4180; empty lines are left out.
 *
 * @throws {MediaError} `ERR_INPUT`, naming the row, when a quote is left open or stands inside an unquoted field.
 */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let position = 0;
  while (position < text.length || row.length > 0) {
    FIELD.lastIndex = position;
    const match = FIELD.exec(text);
    if (!match) throw new MediaError('ERR_INPUT', `row ${rows.length + 1} of the CSV has a stray quote`);
    const [whole, quoted, plain = '', end] = match;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    position += whole.length;
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

/**
 * Reads a table with a known header; gives the rows below it. A byte order mark, which spreadsheets put before it, is left out.
 *
 * @throws {MediaError} `ERR_INPUT` when the header is another, and as `parseCsv` does.
 */
export function parseCsvTable(text: string, header: readonly string[]): string[][] {
  const [found, ...rows] = parseCsv(text.replace(/^\uFEFF/, ''));
  if (found?.join() === header.join()) return rows;
  throw new MediaError(
    'ERR_INPUT',
    `expected the header ${header.join()}, got ${found?.join() ?? 'nothing'}`,
  );
}
