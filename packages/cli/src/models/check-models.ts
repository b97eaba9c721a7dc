import { MediaError } from '@deepffmpeg/core';
import { type CheckedFile, checkModel } from '@deepffmpeg/models';
import { byteSize } from '../byte-size.js';
import type { CliIo } from '../cli-io.js';
import type { ExitCode } from '../exit-code.js';
import { terminalText } from '../terminal-text.js';
import { write } from '../write.js';
import { forEachModel } from './for-each-model.js';

/** Compares models' files with their digests; one that is not whole has failed. */
export async function checkModels(
  names: readonly string[],
  { json = false }: { readonly json?: boolean },
  io: CliIo,
): Promise<ExitCode> {
  const checked: object[] = [];
  const { outcomes, code } = await forEachModel(names, io, async (model) => {
    const result = await checkModel(model, { signal: io.signal });
    checked.push({ model, ...result });
    if (!json) await write(io.stdout, formatFiles(result.name, result.files));
    refuseDamaged(model, result.files);
    return result;
  });
  const missing = outcomes.filter(
    ({ model }) => !checked.some((each) => 'model' in each && each.model === model),
  );
  if (json) await write(io.stdout, `${JSON.stringify({ models: [...checked, ...missing] }, null, 2)}\n`);
  return code;
}

function refuseDamaged(model: string, files: readonly CheckedFile[]): void {
  const bad = files.filter(({ state }) => state === 'damaged' || state === 'missing');
  if (bad.length > 0)
    throw new MediaError(
      'ERR_MODEL_MISSING',
      `${model}: ${bad.map(({ name, state }) => `${name} is ${state}`).join(', ')}: ` +
        `"deepffmpeg models pull ${model}" brings it anew`,
    );
}

function formatFiles(name: string, files: readonly CheckedFile[]): string {
  const lines = files.map((file) => `  ${file.state.padEnd(7)}  ${file.name} (${byteSize(file.bytes)})`);
  return `${[name, ...lines].map(terminalText).join('\n')}\n`;
}
