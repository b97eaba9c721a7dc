import { removeModel } from '@deepffmpeg/models';
import { byteSize } from '../byte-size.js';
import type { CliIo } from '../cli-io.js';
import type { ExitCode } from '../exit-code.js';
import { terminalText } from '../terminal-text.js';
import { write } from '../write.js';
import { forEachModel } from './for-each-model.js';

/** Takes models out of the cache. */
export async function removeModels(
  names: readonly string[],
  { json = false }: { readonly json?: boolean },
  io: CliIo,
): Promise<ExitCode> {
  const { outcomes, code } = await forEachModel(names, io, async (model) => {
    const { name, path, bytes } = await removeModel(model);
    if (!json) await write(io.stdout, `${terminalText(`${name}: ${byteSize(bytes)} removed: ${path}`)}\n`);
    return { name, path, bytes };
  });
  if (json) await write(io.stdout, `${JSON.stringify({ models: outcomes }, null, 2)}\n`);
  return code;
}
