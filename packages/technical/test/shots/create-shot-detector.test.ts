import { collect, type Shot, type StageOptions, through, type VideoFrame } from '@deepffmpeg/core';
import { type Step, testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createShotDetector, type ShotDetectorOptions } from '../../src/index.js';

/** A picture of noise, the same for the same seed. */
function picture(seed: number): Uint8Array {
  let state = seed + 1;
  return Uint8Array.from({ length: 16 * 9 * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

const frameOf = (data: Uint8Array, index: number, more: Partial<VideoFrame> = {}): VideoFrame => ({
  ...{
    type: 'video-frame',
    source: 'made',
    tap: 'shots',
    index,
    timestamp: index / 25,
    durationSeconds: 0.04,
  },
  ...{ width: 16, height: 9, data, ...more },
});
/** So many frames of each picture in turn. */
const filmOf = (lengths: readonly number[], more?: Partial<VideoFrame>) =>
  lengths
    .flatMap((length, i) => Array<number>(length).fill(i))
    .map((seed, i) => frameOf(picture(seed), i, more));
const detect = (frames: readonly VideoFrame[], options?: ShotDetectorOptions) =>
  collect(through(frames, createShotDetector(options)));
const startsOf = async (lengths: readonly number[], options?: ShotDetectorOptions) =>
  (await detect(filmOf(lengths), options)).map(({ startFrame }) => startFrame);

testStageContract('createShotDetector', {
  holds: Number.POSITIVE_INFINITY, // until a cut is known
  steps: [],
  chunks: (count) => filmOf(Array<number>(Math.ceil(count / 5)).fill(5)).slice(0, count),
  create: (options: StageOptions, _step: Step) => createShotDetector(options),
});

test('tells where shots begin and end', async () => {
  expect(await detect(filmOf([10, 20]))).toEqual([
    {
      ...{
        type: 'shot',
        source: 'made',
        index: 0,
        timestamp: 0,
        durationSeconds: 0.4,
        startFrame: 0,
        endFrame: 10,
      },
      ...{ kind: 'start', score: 0 },
    },
    {
      ...{ type: 'shot', source: 'made', index: 1, timestamp: 0.4, durationSeconds: expect.closeTo(0.8, 9) },
      ...{ startFrame: 10, endFrame: 30, kind: 'cut', score: 255 },
    },
  ]);
});

test('takes the frames of its tap, each input for itself', async () => {
  const [a, b] = [filmOf([10, 10], { source: 'a' }), filmOf([15, 5], { source: 'b', tap: 'small' })];
  const mixed = a.flatMap((frame, i) => [frame, b[i]!]); // of equal length
  const outputs: readonly (Shot | VideoFrame)[] = await collect(
    through(mixed, createShotDetector({ tap: 'small' })),
  );
  expect(outputs.filter(({ type }) => type === 'video-frame')).toEqual(a);
  expect(
    outputs.flatMap((chunk) => (chunk.type === 'shot' ? [[chunk.source, chunk.startFrame]] : [])),
  ).toEqual([
    ['b', 0],
    ['b', 15],
  ]);
});

test('content cuts from its threshold on, adaptive from its ratio on', async () => {
  // Noise against other noise changes by a third of 255 levels: a score of 0.85.
  expect(await startsOf([20, 20], { shotRule: 'content', sceneThreshold: 0.8 })).toEqual([0, 20]);
  expect(await startsOf([20, 20], { shotRule: 'content', sceneThreshold: 0.95 })).toEqual([0]);
  const flicker = (i: number) => picture(i < 20 ? 0 : 1).map((level) => Math.max(0, level - 8 * (i % 2)));
  const frames = Array.from({ length: 40 }, (_, i) => frameOf(flicker(i), i));
  expect(await detect(frames, { ratio: 8 })).toHaveLength(2);
  expect(await detect(frames, { ratio: 30 })).toHaveLength(1);
});

test('any lengths of at least 8 frames are found, to the frame', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 8, max: 120 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom<ShotDetectorOptions>({ shotRule: 'content' }, { shotRule: 'adaptive' }),
      async (lengths, options) => {
        const starts = lengths.map((_, i) => lengths.slice(0, i).reduce((a, b) => a + b, 0));
        expect(await startsOf(lengths, options)).toEqual(starts);
      },
    ),
    { numRuns: 40 },
  );
});

test.each([
  { fps: 20, length: 5 },
  { fps: 24, length: 6 },
  { fps: 25, length: 6 },
  { fps: 60, length: 15 },
])(
  'a flash of up to a quarter of a second is no cut, whatever rounding makes of it: $length frames at $fps',
  async ({ fps, length }) => {
    const seeds = [0, 1, 0].flatMap((seed, i) => Array<number>(i === 1 ? length : 20).fill(seed));
    for (let first = 0; first < 50; first++) {
      const frames = seeds.map((seed, i) => frameOf(picture(seed), i, { timestamp: (first + i) / fps }));
      expect(await detect(frames)).toHaveLength(1);
      expect(await detect(frames, { shotRule: 'content' })).toHaveLength(1);
    }
  },
);

