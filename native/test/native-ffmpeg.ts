import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openClap } from '@deepffmpeg/clap';
import { openClip } from '@deepffmpeg/clip';
import { makeLabels, type PromptSet } from '@deepffmpeg/core';
import { formatNativeTexts } from '@deepffmpeg/ffmpeg-filters';
import { encodeLabels } from '@deepffmpeg/models';
import { tinyClapFolder, tinyClipFolder } from '@deepffmpeg/tiny-models';
import { describe, test } from 'vitest';

/** Another build than the usual one, such as that with sanitizers. */
export const dist =
  process.env['DEEPFFMPEG_NATIVE_DIST'] ?? fileURLToPath(new URL('../dist/', import.meta.url));
const ffmpeg = join(dist, 'bin', 'ffmpeg');

const isBuilt = existsSync(ffmpeg);
/** Whether it is a script around the program, with libraries of its own choice: that of the sanitizers. */
export const isWrapped = existsSync(join(dist, 'bin', 'ffmpeg.real'));
const has = (library: string) => existsSync(join(dist, 'lib', library));

/** The runtimes that the filters can be built with. */
type Runtime = 'openvino' | 'torch';

/** Why what needs these runtimes cannot be tested; undefined where it can. */
function lackOf(runtimes: readonly Runtime[]): string | undefined {
  if (!isBuilt) return 'nothing was built: npm run build -w native';
  const lacking = runtimes.find((runtime) => !has(`libdeepffmpeg_${runtime}.so`));
  return lacking && `the build has no ${lacking}`;
}

/** Groups tests of the build, which need these runtimes in it; where they cannot run, they are skipped and say why. */
export function describeBuilt(
  title: string,
  runtimes: readonly Runtime[],
  define: () => void,
  reason = lackOf(runtimes),
): void {
  if (reason === undefined) {
    describe(title, define);
    return;
  }
  console.info(`skipped: ${title} (${reason})`);
  test.skip(`${title} (${reason})`, () => {});
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the native ffmpeg, or a copy of it, to its end. */
export async function run(args: readonly string[], program = ffmpeg): Promise<Ran> {
  const given = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'error', ...args];
  return promisify(execFile)(program, given, { maxBuffer: 1 << 26 }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

/** Runs filters on a source of lavfi, or a file, and gives what `metadata=print` printed. */
export async function printed(
  source: string,
  filters: string,
  { more = [] as readonly string[], kind = 'v' } = {},
) {
  const input = /^[\w]+(=|$)/.test(source) ? ['-f', 'lavfi', '-i', source] : ['-i', source];
  const print = kind === 'v' ? 'metadata=print:file=-' : 'ametadata=print:file=-';
  const graph = `${filters},${print}`;
  const ran = await run([
    ...input,
    '-map',
    `0:${kind}`,
    `-filter:${kind}`,
    graph,
    ...more,
    '-f',
    'null',
    '-',
  ]);
  if (ran.code !== 0) throw new Error(ran.stderr);
  return ran.stdout;
}

/** What `showinfo` tells of the boxes of each frame and what they were classified as. */
export async function shownBoxes(input: readonly string[], filters: string): Promise<string> {
  const ran = await run([
    '-loglevel',
    'repeat+info',
    ...input,
    '-vf',
    `${filters},showinfo`,
    '-f',
    'null',
    '-',
  ]);
  // dnn_detect never frees its option model, which LeakSanitizer tells by the exit status.
  if (ran.code !== 0 && !filters.includes('dnn_detect')) throw new Error(ran.stderr);
  const told = /^\[Parsed_showinfo.*?\] +(n: +\d+|.*source: .*|index: .*|\t+classify: .*)/gm;
  const lines = [...ran.stderr.matchAll(told)].map(([, line = '']) => line.replace(/^.*source/, 'source'));
  return lines.map((line) => `${line.replaceAll(/\s+/g, ' ').trim()}\n`).join('');
}

export const tiny = {
  clip: join(tinyClipFolder, 'onnx', 'vision_model.onnx'),
  clap: join(tinyClapFolder, 'onnx', 'audio_model.onnx'),
};

export const COLOURS = ['red', 'green', 'blue', 'yellow', 'black', 'white'];
export const SOUNDS = ['a tone', 'noise', 'music', 'speech'];

/** A folder that goes away, with texts in it. */
export async function makeTexts() {
  const folder = await mkdtemp(join(tmpdir(), 'native-test-'));
  const make = async (
    kind: 'clip' | 'clap',
    name: string,
    labels: readonly string[] | PromptSet,
    place?: string,
  ) => {
    const model =
      kind === 'clip'
        ? await openClip(place ?? tinyClipFolder, { towers: 'text' })
        : await openClap(place ?? tinyClapFolder, { towers: 'text' });
    try {
      const set = 'groups' in labels ? labels : makeLabels(labels, 'test');
      const path = join(folder, name);
      await writeFile(path, formatNativeTexts(await encodeLabels(model, set), model.preprocessing));
      return path;
    } finally {
      await model.close();
    }
  };
  return {
    folder,
    make,
    path: (name: string) => join(folder, name),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** What was printed, without the digits that may differ from processor to processor. */
export const rounded = (text: string) => text.replaceAll(/(?<==)(-?\d+\.\d{3})\d+$/gm, '$1');
