import Table from 'cli-table3';

/** Draws a table. Columns with these titles hold text and lean to the left, all others numbers. */
const TEXTS = ['label', 'model', 'for', 'speed', 'published', 'licence', 'pack', 'holds'];

export function formatTable(head: string[], rows: string[][]): string {
  const table = new Table({
    head,
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 1 },
    colAligns: head.map((title) => (TEXTS.includes(title) ? 'left' : 'right')),
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  table.push(...rows);
  return table.toString();
}
