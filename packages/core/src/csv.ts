import { MediaError } from './media-error.js';

/** One row of RFC 4180: fields are quoted where a comma, a quote or a line break is in them. */
export function formatCsvRow(fields: readonly (string | number)[]): string {
  return `${fields.map((field) => quote(String(field))).join(',')}\n`;
}

const quote = (field: string) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/** What no field without quotes holds. */
const SPECIAL = /[",\r\n]|$/g;

/** What ends a field. */
const END = /,|\r\n|\n|\r|$/y;

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
    const fieldEnd = endOfField(text, position);
    END.lastIndex = fieldEnd;
    const [end] = END.exec(text) ?? [];
    if (end === undefined)
      throw new MediaError('ERR_INPUT', `row ${rows.length + 1} of the CSV has a stray quote`);
    row.push(unquote(text.slice(position, fieldEnd)));
    position = fieldEnd + end.length;
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

/**
 * A quoted field may hold commas, line breaks and doubled quotes; one that is left open ends nowhere. One regular expression
 * for all of it would run out of stack on a field of some megabytes.
 */
function endOfField(text: string, start: number): number {
  if (text[start] !== '"') {
    SPECIAL.lastIndex = start;
    return SPECIAL.exec(text)?.index ?? text.length;
  }
  let quote = text.indexOf('"', start + 1);
  while (quote !== -1 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  return quote === -1 ? Number.POSITIVE_INFINITY : quote + 1;
}

const unquote = (field: string) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);

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
