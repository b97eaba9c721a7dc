import { readdir } from 'node:fs/promises';
import { findFfmpeg } from '@deepffmpeg/ffmpeg-filters';
import { cacheFolders, listDevices } from '@deepffmpeg/models';
import type { CliIo } from './cli-io.js';
import { ExitCode } from './exit-code.js';
import { terminalText } from './terminal-text.js';
import { write } from './write.js';

export interface DoctorFlags {
  readonly json?: boolean;
}

interface Finding {
  readonly name: string;
  readonly isReady: boolean;
  readonly detail: string;
}

/** Tells what is ready and what is not; fails when something that every run needs is missing. */
export async function doctor({ json = false }: DoctorFlags, { stdout, signal }: CliIo): Promise<ExitCode> {
  const findings = await Promise.all([
    checkNode(),
    checkFfmpeg(signal),
    checkRuntime(),
    checkModels(),
    checkTiny(),
  ]);
  signal.throwIfAborted(); // an interrupted check found nothing missing
  const lines = findings.map(
    ({ name, isReady, detail }) => `${isReady ? 'ok     ' : 'MISSING'}  ${name}: ${detail}`,
  );
  const text = json ? JSON.stringify({ findings }, null, 2) : lines.map(terminalText).join('\n');
  await write(stdout, `${text}\n`);
  return findings.every(({ isReady }) => isReady) ? ExitCode.done : ExitCode.failed;
}

async function check(name: string, look: () => Promise<string>): Promise<Finding> {
  return look().then(
    (detail) => ({ name, isReady: true, detail }),
    (error: Error) => ({ name, isReady: false, detail: error.message }),
  );
}

const checkNode = () => check('node', async () => `${process.version}, ${process.platform} ${process.arch}`);

const checkFfmpeg = (signal: AbortSignal) =>
  check('ffmpeg', async () => {
    const { path, version, ffprobePath } = await findFfmpeg({ signal });
    if (ffprobePath === undefined)
      throw new Error(
        `${version} (${path}), but there is no ffprobe beside it or on PATH, and without it nothing is known of an input: install a full ffmpeg, or name ffprobe in DEEPFFMPEG_FFPROBE`,
      );
    return `${version} (${path}); ffprobe ${ffprobePath}`;
  });

const checkRuntime = () =>
  check('onnxruntime', async () => {
    const devices = await listDevices();
    const names = devices.map(({ name, isInstalled }) =>
      isInstalled ? name : `${name} (library not installed)`,
    );
    return `devices ${names.join(', ')}`;
  });

const checkTiny = () =>
  check('tiny models', async () => {
    const { tinyClipFolder, tinyClapFolder, tinyDetectorFolder } = await import('@deepffmpeg/tiny-models');
    const folders = [tinyClipFolder, tinyClapFolder, tinyDetectorFolder];
    const counts = await Promise.all(folders.map(async (folder) => (await readdir(folder)).length));
    return folders.map((folder, i) => `${counts[i]} files in ${folder}`).join(', ');
  });

const checkModels = () =>
  check('model cache', async () => {
    const { hub, deepffmpeg } = cacheFolders();
    const entries = await readdir(hub).catch(() => []); // a cache that does not exist yet is empty
    const models = entries
      .filter((name) => name.startsWith('models--'))
      .map((name) => name.slice(8).replace('--', '/'));
    return `${hub} holds ${models.join(', ') || 'no model'}; text embeddings in ${deepffmpeg}`;
  });
