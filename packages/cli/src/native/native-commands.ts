import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { findFfmpeg, listFilters, nativeFfmpegPath, nativeFolder } from '@deepffmpeg/ffmpeg-filters';
import type { CliIo } from '../cli-io.js';
import { ExitCode } from '../exit-code.js';
import { isThere } from '../is-there.js';
import { terminalText } from '../terminal-text.js';
import { write } from '../write.js';

export interface NativeBuildFlags {
  readonly withoutOpenvino?: boolean;
  readonly withoutLibtorch?: boolean;
}

/** Builds the native ffmpeg; all that the build says goes to stderr. */
export async function buildNative(flags: NativeBuildFlags, { stderr, signal }: CliIo): Promise<ExitCode> {
  const script = join(requireFolder(), 'scripts', 'build.sh');
  const options = [
    ...(flags.withoutOpenvino ? ['--without-openvino'] : []),
    ...(flags.withoutLibtorch ? ['--without-libtorch'] : []),
  ];
  signal.throwIfAborted();
  // A group of its own, so that an interruption reaches every compiler.
  const child = spawn('bash', [script, ...options], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const stop = () => void (child.pid !== undefined && stopGroup(child.pid));
  signal.addEventListener('abort', stop, { once: true });
  try {
    child.stdout.pipe(stderr, { end: false });
    child.stderr.pipe(stderr, { end: false });
    const [status] = await once(child, 'close');
    signal.throwIfAborted();
    return status === 0 ? ExitCode.done : ExitCode.failed;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Between a build's end and the news of it there is nothing left to stop, and an error would end the program. */
function stopGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Prints the path of the native ffmpeg. */
export async function locateNative({ stdout }: CliIo): Promise<ExitCode> {
  const path = nativeFfmpegPath(requireFolder());
  if (path === undefined || !(await isThere(path))) throw notBuilt(path ?? '');
  await write(stdout, `${path}\n`);
  return ExitCode.done;
}

const FILTERS = ['clip', 'clap', 'avgclass', 'dnn_detect'];
const RUNTIMES = { openvino: 'libdeepffmpeg_openvino.so', torch: 'libdeepffmpeg_torch.so' };

/** Tells which filters and runtimes the native ffmpeg has; fails unless it has ours and a runtime. */
export async function checkNative(
  { json = false }: { readonly json?: boolean },
  { stdout, signal }: CliIo,
): Promise<ExitCode> {
  const path = nativeFfmpegPath(requireFolder());
  if (path === undefined || !(await isThere(path))) throw notBuilt(path ?? '');
  const { version } = await findFfmpeg({ ffmpegPath: path, signal });
  const present = await listFilters({ path }, { signal });
  const library = join(dirname(dirname(path)), 'lib');
  const findings = [
    { name: 'ffmpeg', isReady: true, isNeeded: true, detail: `${version} (${path})` },
    ...FILTERS.map((name) => ({
      name: `filter ${name}`,
      isReady: present.has(name),
      isNeeded: name !== 'dnn_detect', // comes with OpenVINO
      detail: present.has(name) ? 'there' : 'not in this build',
    })),
    ...(await Promise.all(
      Object.entries(RUNTIMES).map(async ([name, file]) => {
        const isReady = await isThere(join(library, file));
        return {
          name: `runtime ${name}`,
          isReady,
          isNeeded: false,
          detail: isReady ? file : 'not in this build',
        };
      }),
    )),
  ];
  const hasRuntime = findings.some(({ name, isReady }) => name.startsWith('runtime') && isReady);
  const lines = findings.map(
    ({ name, isReady, detail }) => `${isReady ? 'ok     ' : 'MISSING'}  ${name}: ${detail}`,
  );
  const text = json ? JSON.stringify({ findings }, null, 2) : lines.map(terminalText).join('\n');
  await write(stdout, `${text}\n`);
  return hasRuntime && findings.every(({ isReady, isNeeded }) => isReady || !isNeeded)
    ? ExitCode.done
    : ExitCode.failed;
}

function requireFolder(): string {
  const folder = nativeFolder();
  if (folder !== undefined) return folder;
  throw new MediaError(
    'ERR_FFMPEG_MISSING',
    'the sources of the native ffmpeg are not installed: npm install @deepffmpeg/native',
  );
}

const notBuilt = (path: string) =>
  new MediaError(
    'ERR_FFMPEG_MISSING',
    `${path} has not been built: "deepffmpeg native build" does it, in 5 to 7 minutes`,
  );
