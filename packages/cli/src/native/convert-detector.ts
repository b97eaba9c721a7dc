import { readFile } from 'node:fs/promises';
import { MediaError, writeAtomicFile } from '@deepffmpeg/core';
import type { CliIo } from '../cli-io.js';
import { ExitCode } from '../exit-code.js';
import { refuseOverwriting } from '../refuse-overwriting.js';
import { requireFolder } from '../require-folder.js';
import { sayTo } from '../say.js';
import { addSsdHead } from './add-ssd-head.js';

export interface ConvertDetectorFlags {
  readonly output: string;
}

/** Turns a YOLOX network into one that ffmpeg's `dnn_detect` reads. */
export async function convertDetector(
  path: string,
  { output }: ConvertDetectorFlags,
  io: CliIo,
): Promise<ExitCode> {
  await refuseOverwriting([{ flag: '--output', path: output }], [{ flag: 'the model', path }]);
  await requireFolder({ flag: '--output', path: output });
  const model = await readFile(path).catch((cause: Error) => {
    throw new MediaError('ERR_MODEL_MISSING', `${path} cannot be read: ${cause.message}`, { cause });
  });
  await writeAtomicFile(output, addSsdHead(model, { name: path }));
  sayTo(io).always(`${path} converted for dnn_detect: ${output}`);
  return ExitCode.done;
}
