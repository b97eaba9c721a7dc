import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resampledLength, resampleWav } from '../src/resample-wav.js';

const sine = (hertz: number, rate: number, seconds = 0.5) =>
  Float32Array.from({ length: rate * seconds }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));
/** Away from the ends, where silence is heard. */
const middle = (data: Float32Array) => data.subarray(data.length * 0.2, data.length * 0.8);
const loudest = (data: Float32Array) => data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const worst = (data: Float32Array, ideal: Float32Array) =>
  loudest(middle(data.map((value, i) => value - ideal[i]!)));

const rates = [
  { from: 44_100, to: 48_000 },
  { from: 48_000, to: 16_000 },
  { from: 44_100, to: 16_000 },
  { from: 8000, to: 48_000 },
  { from: 22_050, to: 48_000 },
  { from: 44_099, to: 48_000 },
  { from: 48_001, to: 16_000 },
];

test.each(rates)('a tone of $from Hz is the tone at $to Hz, in time to the sample', async ({ from, to }) => {
  for (const share of [0.05, 0.3, 0.6, 0.85]) {
    const hertz = (share * Math.min(from, to)) / 2;
    expect(worst(await resampleWav(sine(hertz, from), from, to), sine(hertz, to))).toBeLessThan(1e-4); // -80 dB
  }
});

test.each(rates.filter(({ from, to }) => from > to))(
  'from $from to $to Hz, tones above half of it are gone',
  async ({ from, to }) => {
    for (const share of [1.07, 1.2, 1.33])
      expect(loudest(middle(await resampleWav(sine((share * to) / 2, from), from, to)))).toBeLessThan(5e-5); // -86 dB
  },
);

test.each(rates)('a constant stays the same from $from to $to Hz', async ({ from, to }) => {
  const data = await resampleWav(new Float32Array(from / 2).fill(0.5), from, to);
  expect(
    worst(
      data,
      data.map(() => 0.5),
    ),
  ).toBeLessThan(1e-6);
});

test('gives the same array where the rates are the same', async () => {
  const data = sine(440, 8000);
  expect(await resampleWav(data, 8000, 8000)).toBe(data);
});

test.each([0, 1, 2, 63])('resamples %i samples', async (length) => {
  const data = new Float32Array(length).fill(1);
  expect(await resampleWav(data, 16_000, 48_000)).toHaveLength(3 * length);
  expect(await resampleWav(data, 48_000, 16_000)).toHaveLength(Math.ceil(length / 3));
});

test('a sum is resampled as its parts', async () => {
  const sound = fc.float32Array({ min: -1, max: 1, noNaN: true, minLength: 50, maxLength: 50 });
  const rate = fc.constantFrom(8000, 11_025, 44_100, 48_000);
  await fc.assert(
    fc.asyncProperty(sound, sound, rate, rate, async (a, b, from, to) => {
      const [x, y, sum] = await Promise.all(
        [a, b, a.map((value, i) => value + b[i]!)].map((data) => resampleWav(data, from, to)),
      );
      expect(sum).toHaveLength(resampledLength(50, from, to));
      expect(loudest(sum!.map((value, i) => value - x![i]! - y![i]!))).toBeLessThan(1e-6);
    }),
  );
});

test('an abort ends it between two blocks', async () => {
  const resampling = resampleWav(new Float32Array(2 ** 17), 8000, 48_000, AbortSignal.abort());
  await expect(resampling).rejects.toMatchObject({ name: 'AbortError' });
});
