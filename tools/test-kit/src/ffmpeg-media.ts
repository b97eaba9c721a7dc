import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const run = promisify(execFile);
const { CI, DEEPFFMPEG_FFMPEG } = process.env;
const ffmpegPath = DEEPFFMPEG_FFMPEG || 'ffmpeg';

/** Makes and inspects media files for a group of tests. */
export interface MediaFolder {
  /** Where a file of that name is or would be. */
  path(name: string): string;
  /** Runs ffmpeg with these arguments and `-y` before the file to write; `{name}` in them stands for the path of a file made before. */
  make(name: string, ...args: readonly string[]): Promise<string>;
  /** What ffprobe prints as JSON. */
  probe(name: string, ...args: readonly string[]): Promise<Record<string, unknown>>;
}

/** ffmpeg's made-up moving picture. */
export const testPicture = (settings: string): readonly string[] => [
  '-f',
  'lavfi',
  '-i',
  `testsrc2=${settings}`,
];

/**
 * Groups tests that run the real ffmpeg on files that it makes itself, in a folder that goes afterwards. Where there
 * is no ffmpeg they are skipped and say so; in CI they fail.
 */
export function describeWithFfmpeg(title: string, define: (media: MediaFolder) => void): void {
  if (!isFfmpegThere()) {
    const reason = 'there is no ffmpeg on PATH, nor one named by DEEPFFMPEG_FFMPEG';
    console.info(`skipped: ${title} (${reason})`);
    if (CI === 'true') test(title, () => expect.fail(reason));
    else test.skip(`${title} (${reason})`, () => {});
    return;
  }
  describe(title, { timeout: 60_000 }, () => {
    let folder = '';
    beforeAll(async () => {
      folder = await realpath(await mkdtemp(join(tmpdir(), 'deepffmpeg-media-')));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const path = (name: string) => join(folder, name);
    const fill = (arg: string) => arg.replace(/\{([^{}]+)\}/g, (_, name) => path(name));
    define({
      path,
      async make(name, ...args) {
        const target = path(name);
        await run(ffmpegPath, [
          '-hide_banner',
          '-nostdin',
          '-loglevel',
          'error',
          '-y',
          ...args.map(fill),
          `file:${target}`,
        ]);
        return target;
      },
      async probe(name, ...args) {
        const all = ['-v', 'error', ...args, '-of', 'json', `file:${path(name)}`];
        const { stdout } = await run('ffprobe', all, { maxBuffer: 1 << 28 });
        return JSON.parse(stdout);
      },
    });
  });
}

function isFfmpegThere(): boolean {
  try {
    execFileSync(ffmpegPath, ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
