import { readLabelPack } from '@deepffmpeg/combined';
import type { CliIo } from '../cli-io.js';
import { ExitCode } from '../exit-code.js';
import { write } from '../write.js';
import { labelFileText } from './label-file-text.js';

/** Prints a pack as a file, to be looked at or changed. */
export async function showLabelPack(
  name: string,
  { json = false }: { readonly json?: boolean },
  { stdout, signal }: CliIo,
): Promise<ExitCode> {
  const set = await readLabelPack(name, { signal });
  await write(stdout, json ? `${JSON.stringify(set, null, 2)}\n` : labelFileText(set));
  return ExitCode.done;
}
