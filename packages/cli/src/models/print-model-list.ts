import { type KnownModel, modelSets } from '@deepffmpeg/models';
import { byteSize } from '../byte-size.js';
import type { CliIo } from '../cli-io.js';
import { ExitCode } from '../exit-code.js';
import { formatTable } from '../format-table.js';
import { terminalText } from '../terminal-text.js';
import { write } from '../write.js';
import { type ModelRow, readModelRows } from './model-row.js';

const HEAD = ['model', 'for', 'speed', 'set', 'in the cache', 'published', 'licence'];

/** Tells which models are known, and which are in the cache. */
export async function printModelList(
  { json = false }: { readonly json?: boolean },
  { stdout }: CliIo,
): Promise<ExitCode> {
  const { hubCache, rows } = await readModelRows();
  const text = json
    ? JSON.stringify({ hubCache, models: rows }, null, 2)
    : `${formatTable(HEAD, rows.map(cellsOf))}\n${setLines().join('\n')}\ncache: ${terminalText(hubCache)}`;
  await write(stdout, `${text}\n`);
  return ExitCode.done;
}

/** A line for each set of `--models`. */
const setLines = () =>
  Object.entries(modelSets).map(
    ([name, { clip, clap, reason }]) => `--models ${name}: ${clip} and ${clap}: ${reason}`,
  );

function cellsOf({ name, known, sets = [], cached }: ModelRow): string[] {
  const [result] = known?.results ?? [];
  return [
    terminalText(name),
    known?.task ?? '',
    known?.speed?.class ?? '',
    sets.join(', '),
    cached ? byteSize(cached.bytes) : placeOf(known),
    result ? `${result.percent} % ${result.measure}, ${result.benchmark}` : '',
    known?.licence ?? '',
  ];
}

/** Where one is that `models pull` does not bring. */
function placeOf({ conversion, elsewhere }: Partial<KnownModel> = {}): string {
  if (conversion) return 'needs conversion';
  return elsewhere ? 'not on the hub' : '';
}
