import fc from 'fast-check';
import { expect, test } from 'vitest';
import { demuxNut, type NutFrame } from '../../src/nut/demux-nut.js';
import { nutFrameHead, nutHead } from '../../src/nut/write-nut.js';

async function framesOf(...parts: readonly Uint8Array[]): Promise<NutFrame[]> {
  const chunks = (async function* () {
    yield* parts;
  })();
  const frames: NutFrame[] = [];
  for await (const frame of demuxNut(chunks, 1 << 20)) frames.push(frame);
  return frames;
}

test('demuxing gives back what was written: size, clock, times of any length and bytes', async () => {
  const times = fc
    .uniqueArray(
      fc.maxSafeNat().map((pts) => Math.floor(pts / 2)),
      { minLength: 1, maxLength: 9 },
    )
    .map((list) => list.toSorted((a, b) => a - b));
  const side = fc.integer({ min: 1, max: 40 });
  await fc.assert(
    fc.asyncProperty(
      times,
      side,
      side,
      fc.integer({ min: 1, max: 1e9 }),
      async (pts, width, height, rate) => {
        const pixels = (seed: number) => new Uint8Array(width * height * 3).fill(seed);
        const parts = pts.flatMap((time, i) => [nutFrameHead(time, width * height * 3), pixels(i)]);
        const frames = await framesOf(nutHead({ width, height }, rate), ...parts);
        expect(frames.map((frame) => frame.pts)).toEqual(pts);
        expect(frames.map(({ data }) => data)).toEqual(pts.map((_, i) => pixels(i)));
        expect(frames[0]?.stream).toMatchObject({
          kind: 'video',
          width,
          height,
          timeBase: { numerator: 1, denominator: rate },
        });
      },
    ),
  );
});
