import { labelPacks } from '@deepffmpeg/combined';
import type { CliIo } from '../cli-io.js';
import { ExitCode } from '../exit-code.js';
import { formatTable } from '../format-table.js';
import { flagOf } from '../read-pack.js';
import { write } from '../write.js';

/** Tells which labels and categories come with the program. */
export async function printLabelPacks(
  { json = false }: { readonly json?: boolean },
  { stdout }: CliIo,
): Promise<ExitCode> {
  const rows = labelPacks.map((pack) => [`${flagOf(pack)} pack:${pack.name}`, pack.description]);
  const text = json ? JSON.stringify({ packs: labelPacks }, null, 2) : formatTable(['pack', 'holds'], rows);
  await write(stdout, `${text}\n`);
  return ExitCode.done;
}
