import { type Dtype, type ModelTask, whereIs } from '@deepffmpeg/models';
import type { CliIo } from '../cli-io.js';
import { ExitCode } from '../exit-code.js';
import { write } from '../write.js';
import { inShellWords } from './in-shell-words.js';
import { refuseSet } from './set-members.js';

export interface LocateFlags {
  readonly dtype?: Dtype;
  readonly task?: ModelTask;
  readonly json?: boolean;
}

/** Tells the folder of a model's files, for scripts: as it is, though a name may have anything in it. */
export async function locateModel(
  name: string,
  { json = false, ...options }: LocateFlags,
  { stdout }: CliIo,
): Promise<ExitCode> {
  refuseSet(name);
  const { path, name: repository } = await whereIs(name, options).catch((error) => {
    throw inShellWords(error);
  });
  const text = json ? JSON.stringify({ model: name, name: repository, path }, null, 2) : path;
  await write(stdout, `${text}\n`);
  return ExitCode.done;
}
