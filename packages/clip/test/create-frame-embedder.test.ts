import { setTimeout as sleep } from 'node:timers/promises';
import { collect, createStage, type StageOptions, through, type VideoFrame } from '@deepffmpeg/core';
import { interleave, makeFrames, makeWindows, type Step, testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createFrameEmbedder, type ImageTower } from '../src/index.js';

/** A tower whose embedding of a frame is `[index, 1]`. */
const fakeTower = (step: Step = async () => {}): ImageTower => ({
  id: 'fake',
  dimension: 2,
  pictureSize: { width: 2, height: 2 },
  batchSize: 3,
  async embed(frames, { signal } = {}) {
    await step('work', signal);
    return Float32Array.from(frames.flatMap(({ data }) => [data[0] ?? 0, 1]));
  },
});

testStageContract('createFrameEmbedder', {
  steps: ['work'],
  chunks: makeFrames,
  holds: 4,
  create: (options: StageOptions, step) =>
    createFrameEmbedder({ model: fakeTower(step), batchSize: 4, ...options }),
});

test('gives one embedding per frame, in order, for any batch size and mix with other kinds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(40),
      fc.nat(40),
      fc.integer({ min: 1, max: 9 }),
      async (frameCount, windowCount, batchSize) => {
        const windows = makeWindows(windowCount);
        const input = interleave(makeFrames(frameCount), windows);
        const outputs = await collect(through(input, createFrameEmbedder({ model: fakeTower(), batchSize })));
        const vectors = outputs.flatMap((chunk) => (chunk.type === 'embedding' ? [...chunk.vector] : []));
        expect(vectors).toEqual(makeFrames(frameCount).flatMap(({ index }) => [index, 1]));
        expect(outputs.filter(({ type }) => type === 'audio-window')).toEqual(windows);
      },
    ),
  );
});

test('takes only its own tap', async () => {
  const frames: VideoFrame<'clip' | 'detect'>[] = makeFrames(6).map((frame) => ({
    ...frame,
    tap: frame.index % 2 ? 'clip' : 'detect',
  }));
  const outputs = await collect(through(frames, createFrameEmbedder({ model: fakeTower(), tap: 'clip' })));
  expect(outputs.map((chunk) => (chunk.type === 'video-frame' ? chunk.tap : chunk.vector[0]))).toEqual([
    'detect',
    'detect',
    'detect',
    1,
    3,
    5,
  ]);
});

test('embeds a part of a batch when a live input pauses', async () => {
  const live = async function* () {
    yield* makeFrames(3);
    await sleep(100);
    yield* makeFrames(1);
  };
  const embed = vi.fn(fakeTower().embed);
  await collect(through(live(), createFrameEmbedder({ model: { ...fakeTower(), embed }, idleMs: 10 })));
  expect(embed.mock.calls.map(([frames]) => frames.length)).toEqual([3, 1]);
});

test('sight and sound share one stream', async () => {
  const hear = createStage({
    accepts: ['audio-window'],
    transform: ({ timestamp }) => [{ type: 'heard', timestamp }],
  });
  const outputs = await collect(
    through(interleave(makeFrames(5), makeWindows(5)), createFrameEmbedder({ model: fakeTower() }), hear),
  );
  expect(outputs.filter(({ type }) => type === 'heard')).toHaveLength(5);
  expect(outputs.filter(({ type }) => type === 'embedding')).toHaveLength(5);
});

test('reports a model that gives NaN', async () => {
  const model: ImageTower = { ...fakeTower(), embed: async () => Float32Array.of(1, Number.NaN) };
  await expect(collect(through(makeFrames(1), createFrameEmbedder({ model })))).rejects.toMatchObject({
    code: 'ERR_MODEL_OUTPUT',
  });
});

test('reports a model whose output has the wrong size, and bad options at once', async () => {
  const model: ImageTower = { ...fakeTower(), embed: async () => new Float32Array(1) };
  await expect(collect(through(makeFrames(2), createFrameEmbedder({ model })))).rejects.toMatchObject({
    code: 'ERR_MODEL_OUTPUT',
  });
  expect(() => createFrameEmbedder({ model, batchSize: 0 })).toThrow(/batchSize/);
});

test('keeps the region that a frame was cut from', async () => {
  const region = { x: 1, y: 2, width: 3, height: 4.5 };
  const frames = makeFrames(2).map((frame) => (frame.index === 0 ? { ...frame, region } : frame));
  const [cut, whole] = await collect(through(frames, createFrameEmbedder({ model: fakeTower() })));
  expect(cut).toMatchObject({ type: 'embedding', region });
  expect(whole).not.toHaveProperty('region');
});

test('refuses at once a path, a promise and a model that hears', () => {
  const ear = { id: 'ear', windowSeconds: 1, batchSize: 1, embed: async () => new Float32Array() };
  // As plain JavaScript may.
  // As plain JavaScript may.
  for (const model of ['/models/clip', Promise.resolve(fakeTower()), ear])
    expect(() => createFrameEmbedder({ model: model as unknown as ImageTower })).toThrow(
      /^model: expected what openClip gives, got ('\/models\/clip'|a promise: await it|\{ id: 'ear',.*)$/,
    );
});
