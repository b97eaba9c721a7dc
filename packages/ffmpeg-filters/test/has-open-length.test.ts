import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { hasOpenLength } from '../src/has-open-length.js';
import { resolveInput } from '../src/media-input.js';

const number = (value: number | bigint, bytes: 4 | 8, isBigEndian = false) => {
  const buffer = Buffer.alloc(8);
  if (isBigEndian) buffer.writeBigUInt64BE(BigInt(value));
  else buffer.writeBigUInt64LE(BigInt(value));
  return isBigEndian ? buffer.subarray(8 - bytes) : buffer.subarray(0, bytes);
};
const wav = (container: string, size: number, before = Buffer.alloc(0)) =>
  Buffer.concat([
    Buffer.from(`${container}....WAVE`),
    before,
    Buffer.from('data'),
    number(size, 4, container === 'RIFX'),
  ]);
const chunk = (name: string, content: Buffer) =>
  Buffer.concat([Buffer.from(name), number(content.length, 4), content]);
const longSizes = (size: number) =>
  chunk('ds64', Buffer.concat([number(0, 8), number(size, 8), number(0, 8)]));
const w64 = (size: bigint) =>
  Buffer.concat([
    Buffer.alloc(40),
    Buffer.from(`fmt ${'.'.repeat(12)}`),
    number(24 + 18, 8),
    Buffer.alloc(24), // 18 bytes, and what fills them up
    Buffer.from(`data${'.'.repeat(12)}`),
    number(size, 8),
  ]);
const caf = (size: bigint) =>
  Buffer.concat([
    Buffer.from('caff\0\x01\0\0desc'),
    number(5, 8, true),
    Buffer.alloc(5),
    Buffer.from('data'),
    number(size, 8, true),
  ]);

test.each<[string, string, Buffer, boolean]>([
  ['a size', 'wav', wav('RIFF', 1000), false],
  ['0', 'wav', wav('RIFF', 0), true],
  ['-1', 'wav', wav('RIFF', 0xffff_ffff), true],
  ['the largest number with a sign', 'wav', wav('RIFF', 0x7fff_ffff), true],
  ['as SoX writes it', 'wav', wav('RIFF', 0x7fff_f000), true],
  ['as arecord does', 'wav', wav('RIFF', 0x8000_0000), true],
  ['three gigabytes', 'wav', wav('RIFF', 3e9), false],
  ['-1 behind another chunk', 'wav', wav('RIFF', 0xffff_ffff, chunk('LIST', Buffer.alloc(4))), true],
  ['a size in big-endian', 'wav', wav('RIFX', 256), false],
  ['-1 in big-endian', 'wav', wav('RIFX', 0xffff_ffff), true],
  ['a size beyond 32 bits', 'wav', wav('RF64', 0xffff_ffff, longSizes(5e9)), false],
  ['no size beyond 32 bits', 'wav', wav('RF64', 0xffff_ffff, longSizes(0)), true],
  ['a size in W64', 'w64', w64(1000n), false],
  ['the largest in W64', 'w64', w64(0x7fff_ffff_ffff_ffffn), true],
  ['a header alone in W64', 'w64', w64(24n), true],
  ['a size in CAF', 'caf', caf(1000n), false],
  ['-1 in CAF', 'caf', caf(0xffff_ffff_ffff_ffffn), true],
  ['no sound', 'wav', Buffer.from('RIFF....WAVE'), false],
  ['another format', 'avi', wav('RIFF', 0), false],
])('%s', async (_, formatName, bytes, isOpen) => {
  const path = join(await makeTemporaryFolder(), 'sound');
  await writeFile(path, bytes);
  expect(await hasOpenLength(resolveInput(path, {}), formatName)).toBe(isOpen);
});

test('a file that has gone, and an address, are taken at their word', async () => {
  const gone = resolveInput(join(await makeTemporaryFolder(), 'gone.wav'), {});
  expect(await hasOpenLength(gone, 'wav')).toBe(false);
  expect(await hasOpenLength(resolveInput('http://127.0.0.1:9/a.wav', {}), 'wav')).toBe(false);
});
