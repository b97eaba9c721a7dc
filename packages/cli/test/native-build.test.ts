import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, onTestFinished, test, vi } from 'vitest';
import { buildNative } from '../src/native/native-commands.js';

const sources = vi.hoisted(() => ({ folder: '' }));
vi.mock('@deepffmpeg/ffmpeg-filters', async (importOriginal) => ({
  ...(await importOriginal<typeof import('@deepffmpeg/ffmpeg-filters')>()),
  nativeFolder: () => sources.folder,
}));

/** What nobody catches, in place of the end of the program. */
function collectUncaught(): unknown[] {
  const uncaught: unknown[] = [];
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => uncaught.push(error));
  onTestFinished(() => {
    process.removeAllListeners('uncaughtException');
    for (const listener of listeners) process.on('uncaughtException', listener);
  });
  return uncaught;
}

test.skipIf(process.platform !== 'linux')(
  'an interrupt of a build that has just ended is no fault',
  async () => {
    const folder = await makeTemporaryFolder();
    sources.folder = folder;
    await mkdir(join(folder, 'scripts'));
    // Somebody else holds the output open, so that the end of the build is known later.
    const holder = 'setsid sh -c \'until [ -e "$0/told" ]; do sleep 0.02; done\'';
    const place = '"$(dirname "$(dirname "$0")")"';
    await writeFile(join(folder, 'scripts/build.sh'), `${holder} ${place} &\necho $$ > ${place}/pid\n`);
    const uncaught = collectUncaught();
    const controller = new AbortController();
    const none = new Writable({ write: (_chunk, _encoding, done) => done() });
    const io = { stdin: process.stdin, stdout: none, stderr: none, signal: controller.signal };
    const building = buildNative({}, io);
    await vi.waitFor(async () => {
      const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
      expect(pid).toBeGreaterThan(0);
      expect(() => process.kill(-pid, 0)).toThrow('ESRCH');
    }, 10_000);
    // Waited for before it comes: it may come while the file is written.
    const ending = expect(building).rejects.toMatchObject({ name: 'AbortError' });
    controller.abort();
    await writeFile(join(folder, 'told'), '');
    await ending;
    expect(uncaught).toEqual([]);
  },
);
