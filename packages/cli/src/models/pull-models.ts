import { MediaError } from '@deepffmpeg/core';
import { type Dtype, type ModelTask, type PulledModel, pullModel } from '@deepffmpeg/models';
import { byteSize } from '../byte-size.js';
import type { CliIo } from '../cli-io.js';
import type { ExitCode } from '../exit-code.js';
import { terminalText } from '../terminal-text.js';
import { write } from '../write.js';
import { createDownloadProgress } from './download-progress.js';
import { forEachModel } from './for-each-model.js';
import { setMembers } from './set-members.js';

export interface PullFlags {
  readonly dtype?: Dtype;
  readonly task?: ModelTask;
  readonly json?: boolean;
}

/** Brings models from the hub, those of whole sets, too, and checks those that are there. */
export async function pullModels(names: readonly string[], flags: PullFlags, io: CliIo): Promise<ExitCode> {
  const { json = false, ...options } = flags;
  const { outcomes, code } = await forEachModel(names.flatMap(membersOf), io, async (name) => {
    const pulled = await pullWithProgress(name, options, io);
    if (!json) await write(io.stdout, `${terminalText(summaryOf(pulled))}\n`);
    return pulled;
  });
  if (json) await write(io.stdout, `${JSON.stringify({ models: outcomes }, null, 2)}\n`);
  return code;
}

/** The models that a name of `--models` stands for; any other stands for itself. */
function membersOf(name: string): readonly string[] {
  if (name === 'tiny')
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      'the models of --models tiny are included: there is nothing to download',
    );
  return setMembers(name) ?? [name];
}

/** Brings one model, and shows how far it is. */
export async function pullWithProgress(
  name: string,
  options: Pick<PullFlags, 'dtype' | 'task'>,
  { stderr, signal }: CliIo,
): Promise<PulledModel> {
  const progress = createDownloadProgress(stderr, name);
  try {
    return await pullModel(name, { ...options, onProgress: progress.update, signal });
  } finally {
    progress.stop();
  }
}

function summaryOf({ name, commit, files, bytes, downloadedBytes, path }: PulledModel): string {
  const came = downloadedBytes === 0 ? 'complete' : `${byteSize(downloadedBytes)} downloaded`;
  return `${name}@${commit.slice(0, 12)}: ${files.length} files, ${byteSize(bytes)}, ${came}: ${path}`;
}
