import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { cannotWrite } from '../../src/hub/cannot-write.js';
import { setUp } from './made-model.js';

// A disk that takes some bytes of a large file, then none.
vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  const openOnFullDisk: typeof fs.open = async (path, flags) => {
    const handle = await fs.open(path, flags);
    if (!/[0-9a-f]{64}\.incomplete$/.test(String(path))) return handle;
    const write = handle.write.bind(handle);
    let room = 50_000;
    const limited = async (chunk: Buffer, offset: number, length: number, position: number) => {
      if (room === 0) throw full;
      const taken = Math.min(room, length);
      room -= taken;
      return write(chunk, offset, taken, position);
    };
    return Object.assign(handle, { write: limited });
  };
  return { ...fs, open: openOnFullDisk };
});

test('a disk that fills up: says so at once, and what to do', async () => {
  const { pull, hub, folder } = await setUp();
  await expect(pull()).rejects.toMatchObject({
    code: 'ERR_OUTPUT',
    message: expect.stringMatching(/the disk is full: make room \(HF_HUB_CACHE names the folder\)/),
  });
  expect(hub.requests.filter(({ host }) => host === 'cdn')).toHaveLength(1); // trying again does not help
  const digest = hub.requests.at(-1)?.path.slice(1);
  expect((await stat(join(folder, 'blobs', `${digest}.incomplete`))).size).toBe(50_000);
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
