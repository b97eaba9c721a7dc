import {
  type AudioWindow,
  collect,
  createStage,
  type Embedding,
  through,
  type VideoFrame,
} from '@deepffmpeg/core';
import { makeFrames, makeWindows, testStageContract } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { embedInBatches } from '../src/index.js';

/** Embeds each item as its index and 1; writes down how many came at once. */
function makeTower(sizes: number[] = []) {
  return {
    id: 'made',
    dimension: 2,
    async embed(items: readonly { readonly index: number }[], _options?: { readonly signal?: AbortSignal }) {
      sizes.push(items.length);
      return Float32Array.from(items.flatMap(({ index }) => [index, 1]));
    },
  };
}
const frameStage = (tower: ReturnType<typeof makeTower>, size: number, options = {}) =>
  createStage({ accepts: ['video-frame'], ...embedInBatches<VideoFrame>(tower, 'vision', size) }, options);

testStageContract('embedInBatches', {
  create: (options, step) =>
    frameStage(
      {
        ...makeTower(),
        async embed(items, { signal } = {}) {
          await step('work', signal);
          return makeTower().embed(items);
        },
      },
      3,
      options,
    ),
  chunks: makeFrames,
  steps: ['work'],
  holds: 3,
});

test('gives an embedding for each item, with its time and the tower', async () => {
  const sizes: number[] = [];
  const embeddings = await collect(through(makeFrames(7), frameStage(makeTower(sizes), 3)));
  expect(sizes).toEqual([3, 3, 1]);
  expect(embeddings.map((embedding) => [...(embedding as Embedding).vector])).toEqual(
    Array.from({ length: 7 }, (_, i) => [i, 1]),
  );
  expect(embeddings[4]).toMatchObject({ source: 'made', timestamp: 4, durationSeconds: 1, model: 'made' });
});

test('keeps the region of a crop, and names the modality', async () => {
  const region = { x: 1, y: 2, width: 3, height: 4 };
  const [frame] = makeFrames(1);
  const [crop] = await collect(through([{ ...frame!, region }], frameStage(makeTower(), 1)));
  expect(crop).toMatchObject({ modality: 'vision', region });
  const hear = createStage({
    accepts: ['audio-window'],
    ...embedInBatches<AudioWindow>(makeTower(), 'audio', 1),
  });
  const [heard] = await collect(through(makeWindows(1), hear));
  expect(heard).toMatchObject({ modality: 'audio' });
  expect(heard).not.toHaveProperty('region');
});

test.each([
  { given: [1, 2, 3], message: 'made gave 3 numbers for 2 frames' },
  { given: [1, 2, Number.NaN, 4], message: 'made gave an embedding that is not finite' },
])('refuses $given', async ({ given, message }) => {
  const tower = { ...makeTower(), embed: async () => Float32Array.from(given) };
  await expect(collect(through(makeFrames(2), frameStage(tower, 2)))).rejects.toThrow(
    expect.objectContaining({ code: 'ERR_MODEL_OUTPUT', message }),
  );
});
