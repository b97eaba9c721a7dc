import { execFileSync } from 'node:child_process';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { makeTemporaryFolder } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readWav } from '../src/index.js';
import { makeChunk, makeWav, type WavFields } from './make-wav.js';

/** Little-endian bytes of whole numbers. */
const bytesOf = (width: number, ...values: readonly number[]) =>
  Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(width);
      bytes.writeIntLE(value, 0, width);
      return bytes;
    }),
  );

const valuesOf = async (file: Uint8Array) => [...(await readWav(file)).data];

async function write(content: Uint8Array | string, name = 'sound.wav') {
  const path = join(await makeTemporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

test('gives the sound of a file with its time, rate and name', async () => {
  const path = await write(makeWav(bytesOf(2, 0, 16_384, -32_768, 32_767), { sampleRate: 11_025 }));
  expect(await readWav(path)).toEqual({
    type: 'audio-samples',
    source: path,
    tap: 'audio',
    timestamp: 0,
    durationSeconds: 4 / 11_025,
    sampleRate: 11_025,
    data: Float32Array.of(0, 0.5, -1, 32_767 / 32_768),
    isLast: true,
  });
});

test('names bytes as the caller says', async () => {
  const file = makeWav(bytesOf(2, 1));
  expect(await readWav(file, { source: 'phone' })).toMatchObject({ source: 'phone' });
  expect(await readWav(file)).toMatchObject({ source: 'the sound' });
});

const ieee = (width: 4 | 8, ...values: readonly number[]) =>
  new Uint8Array((width === 4 ? Float32Array.from(values) : Float64Array.from(values)).buffer);

const exact: { title: string; data: Uint8Array; fields: WavFields; values: readonly number[] }[] = [
  {
    title: '8 bits',
    data: Buffer.of(0, 128, 129, 255),
    fields: { bits: 8 },
    values: [-1, 0, 1 / 128, 127 / 128],
  },
  { title: '16 bits', data: bytesOf(2, -32_768, -1, 1), fields: {}, values: [-1, -1 / 32_768, 1 / 32_768] },
  {
    title: '24 bits',
    data: bytesOf(3, -(2 ** 23), 1, 2 ** 22),
    fields: { bits: 24 },
    values: [-1, 2 ** -23, 0.5],
  },
  {
    title: '32 bits',
    data: bytesOf(4, -(2 ** 31), 2 ** 30, 128),
    fields: { bits: 32 },
    values: [-1, 0.5, 2 ** -24],
  },
  {
    title: '12 bits in 16',
    data: bytesOf(2, 0x4000, -16),
    fields: { bits: 12, blockBytes: 2 },
    values: [0.5, -16 / 32_768],
  },
  { title: '20 bits in 24', data: bytesOf(3, 0x400000), fields: { bits: 20, blockBytes: 3 }, values: [0.5] },
  {
    title: 'floats of 32 bits',
    data: ieee(4, 0.1, -1.5, 2 ** -29),
    fields: { tag: 3, bits: 32 },
    values: [Math.fround(0.1), -1.5, 2 ** -29],
  },
  {
    title: 'floats of 64 bits',
    data: ieee(8, 0.1, -1),
    fields: { tag: 3, bits: 64 },
    values: [Math.fround(0.1), -1],
  },
  {
    title: 'A-law',
    data: Buffer.of(0xd5, 0x55, 0xaa, 0x2a),
    fields: { tag: 6, bits: 8 },
    values: [8, -8, 32_256, -32_256].map((value) => value / 32_768),
  },
  {
    title: 'mu-law',
    data: Buffer.of(0xff, 0x7f, 0x80, 0x00),
    fields: { tag: 7, bits: 8 },
    values: [0, 0, 32_124, -32_124].map((value) => value / 32_768),
  },
  { title: 'extensible PCM', data: bytesOf(2, 16_384), fields: { subFormat: 1 }, values: [0.5] },
  { title: 'extensible floats', data: ieee(4, 0.25), fields: { subFormat: 3, bits: 32 }, values: [0.25] },
  { title: 'RIFX', data: bytesOf(2, 16_384).swap16(), fields: { container: 'RIFX' }, values: [0.5] },
  {
    title: 'RIFX, extensible floats',
    data: Buffer.from(ieee(4, 0.25)).swap32(),
    fields: { container: 'RIFX', subFormat: 3, bits: 32 },
    values: [0.25],
  },
  {
    title: 'RF64',
    data: bytesOf(2, 16_384, 1),
    fields: { container: 'RF64', wholeSize: 0xffff_ffff, dataSize: 0xffff_ffff, longSize: 2 },
    values: [0.5],
  },
  {
    title: 'BW64',
    data: bytesOf(2, 16_384),
    fields: { container: 'BW64', dataSize: 0xffff_ffff, longSize: 2 },
    values: [0.5],
  },
  {
    title: '2 channels',
    data: bytesOf(2, 16_384, -16_384, 1, 2),
    fields: { channels: 2 },
    values: [0, 1.5 / 32_768],
  },
  { title: '6 channels', data: bytesOf(2, 6, 5, 4, 3, 2, 4), fields: { channels: 6 }, values: [4 / 32_768] },
  {
    title: '65535 channels',
    data: Buffer.alloc(65_535, 192),
    fields: { channels: 65_535, bits: 8 },
    values: [0.5],
  },
];

test.each(exact)('reads $title to the bit', async ({ data, fields, values }) => {
  expect(await valuesOf(makeWav(data, fields))).toEqual(values.map((value) => value + 0));
});

test.each([1, 8000, 22_050, 192_000, 768_000])('reads any rate: %i Hz', async (sampleRate) => {
  expect(await readWav(makeWav(bytesOf(2, 1), { sampleRate }))).toMatchObject({ sampleRate });
});

test('brings it to the rate that is asked for', async () => {
  const sine = Array.from({ length: 44_100 }, (_, i) =>
    Math.round(20_000 * Math.sin((2 * Math.PI * 440 * i) / 44_100)),
  );
  const file = makeWav(bytesOf(2, ...sine), { sampleRate: 44_100 });
  const { data, sampleRate, durationSeconds } = await readWav(file, { sampleRate: 16_000 });
  expect([sampleRate, data.length, durationSeconds]).toEqual([16_000, 16_000, 1]);
  const middle = data.subarray(1000, 15_000);
  const ideal = middle.map((_, i) => (20_000 / 32_768) * Math.sin((2 * Math.PI * 440 * (i + 1000)) / 16_000));
  expect(Math.max(...middle.map((value, i) => Math.abs(value - ideal[i]!)))).toBeLessThan(3e-5); // the input's rounding
});

test('decodes IMA ADPCM, each block and a part of one', async () => {
  // A header says the first sample, and the place in the table of steps; a nibble of 7 adds 15/8 of the step.
  const block = (first: number, ...nibbles: readonly number[]) =>
    Buffer.concat([bytesOf(2, first), Buffer.of(0, 0, ...nibbles)]);
  const data = Buffer.concat([block(1000, 0x00, 0x0f), block(-2000, 0x80, 0x00), block(300, 0x00)]);
  const file = makeWav(data, { tag: 0x11, bits: 4, blockBytes: 6 });
  const values = (await valuesOf(file)).map((value) => value * 32_768);
  expect(values).toEqual([1000, 1000, 1000, 989, 991, -2000, -2000, -2000, -2000, -2000, 300, 300, 300]);
});

test('reads ADPCM of many blocks without a seam', async () => {
  // Nibbles of 0 and 8 add nothing to the first sample.
  const blocks = Array.from({ length: 300 }, (_, i) => Buffer.concat([bytesOf(2, i), Buffer.alloc(254)]));
  const values = await valuesOf(makeWav(Buffer.concat(blocks), { tag: 0x11, bits: 4, blockBytes: 256 }));
  expect(values).toEqual(blocks.flatMap((_, i) => Array(505).fill(i / 32_768)));
});

test('finds the samples between other chunks, of odd sizes too', async () => {
  const first = makeChunk('JUNK', Buffer.alloc(27, 1));
  const between = Buffer.concat([
    makeChunk('LIST', Buffer.from('INFOISFT\x03\0\0\0ab\0\0')),
    makeChunk('note', Buffer.of(1)),
  ]);
  const file = Buffer.concat([
    makeWav(bytesOf(2, 16_384), { first, between }),
    makeChunk('LIST', Buffer.alloc(9)),
  ]);
  expect(await valuesOf(file)).toEqual([0.5]);
});

test('reads a view into a larger buffer', async () => {
  const file = makeWav(bytesOf(2, 16_384));
  const larger = Buffer.concat([Buffer.alloc(3, 7), file, Buffer.alloc(5, 7)]);
  expect(await valuesOf(larger.subarray(3, 3 + file.length))).toEqual([0.5]);
});

test('a file without a sample is a sound without a sample', async () => {
  expect(await readWav(makeWav(Buffer.alloc(0)))).toMatchObject({
    durationSeconds: 0,
    data: new Float32Array(0),
  });
  expect(await valuesOf(makeWav(Buffer.of(1), { channels: 2 }))).toEqual([]);
  expect((await readWav(makeWav(Buffer.alloc(0)), { sampleRate: 48_000 })).data).toHaveLength(0);
});

test.each([
  { title: 'no size', fields: { dataSize: 0xffff_ffff, wholeSize: 0xffff_ffff } },
  { title: 'the largest size with a sign', fields: { dataSize: 0x7fff_ffdb, wholeSize: 0x7fff_ffff } },
  { title: 'as much, as SoX writes it', fields: { dataSize: 0x7fff_f000, wholeSize: 0x7fff_f024 } },
  { title: 'size 0, as the whole file', fields: { dataSize: 0, wholeSize: 0 } },
])('samples that were written into a pipe, with $title, go on to the end', async ({ fields }) => {
  expect(await valuesOf(makeWav(bytesOf(2, 16_384, -32_768), fields))).toEqual([0.5, -1]);
});

test('a file that breaks off is an error, unless the caller takes a part', async () => {
  const whole = makeWav(bytesOf(2, 16_384, -32_768, 5));
  const path = await write(whole.subarray(0, whole.length - 3));
  await expect(readWav(path)).rejects.toMatchObject({
    code: 'ERR_PARTIAL_INPUT',
    message: `${path} is not whole: it promises 6 bytes of samples and holds 3`,
  });
  const onPartial = vi.fn();
  expect([...(await readWav(path, { onPartial })).data]).toEqual([0.5]);
  expect(onPartial.mock.calls).toEqual([['it promises 6 bytes of samples and holds 3']]);
});

test('a whole file is not called partial', async () => {
  const onPartial = vi.fn();
  await readWav(makeWav(bytesOf(2, 1, 2)), { onPartial });
  expect(onPartial).not.toHaveBeenCalled();
});

test('an RF64 that promises more than any disk holds breaks off', async () => {
  const file = makeWav(bytesOf(2, 1), { container: 'RF64', dataSize: 0xffff_ffff, longSize: 2 ** 52 });
  await expect(readWav(file)).rejects.toMatchObject({ code: 'ERR_PARTIAL_INPUT' });
});

test('any bytes are read or refused, whatever a header says', async () => {
  const whole = makeWav(bytesOf(2, 1, 2, 3, 4), { first: makeChunk('LIST', Buffer.from('INFO')) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ position: fc.nat(whole.length - 1), value: fc.nat(255) }), { maxLength: 6 }),
      fc.nat(whole.length),
      async (changes, length) => {
        const broken = Buffer.from(whole);
        for (const { position, value } of changes) broken[position] = value;
        const result = await readWav(broken.subarray(0, length)).catch((error) => error);
        if (!(result instanceof Error)) expect(result.data.every(Number.isFinite)).toBe(true);
        else
          expect(result).toMatchObject({
            name: 'MediaError',
            code: expect.stringMatching(/^ERR_(PARTIAL_)?INPUT$/),
          });
      },
    ),
    { numRuns: 1000 },
  );
});

