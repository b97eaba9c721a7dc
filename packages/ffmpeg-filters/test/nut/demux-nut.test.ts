import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demuxNut, type NutFrame } from '../../src/nut/demux-nut.js';
import { writeNut } from './write-nut.js';

async function* inChunks(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  let position = 0;
  for (let i = 0; position < bytes.length; i += 1) {
    const length = lengths[i % lengths.length] ?? bytes.length;
    yield bytes.subarray(position, position + length);
    position += length;
  }
}

async function framesOf(bytes: Uint8Array, lengths: readonly number[] = [1 << 16]): Promise<NutFrame[]> {
  const frames: NutFrame[] = [];
  for await (const frame of demuxNut(inChunks(bytes, lengths), 1 << 16)) frames.push(frame);
  return frames;
}

const written = [
  { id: 0, pts: 0, data: Uint8Array.of(1, 2, 3) },
  { id: 1, pts: 7, data: new Uint8Array(4000).fill(9) },
  { id: 0, pts: 90_000 * 3600 * 30, data: Uint8Array.of(4, 5, 6) }, // 30 h: far beyond 32 bits
  { id: 0, pts: 90_000 * 3600 * 30 - 1, data: new Uint8Array(0) },
];
const bytes = writeNut({ timeBase: [1, 90_000], streams: 2, frames: written });

describe('demuxNut', () => {
  test('reads frames, their times and their streams', async () => {
    const frames = await framesOf(bytes);
    expect(frames.map(({ stream, pts, data }) => ({ id: stream.id, pts, data }))).toEqual(written);
    expect(frames[0]?.stream).toMatchObject({
      kind: 'video',
      width: 2,
      height: 1,
      timeBase: { numerator: 1, denominator: 90_000 },
    });
  });

  test('gives the same for any chunking', async () => {
    const whole = await framesOf(bytes);
    const lengths = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(lengths, async (cuts) => {
        expect(await framesOf(bytes, cuts)).toEqual(whole);
      }),
      { examples: [[[1]]] },
    );
  });

  test('gives each frame memory of its own', async () => {
    const [first] = await framesOf(bytes);
    expect(first?.data.buffer.byteLength).toBe(3);
    expect(Buffer.isBuffer(first?.data)).toBe(false);
  });

  test('gives nothing for no bytes', async () => {
    expect(await framesOf(new Uint8Array(0))).toEqual([]);
  });

  test('skips packets that it does not know', async () => {
    const odd = Uint8Array.of(0x4e, 0x58, 0xdd, 0x67, 0x2f, 0x23, 0xe6, 0x4e, 6, 1, 2, 3, 4, 5, 6);
    expect(await framesOf(Buffer.concat([bytes, odd]))).toEqual(await framesOf(bytes));
  });

  test('fails when the bytes end within a frame or header', async () => {
    const ends: number[] = [];
    for (let length = 1; length < bytes.length; length += 1) {
      // An end between two packets cannot be told from the true one: the exit status tells.
      await framesOf(bytes.subarray(0, length)).then(
        () => ends.push(length),
        (error) => expect(error).toMatchObject({ code: 'ERR_FFMPEG_EXIT' }),
      );
    }
    expect(ends.length).toBeLessThan(16);
  });

  test('refuses a frame larger than it was told to expect', async () => {
    const large = writeNut({
      timeBase: [1, 25],
      streams: 1,
      frames: [{ id: 0, pts: 0, data: new Uint8Array(70_000) }],
    });
    await expect(framesOf(large)).rejects.toThrow(/70000 bytes/);
  });

  test('never hangs, crashes or takes much memory on damaged bytes', async () => {
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const broken = Uint8Array.from(bytes);
        for (const [place, value] of changes) broken[place] = value;
        const frames = await framesOf(broken).catch((error) => {
          expect(error).toMatchObject({ code: 'ERR_FFMPEG_EXIT' });
          return [];
        });
        expect(frames.reduce((sum, { data }) => sum + data.length, 0)).toBeLessThan(1 << 20);
      }),
      { numRuns: 500 },
    );
  });

  test('refuses what is no NUT', async () => {
    await expect(framesOf(Buffer.from('RIFF....AVI '.repeat(9)))).rejects.toMatchObject({
      code: 'ERR_FFMPEG_EXIT',
    });
  });
});
