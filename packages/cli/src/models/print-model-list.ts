import { type KnownModel, modelSets, type PublishedResult } from '@deepffmpeg/models';
import { byteSize } from '../byte-size.js';
import type { CliIo } from '../cli-io.js';
import { ExitCode } from '../exit-code.js';
import { formatTable } from '../format-table.js';
import { terminalText } from '../terminal-text.js';
import { write } from '../write.js';
import { type ModelRow, readModelRows } from './model-row.js';

/** Sets have lines of their own below. */
const HEAD = ['model', 'for', 'speed', 'in the cache', 'published', 'licence'];

/** Tells which models are known, and which are in the cache. */
export async function printModelList(
  { json = false }: { readonly json?: boolean },
  { stdout }: CliIo,
): Promise<ExitCode> {
  const { hubCache, rows } = await readModelRows();
  const text = json
    ? JSON.stringify({ hubCache, models: rows }, null, 2)
    : [tableOf(rows), ...setLines(), `cache: ${terminalText(hubCache)}`].join('\n');
  await write(stdout, `${text}\n`);
  return ExitCode.done;
}

/** A line for each set of `--models`. */
const setLines = () =>
  Object.entries(modelSets).map(
    ([name, { clip, clap, reason }]) => `--models ${name}: ${clip} and ${clap}: ${reason}`,
  );

/** What a published figure says, once below the table in place of in each row. */
function tableOf(rows: readonly ModelRow[]): string {
  const measures = new Set<string>();
  const markOf = ({ measure, benchmark }: PublishedResult) => {
    const text = `${measure}, ${benchmark}`;
    measures.add(text);
    return [...measures].indexOf(text) + 1;
  };
  const table = formatTable(
    HEAD,
    rows.map((row) => cellsOf(row, markOf)),
  );
  return [table, ...[...measures].map((text, i) => `[${i + 1}] ${text}`)].join('\n');
}

function cellsOf({ name, known, cached }: ModelRow, markOf: (result: PublishedResult) => number): string[] {
  const [result] = known?.results ?? [];
  return [
    terminalText(name),
    known?.task ?? '',
    known?.speed?.class ?? '',
    cached ? byteSize(cached.bytes) : placeOf(known),
    result ? `${result.percent} % [${markOf(result)}]` : '',
    known?.licence ?? '',
  ];
}

/** Where one is that `models pull` does not bring. */
function placeOf({ conversion, elsewhere }: Partial<KnownModel> = {}): string {
  if (conversion) return 'needs conversion';
  return elsewhere ? 'not on the hub' : '';
}
