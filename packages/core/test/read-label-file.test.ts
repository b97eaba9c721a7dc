import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readLabelFile } from '../src/index.js';

const folder = await mkdtemp(join(tmpdir(), 'labels-'));
afterAll(() => rm(folder, { recursive: true }));
const write = async (name: string, content: string | Uint8Array) => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};

test('reads both kinds', async () => {
  const labels = await readLabelFile(await write('a.txt', 'cat\ndog\n'), 'labels');
  expect(labels.groups[0]?.labels).toHaveLength(2);
  const categories = await readLabelFile(await write('b.txt', '[U]\n(A)\nx\n(B)\ny\n'), 'categories');
  expect(categories.groups[0]?.name).toBe('U');
});

test.each([
  [
    'a file that is not there',
    () => Promise.resolve(join(folder, 'none.txt')),
    /cannot read the labels file .*none.txt: there is no such file$/,
  ],
  ['a directory', () => Promise.resolve(folder), /cannot read the labels file .*: it is a directory$/],
  [
    'bytes that are not UTF-8',
    () => write('latin.txt', Uint8Array.of(0xe9, 0x74, 0xe9)),
    /latin.txt is not UTF-8/,
  ],
  [
    'far too much',
    () => write('big.txt', new Uint8Array(5 << 20)),
    /big.txt: it has more than 4194304 bytes/,
  ],
])('refuses %s', async (_, make, message) => {
  await expect(readLabelFile(await make(), 'labels')).rejects.toMatchObject({
    code: 'ERR_LABELS',
    message: expect.stringMatching(message),
  });
});

test.skipIf(process.platform !== 'linux')('reads a device no further than the limit', async () => {
  await expect(readLabelFile('/dev/zero', 'labels')).rejects.toThrow(/it has more than 4194304 bytes/);
});
