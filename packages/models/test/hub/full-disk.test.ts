import { Writable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { cannotWrite } from '../../src/hub/cannot-write.js';
import { setUp } from './made-model.js';

/** Takes some bytes, then none, as a disk that is full. */
class FullDisk extends Writable {
  #room = 50_000;

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void) {
    this.#room -= chunk.length;
    done(
      this.#room > 0
        ? undefined
        : Object.assign(new Error('no space left'), { code: 'ENOSPC', syscall: 'write' }),
    );
  }
}

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const createWriteStream: typeof fs.createWriteStream = (path, options) =>
    /[0-9a-f]{64}\.incomplete$/.test(String(path))
      ? (new FullDisk() as Writable as ReturnType<typeof fs.createWriteStream>) // all that is used of it is a Writable's
      : fs.createWriteStream(path, options);
  return { ...fs, createWriteStream };
});

test('a disk that fills up: says so at once, and what to do', async () => {
  const { pull, hub } = await setUp();
  await expect(pull()).rejects.toMatchObject({
    code: 'ERR_OUTPUT',
    message: expect.stringMatching(/the disk is full: make room \(HF_HUB_CACHE names the folder\)/),
  });
  expect(hub.requests.filter(({ host }) => host === 'cdn')).toHaveLength(1); // trying again does not help
});

test.each([
  ['EROFS', /read-only: choose another/],
  ['EACCES', /no right to write/],
  ['EDQUOT', /quota/],
])('%s is told in words', (code, message) => {
  const error = cannotWrite(Object.assign(new Error('x'), { code }), '/cache');
  expect(error).toMatchObject({ code: 'ERR_OUTPUT', message: expect.stringMatching(message) });
});

test('other errors stay what they are', () => {
  const error = new TypeError('a bug');
  expect(cannotWrite(error, '/cache')).toBe(error);
});
