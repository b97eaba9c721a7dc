import { type LabelSet, labelSetOf, type Scores } from '@deepffmpeg/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { soundSharePrompts, soundShares } from '../src/index.js';

const own = labelSetOf(soundSharePrompts);

const window = (
  timestamp: number,
  durationSeconds: number,
  probabilities: readonly number[],
  labelSet: LabelSet = own,
  source = 'made',
): Scores => ({
  type: 'scores',
  source,
  timestamp,
  durationSeconds,
  modality: 'audio',
  model: 'fake',
  labelSet,
  probabilities: Float32Array.from(probabilities),
});

test('the prompts tell speech, music and other apart, in several sentences each', () => {
  expect(own).toEqual({
    name: 'sound shares',
    kind: 'labels',
    groups: [{ name: 'sound', labels: ['speech', 'music', 'other'] }],
  });
  const sentences = soundSharePrompts.groups.flatMap(({ labels }) =>
    labels.flatMap((label) => label.sentences ?? []),
  );
  expect(new Set(sentences).size).toBe(18);
});

test('gives the mean over time', () => {
  const scores = [window(0, 10, [1, 0, 0]), window(10, 5, [0, 1, 0]), window(15, 5, [0, 0, 1])];
  expect(soundShares(scores)).toEqual({ speech: 0.5, music: 0.25, other: 0.25, speechToMusic: 2 / 3 });
});

test('sums the labels of a class, over groups too', () => {
  const labelSet: LabelSet = {
    name: 'sounds',
    kind: 'categories',
    groups: [
      { name: 'people', labels: ['talk', 'shout', 'quiet'] },
      { name: 'things', labels: ['song', 'engine'] },
    ],
  };
  const classes = {
    talk: 'speech',
    shout: 'speech',
    quiet: 'other',
    song: 'music',
    engine: 'other',
  } as const;
  const shares = soundShares([window(0, 1, [0.5, 0.25, 0.25, 0.75, 0.25], labelSet)], classes);
  expect(shares).toEqual({ speech: 0.375, music: 0.375, other: 0.25, speechToMusic: 0.5 });
});

test('counts every moment once where windows overlap', () => {
  // 5 s of speech alone, 5 s shared, 5 s of music alone.
  expect(soundShares([window(0, 10, [1, 0, 0]), window(5, 10, [0, 1, 0])])).toMatchObject({
    speech: 0.5,
    music: 0.5,
  });
  // The same sound in 3 windows more, over its first second.
  const often = [
    window(0, 1, [1, 0, 0]),
    window(0, 1, [1, 0, 0]),
    window(0, 1, [1, 0, 0]),
    window(1, 1, [0, 1, 0]),
  ];
  expect(soundShares(often)).toMatchObject({ speech: 0.5, music: 0.5 });
  // A window that lies in another: half of its 2 s.
  const inside = soundShares([window(0, 10, [1, 0, 0]), window(4, 2, [0, 1, 0])]);
  expect(inside?.music).toBeCloseTo(0.1, 12);
});

test('windows of different inputs do not overlap', () => {
  const scores = [window(0, 3, [1, 0, 0], own, 'a'), window(0, 1, [0, 1, 0], own, 'b')];
  expect(soundShares(scores)).toMatchObject({ speech: 0.75, music: 0.25 });
});

test('has no ratio where there is neither speech nor music', () => {
  expect(soundShares([window(0, 1, [0, 0, 1])])).toEqual({
    speech: 0,
    music: 0,
    other: 1,
    speechToMusic: null,
  });
});

test('says nothing of nothing, and of windows that say nothing', () => {
  expect(soundShares([])).toBeUndefined();
  expect(soundShares([window(0, 1, [0, 0, 0])])).toBeUndefined();
  expect(soundShares([window(0, 1, [0, 0, 0]), window(1, 1, [1, 0, 0])])).toMatchObject({ speech: 1 });
});

test('counts windows alike where none lasts', () => {
  expect(soundShares([window(0, 0, [1, 0, 0]), window(0, 0, [0, 0, 1])])).toMatchObject({
    speech: 0.5,
    other: 0.5,
  });
});

const anyWindow = fc
  .record({
    timestamp: fc.integer({ min: 0, max: 50 }),
    length: fc.integer({ min: 0, max: 20 }),
    values: fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
    source: fc.constantFrom('a', 'b'),
  })
  .map(({ timestamp, length, values, source }) => window(timestamp / 4, length / 4, values, own, source));

test('shares sum to 1, and the order of the windows does not count', () => {
  fc.assert(
    fc.property(fc.array(anyWindow, { maxLength: 20 }), (scores) => {
      const shares = soundShares(scores);
      if (!shares) {
        expect(scores.every(({ probabilities }) => probabilities.every((value) => value === 0))).toBe(true);
        return;
      }
      expect(shares.speech + shares.music + shares.other).toBeCloseTo(1, 9);
      const turned = soundShares(scores.toReversed());
      for (const name of ['speech', 'music', 'other'] as const)
        expect(turned?.[name]).toBeCloseTo(shares[name], 9);
    }),
  );
});

test('a sound that is the same all along has the shares of any window, however they overlap', () => {
  fc.assert(
    fc.property(fc.array(anyWindow, { minLength: 1, maxLength: 20 }), (scores) => {
      const same = scores.map((score) => ({ ...score, probabilities: Float32Array.of(0.5, 0.25, 0.25) }));
      expect(soundShares(same)?.speech).toBeCloseTo(0.5, 9);
      expect(soundShares(same)?.speechToMusic).toBeCloseTo(2 / 3, 9);
    }),
  );
});

test('a label without a class is an error that names it', () => {
  const mismatch = expect.objectContaining({
    code: 'ERR_MISMATCH',
    message: expect.stringContaining('label speech'),
  });
  expect(() => soundShares([window(0, 1, [1, 0, 0])], { music: 'music' })).toThrow(mismatch);
  const odd: LabelSet = { name: 'odd', kind: 'labels', groups: [{ name: 'odd', labels: ['toString'] }] };
  expect(() => soundShares([window(0, 1, [1], odd)])).toThrow(
    expect.objectContaining({ code: 'ERR_MISMATCH' }),
  );
});
