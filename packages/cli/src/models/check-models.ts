import { type CheckedFile, checkModel } from '@deepffmpeg/models';
import { byteSize } from '../byte-size.js';
import type { CliIo } from '../cli-io.js';
import type { ExitCode } from '../exit-code.js';
import { sayTo } from '../say.js';
import { terminalText } from '../terminal-text.js';
import { write } from '../write.js';
import { codeOf, forEachModel } from './for-each-model.js';
import { refuseSet } from './set-members.js';

/** Compares models' files with their digests; one that is not whole has failed. */
export async function checkModels(
  names: readonly string[],
  { json = false }: { readonly json?: boolean },
  io: CliIo,
): Promise<ExitCode> {
  for (const name of names) refuseSet(name);
  const { outcomes } = await forEachModel(names, io, async (model) => {
    const { name, path, files } = await checkModel(model, { signal: io.signal });
    if (!json) await write(io.stdout, formatFiles(name, files));
    const bad = files.filter(isBad).map((file) => `${file.name} is ${file.state}`);
    if (bad.length > 0)
      sayTo(io).always(
        `error: ${model}: ${bad.join(', ')}: "deepffmpeg models pull ${model}" downloads these files again`,
      );
    return { name, path, files };
  });
  if (json) await write(io.stdout, `${JSON.stringify({ models: outcomes }, null, 2)}\n`);
  const failed = outcomes.filter((outcome) => 'error' in outcome || outcome.files.some(isBad));
  return codeOf(failed.length, outcomes.length);
}

const isBad = ({ state }: CheckedFile): boolean => state === 'damaged' || state === 'missing';

function formatFiles(name: string, files: readonly CheckedFile[]): string {
  const lines = files.map((file) => `  ${file.state.padEnd(7)}  ${file.name} (${byteSize(file.bytes)})`);
  return `${[name, ...lines].map(terminalText).join('\n')}\n`;
}