test('a picture of more than a quarter of a second is a shot', async () => {
  expect(await startsOf([20, 7, 20])).toEqual([0, 20, 27]);
});

test('a film of no frames has no shots', async () => {
  expect(await detect([])).toEqual([]);
});

/** A film of so many frames of each picture, as bright as told: 0 is black. */
const filmOfLevels = (parts: readonly (readonly [frames: number, brightness: number])[]) =>
  parts
    .flatMap(([frames, brightness], i) => {
      const data = picture(i).map((level) => level * brightness);
      return Array<Uint8Array>(frames).fill(data);
    })
    .map((data, i) => frameOf(data, i));

/** Pictures of noise that dissolve into one another; 30 frames before the first, and 30 behind the last. */
function filmOfDissolves({ count, length, hold }: { count: number; length: number; hold: number }) {
  const mixture = (seed: number, share: number) => {
    const [from, to] = [picture(seed), picture(seed + 1)];
    return from.map((level, i) => level * (1 - share) + to[i]! * share); // of equal length
  };
  const held = (seed: number, frames: number) => Array<Uint8Array>(frames).fill(picture(seed));
  const parts = Array.from({ length: count }, (_, seed) => [
    ...Array.from({ length }, (__, i) => mixture(seed, i / length)),
    ...held(seed + 1, hold),
  ]);
  return [...held(0, 30), ...parts.flat(), ...held(count, 30)].map((data, i) => frameOf(data, i));
}

/** Every frame is in one shot, and none is empty. */
function expectWhole(shots: readonly Shot[], frames: number): void {
  expect(shots.map(({ startFrame }) => startFrame)).toEqual([
    0,
    ...shots.slice(0, -1).map(({ endFrame }) => endFrame),
  ]);
  expect(shots.at(-1)?.endFrame).toBe(frames);
  for (const { startFrame, endFrame } of shots) expect(endFrame).toBeGreaterThan(startFrame);
}

describe.each<ShotDetectorOptions>([{ shotRule: 'content', sceneThreshold: 0.1 }, { shotRule: 'adaptive' }])(
  'black between two dark pictures: %j',
  (options) => {
    test.each([1, 2, 3, 6, 10, 30])('is one boundary where it is %i frames long', async (length) => {
      const shots = await detect(
        filmOfLevels([
          [40, 0.3],
          [length, 0],
          [40, 0.3],
        ]),
        options,
      );
      expectWhole(shots, 80 + length);
      expect(shots.map(({ startFrame, kind }) => [startFrame, kind])).toEqual([
        [0, 'start'],
        [40 + Math.floor((length - 1) / 2), 'fade'],
      ]);
    });

    test('is one boundary each where another follows at once', async () => {
      const shots = await detect(
        filmOfLevels([
          [40, 0.3],
          [3, 0],
          [4, 0.3],
          [3, 0],
          [40, 0.3],
        ]),
        options,
      );
      expectWhole(shots, 90);
      expect(shots.map(({ kind }) => kind)).toEqual(['start', 'fade', 'fade']);
    });

    test('leaves no frame out where it is so long that the shot before it was told', async () => {
      const shots = await detect(
        filmOfLevels([
          [40, 0.3],
          [200, 0],
          [40, 0.3],
        ]),
        options,
      );
      expectWhole(shots, 280);
      expect(shots.map(({ startFrame, kind }) => [startFrame, kind])).toEqual([
        [0, 'start'],
        [40, 'cut'],
        [160, 'fade'], // 80 frames before the black ends, as far back as frames are held
      ]);
    });
  },
);

describe.each([0, 4, 8, 16])('dissolves with a hold of %i frames between', (hold) => {
  test.each([16, 24, 48])('are a boundary each where they last %i', async (length) => {
    const shots = await detect(filmOfDissolves({ count: 12, length, hold }));
    expectWhole(shots, 12 * (hold + length) + 60);
    expect(shots.slice(1).map(({ kind }) => kind)).toEqual(Array<string>(12).fill('dissolve'));
    for (const [i, { startFrame }] of shots.slice(1).entries()) {
      const middle = 30 + i * (hold + length) + length / 2;
      expect(Math.abs(startFrame - middle)).toBeLessThanOrEqual(length / 4);
    }
  });
});

test('tells a shot while the film goes on', async () => {
  const stage = createShotDetector();
  const frames = filmOf([10, 400]);
  let taken = 0;
  async function* counted() {
    for (const frame of frames) {
      taken++;
      yield frame;
    }
  }
  for await (const { startFrame } of through(counted(), stage)) {
    expect(startFrame).toBe(0);
    expect(taken).toBeLessThan(150);
    break;
  }
});

test.each([
  { options: { shotRule: 'content', sceneThreshold: 0 } },
  { options: { shotRule: 'adaptive', ratio: 1 } },
  { options: { shotRule: 'content', ratio: 3 } },
  { options: { shotRule: 'best' } },
])('refuses $options', ({ options }) => {
  expect(() => createShotDetector(options as ShotDetectorOptions)).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_OPTIONS' }),
  );
});