const two = bytesOf(2, 1, 2);
test.each([
  { title: 'nothing', file: Buffer.alloc(0), says: 'it is empty' },
  { title: 'text', file: Buffer.from('no sound in here'), says: 'RIFF' },
  { title: 'another RIFF', file: Buffer.from('RIFF\x04\0\0\0AVI '), says: 'WAVE' },
  { title: 'a head alone', file: makeWav(two).subarray(0, 12), says: 'data chunk' },
  { title: 'a header that breaks off', file: makeWav(two).subarray(0, 30), says: 'fmt chunk says 16 bytes' },
  { title: 'no data chunk', file: makeWav(two).subarray(0, 36), says: 'data chunk' },
  {
    title: 'a chunk that hides the others',
    file: makeWav(two, { first: Buffer.from('note\xf0\xff\xff\x7f', 'latin1') }),
    says: 'data chunk',
  },
  {
    title: 'more chunks than anybody writes',
    file: makeWav(two, { first: Buffer.alloc(8 * 1_000_000) }),
    says: 'more than 1000000 chunks',
  },
  {
    title: 'samples before their format',
    file: makeWav(two, { first: makeChunk('data', two) }),
    says: 'before its samples',
  },
  { title: '0 channels', file: makeWav(two, { channels: 0 }), says: '0 channels' },
  { title: '0 Hz', file: makeWav(two, { sampleRate: 0 }), says: '0 Hz' },
  { title: 'a negative rate', file: makeWav(two, { sampleRate: 2 ** 32 - 8000 }), says: '1 to 768000' },
  { title: 'block align 0', file: makeWav(two, { blockBytes: 0 }), says: '0 bytes a block' },
  { title: '0 bits', file: makeWav(two, { bits: 0, blockBytes: 2 }), says: '0 bits' },
  {
    title: 'more bits than the block has room for',
    file: makeWav(two, { bits: 32, blockBytes: 2 }),
    says: 'contradicts',
  },
  {
    title: '65535 channels of 16 bits',
    file: makeWav(two, { channels: 65_535, blockBytes: 2 }),
    says: '65535 channels',
  },
  { title: 'floats of 16 bits', file: makeWav(two, { tag: 3 }), says: '16 bits a sample of float' },
  { title: 'MP3 in a WAV', file: makeWav(two, { tag: 0x55 }), says: '0x55' },
  {
    title: 'ADPCM of two channels',
    file: makeWav(two, { tag: 0x11, bits: 4, blockBytes: 512, channels: 2 }),
    says: '2 channels',
  },
  {
    title: 'ADPCM of blocks without samples',
    file: makeWav(two, { tag: 0x11, bits: 4, blockBytes: 4 }),
    says: '4 bytes a block',
  },
  {
    title: 'ADPCM with a damaged block',
    file: makeWav(Buffer.of(0, 0, 89, 0, 0), { tag: 0x11, bits: 4, blockBytes: 5 }),
    says: 'step 89',
  },
  {
    title: 'floats that are no numbers',
    file: makeWav(ieee(4, Number.NaN), { tag: 3, bits: 32 }),
    says: 'not finite',
  },
  { title: 'floats beyond float32', file: makeWav(ieee(8, 1e300), { tag: 3, bits: 64 }), says: 'not finite' },
])('refuses $title', async ({ file, says }) => {
  const path = await write(file);
  await expect(readWav(path)).rejects.toMatchObject({
    code: 'ERR_INPUT',
    message: expect.stringMatching(new RegExp(`^${path} cannot be read as WAV: .*${says}`)),
  });
});

