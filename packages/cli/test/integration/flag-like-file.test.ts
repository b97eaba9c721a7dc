import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const cli = fileURLToPath(new URL('../../src/index.ts', import.meta.url));

// In a process of its own, since only there a folder can be entered.
test.each(['-dash.mp4', '-vacation.mp4'])(
  'a mistake in flags that is a file %s has a hint how to name it',
  { timeout: 30_000 },
  async (name) => {
    const cwd = await mkdtemp(join(tmpdir(), 'deepffmpeg-flag-like-'));
    onTestFinished(() => rm(cwd, { recursive: true }));
    await writeFile(join(cwd, name), '');
    const args = ['--import', import.meta.resolve('tsx'), cli, 'analyze', name];
    await expect(promisify(execFile)(process.execPath, args, { cwd })).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/\n\(the file -.* is named as \.\/-.*\)\n$/),
    });
  },
);
