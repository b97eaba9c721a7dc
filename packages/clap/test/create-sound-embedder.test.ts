import { type AudioSamples, collect, type Embedding, through } from '@deepffmpeg/core';
import { testStageContract } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { type AudioTower, createSoundEmbedder, type Sound, type SoundEmbedderOptions } from '../src/index.js';

/** Hears the mean, in windows of two seconds. */
const towerOf = (
  embed: (windows: readonly Sound[], signal?: AbortSignal) => Promise<void> = async () => {},
): AudioTower => ({
  ...{ id: 'mean', dimension: 1, sampleRate: 4, windowSeconds: 2, batchSize: 2 },
  async embed(windows, { signal } = {}) {
    await embed(windows, signal);
    return Float32Array.from(
      windows,
      ({ data }) => data.reduce((sum, value) => sum + value, 0) / data.length,
    );
  },
});

/** A second each, whose samples all hold the number of the second. */
const secondsOf = (count: number): AudioSamples[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{
      type: 'audio-samples',
      source: 'made',
      tap: 'audio',
      timestamp: i,
      durationSeconds: 1,
      sampleRate: 4,
    },
    data: new Float32Array(4).fill(i),
  }));

const embed = async (count: number, options: Partial<SoundEmbedderOptions> = {}) => {
  const outputs = await collect(
    through(secondsOf(count), createSoundEmbedder({ model: towerOf(), ...options })),
  );
  return outputs
    .filter((chunk): chunk is Embedding => chunk.type === 'embedding')
    .map(({ timestamp, durationSeconds, vector }) => [timestamp, durationSeconds, ...vector]);
};

testStageContract('createSoundEmbedder', {
  holds: 4, // two windows of two blocks
  steps: ['work'],
  chunks: secondsOf,
  create: (options, step) =>
    createSoundEmbedder({ model: towerOf((_, signal) => step('work', signal)), ...options }),
});

test('embeds windows as long as the model hears at once', async () => {
  expect(await embed(5)).toEqual([
    [0, 2, 0.5],
    [2, 2, 2.5],
    [4, 1, 4],
  ]);
});

test('windows may be shorter and overlap, and other taps pass', async () => {
  expect(await embed(3, { windowSeconds: 1, hopSeconds: 0.5 })).toEqual([
    [0, 1, 0],
    [0.5, 1, 0.5],
    [1, 1, 1],
    [1.5, 1, 1.5],
    [2, 1, 2],
  ]);
  expect(await embed(3, { tap: 'other' })).toEqual([]);
  expect(() => createSoundEmbedder({ model: towerOf(), windowSeconds: 0 })).toThrow(/windowSeconds/);
  expect(() => createSoundEmbedder({ model: towerOf(), windowSeconds: 3 })).toThrow(
    expect.objectContaining({
      code: 'ERR_INVALID_OPTIONS',
      message: 'windowSeconds: mean hears at most 2 s at once, got 3',
    }),
  );
});