test('refuses a rate that would make a sound of endless length', async () => {
  const file = makeWav(Buffer.alloc(6000, 128), { sampleRate: 1, bits: 8 });
  await expect(readWav(file, { sampleRate: 48_000 })).rejects.toMatchObject({
    code: 'ERR_INPUT',
    message: expect.stringContaining('288000000 samples'),
  });
});

test('refuses a file of more than 1 GiB before it is held', async () => {
  const path = await write(makeWav(two, { dataSize: 0xffff_ffff }));
  const file = await open(path, 'r+');
  await file.truncate(2 ** 30 + 2 ** 20); // sparse: takes no room
  await file.close();
  const before = process.memoryUsage().arrayBuffers;
  await expect(readWav(path)).rejects.toMatchObject({
    code: 'ERR_INPUT',
    message: expect.stringContaining('1073741824'),
  });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 26);
});

test('a thousand lists in lists take no time', async () => {
  const file = makeWav(two, { first: Buffer.concat(Array(20_000).fill(Buffer.from('LIST\x04\0\0\0INFO'))) });
  expect(await valuesOf(file)).toEqual([1 / 32_768, 2 / 32_768]);
});

test('refuses what is not there, and folders', async () => {
  for (const path of ['/nowhere/a.wav', await makeTemporaryFolder()])
    await expect(readWav(path)).rejects.toMatchObject({
      code: 'ERR_INPUT',
      message: expect.stringContaining(path),
    });
});

