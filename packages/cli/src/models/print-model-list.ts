import { byteSize } from '../byte-size.js';
import type { CliIo } from '../cli-io.js';
import { ExitCode } from '../exit-code.js';
import { formatTable } from '../format-table.js';
import { terminalText } from '../terminal-text.js';
import { write } from '../write.js';
import { type ModelRow, readModelRows } from './model-row.js';

/** Tells which models are known, and which are in the cache. */
export async function printModelList(
  { json = false }: { readonly json?: boolean },
  { stdout }: CliIo,
): Promise<ExitCode> {
  const { hubCache, rows } = await readModelRows();
  const text = json
    ? JSON.stringify({ hubCache, models: rows }, null, 2)
    : `${formatTable(['model', 'for', 'in the cache', 'published', 'licence'], rows.map(cellsOf))}\ncache: ${terminalText(hubCache)}`;
  await write(stdout, `${text}\n`);
  return ExitCode.done;
}

function cellsOf({ name, known, cached }: ModelRow): string[] {
  const [result] = known?.results ?? [];
  return [
    terminalText(name),
    known?.task ?? '',
    cached ? byteSize(cached.bytes) : '',
    result ? `${result.percent} % ${result.measure}, ${result.benchmark}` : '',
    known?.licence ?? '',
  ];
}
