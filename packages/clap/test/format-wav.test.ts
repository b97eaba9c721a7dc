import fc from 'fast-check';
import { expect, test } from 'vitest';
import wavefile from 'wavefile';
import { formatWav, readWav } from '../src/index.js';

/** A sum of channels has no -0. */
const float = fc.float({ noDefaultInfinity: true, noNaN: true }).map((value) => value + 0);

test('writes a mono file of floats', () => {
  const wav = new wavefile.WaveFile(formatWav({ sampleRate: 48_000, data: Float32Array.of(0.5, -1.5) }));
  expect(wav.fmt).toMatchObject({ audioFormat: 3, numChannels: 1, sampleRate: 48_000, bitsPerSample: 32 });
  expect([...wav.getSamples(true)]).toEqual([0.5, -1.5]);
});

test('rounds to 16 bits, and limits what is louder', () => {
  const data = Float32Array.of(0.5, 1, -1, 3, -3, 1.4 / 32_768, -1.6 / 32_768);
  const wav = new wavefile.WaveFile(formatWav({ sampleRate: 8000, data }, { format: 'int16' }));
  expect(wav.fmt).toMatchObject({ audioFormat: 1, bitsPerSample: 16, blockAlign: 2 });
  expect([...wav.getSamples(true)]).toEqual([16_384, 32_767, -32_768, 32_767, -32_768, 1, -2]);
});

test('writes a part of an array as its own, and nothing as a file without a sample', async () => {
  const data = Float32Array.of(9, 0.25, 9).subarray(1, 2);
  expect([...(await readWav(formatWav({ sampleRate: 8000, data }))).data]).toEqual([0.25]);
  expect(formatWav({ sampleRate: 8000, data: data.subarray(1) })).toHaveLength(44);
});

test('reading undoes writing floats, to the bit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.float32Array({ noNaN: true, noDefaultInfinity: true }).map((data) => data.map((x) => x + 0)),
      fc.integer({ min: 1, max: 768_000 }),
      async (data, sampleRate) => {
        const read = await readWav(formatWav({ sampleRate, data }));
        expect(read).toMatchObject({ sampleRate, data });
      },
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -149, max: 127 }), float, async (exponent, value) => {
      const data = Float32Array.of(2 ** exponent, -(2 ** exponent), value);
      expect((await readWav(formatWav({ sampleRate: 8000, data }))).data).toEqual(data);
    }),
  );
});

test('reading undoes writing 16 bits, of what they can say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.int16Array(), async (values) => {
      const data = Float32Array.from(values, (value) => value / 32_768);
      expect((await readWav(formatWav({ sampleRate: 8000, data }, { format: 'int16' }))).data).toEqual(data);
    }),
  );
});

test.each([
  { title: 'an unknown format', sound: {}, options: { format: 'int12' } },
  { title: 'a rate of 0', sound: { sampleRate: 0 }, options: {} },
  { title: 'a broken rate', sound: { sampleRate: 44_100.5 }, options: {} },
  { title: 'what is no number', sound: { data: Float32Array.of(Number.NaN) }, options: {} },
  {
    title: 'what is endless',
    sound: { data: Float32Array.of(Number.POSITIVE_INFINITY) },
    options: { format: 'int16' },
  },
])('refuses $title', ({ sound, options }) => {
  const whole = { sampleRate: 8000, data: Float32Array.of(0), ...sound };
  expect(() => formatWav(whole, options as object)).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_OPTIONS' }),
  );
});