test.runIf(process.platform !== 'win32')('opens no pipe and no device', async () => {
  const pipe = join(await makeTemporaryFolder(), 'sound.wav');
  execFileSync('mkfifo', [pipe]);
  for (const path of [pipe, '/dev/zero'])
    await expect(readWav(path)).rejects.toMatchObject({
      code: 'ERR_INPUT',
      message: expect.stringContaining(`${path} cannot be read as WAV: it is no regular file`),
    });
});

test('refuses unknown options and rates that no model wants', async () => {
  const file = makeWav(two);
  for (const options of [{ sampleRate: 0 }, { sampleRate: 44_100.5 }, { rate: 8000 }])
    await expect(readWav(file, options as object)).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
});

test('an abort ends it: before, while it decodes and while it resamples', async () => {
  const file = makeWav(Buffer.alloc(2 ** 22), { sampleRate: 44_100 });
  await expect(readWav(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  for (const turns of [1, 40]) {
    const controller = new AbortController();
    let hasEnded = false;
    const reading = readWav(file, { sampleRate: 48_000, signal: controller.signal }).finally(() => {
      hasEnded = true;
    });
    reading.catch(() => {}); // heard below
    for (let turn = 0; turn < turns; turn++) await nextTurn();
    expect(hasEnded).toBe(false);
    controller.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  }
});
