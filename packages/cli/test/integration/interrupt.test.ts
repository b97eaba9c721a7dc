import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeClipFolder } from '@deepffmpeg/test-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
// @ts-expect-error the script is plain JavaScript, so that a fresh clone can run it
import { renderFilm } from '../../../../scripts/render-film.mjs';

const cli = fileURLToPath(new URL('../../src/index.ts', import.meta.url));
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deepffmpeg-interrupt-'));
  await makeClipFolder(join(folder, 'model'));
  await renderFilm(join(folder, 'film.mkv'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts the command on twenty films. */
function start(...more: string[]) {
  // One film under many names: the same name twice would count once.
  const inputs = Array.from({ length: 20 }, (_, i) => `${folder}${'/'.repeat(i + 1)}film.mkv`);
  const outputs = [
    '--output-scores',
    join(folder, 'scores.jsonl'),
    '--output-segments',
    join(folder, 'segments.json'),
  ];
  const args = [
    'classify',
    ...inputs,
    '--clip-model',
    join(folder, 'model'),
    '--clip-labels',
    'a,b',
    '--sample',
    'all',
  ];
  return spawn(process.execPath, ['--import', 'tsx', cli, ...args, ...outputs, ...more], {
    env: { ...process.env, DEEPFFMPEG_CACHE: join(folder, 'cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Command lines of processes that still work on our films. */
async function leftOver(): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(folder));
}

// Looking for processes needs /proc.
describe.skipIf(process.platform !== 'linux')('an interrupt', () => {
  test.each([300, 700, 1000, 1300, 1700, 2500])(
    'after %i ms ends with 130 and leaves nothing',
    { timeout: 30_000 },
    async (delay) => {
      const child = start();
      let stdout = '';
      child.stdout.on('data', (chunk) => {
        stdout += chunk;
      });
      const closed = once(child, 'close');
      await sleep(delay);
      const since = performance.now();
      child.kill('SIGINT');
      const [code, signal] = await closed;
      // Before our handler is installed, Node itself ends by the signal.
      expect(code === 130 || signal === 'SIGINT').toBe(true);
      expect(performance.now() - since).toBeLessThan(5000);
      expect(stdout).toBe('');
      expect(await leftOver()).toEqual([]);
      expect((await readdir(folder)).sort().filter((name) => name !== 'cache')).toEqual([
        'film.mkv',
        'model',
      ]);
    },
  );

  test('of a second signal, it ends at once', { timeout: 30_000 }, async () => {
    const child = start();
    const closed = once(child, 'close');
    await sleep(2000);
    child.kill('SIGINT');
    child.kill('SIGINT');
    await closed;
    await sleep(200);
    expect(await leftOver()).toEqual([]);
  });
});
