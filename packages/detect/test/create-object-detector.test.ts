import { collect, type Detections, type StageOptions, through, type VideoFrame } from '@deepffmpeg/core';
import { interleave, makeFrames, makeWindows, type Step, testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createObjectDetector, type Detector } from '../src/index.js';

/** Finds one object in each frame but the first, whose place is the frame's index. */
const fakeDetector = (step: Step = async () => {}): Detector => ({
  id: 'fake',
  labels: ['thing'],
  batchSize: 3,
  async detect(pictures, { signal } = {}) {
    await step('work', signal);
    return pictures.map(({ data }) => {
      const x = data[0] ?? 0;
      return x === 0 ? [] : [{ label: 'thing', confidence: 0.5, region: { x, y: 0, width: 1, height: 1 } }];
    });
  },
  close: async () => {},
});

testStageContract('createObjectDetector', {
  steps: ['work'],
  chunks: makeFrames,
  holds: 4,
  create: (options: StageOptions, step) =>
    createObjectDetector({ model: fakeDetector(step), batchSize: 4, ...options }),
});

test('gives one list per frame, in order, with the frame, for any batch size and mix with other kinds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(20),
      fc.nat(20),
      fc.integer({ min: 1, max: 9 }),
      async (count, others, batchSize) => {
        const windows = makeWindows(others);
        const frames = makeFrames(count);
        const stage = createObjectDetector({ model: fakeDetector(), batchSize });
        const outputs = await collect(through(interleave(frames, windows), stage));
        const found = outputs.filter((chunk): chunk is Detections => chunk.type === 'detections');
        expect(found.map(({ frame }) => frame)).toEqual(frames);
        expect(found.map(({ objects }) => objects[0]?.region.x ?? 0)).toEqual(
          frames.map(({ index }) => index),
        );
        expect(outputs.filter(({ type }) => type === 'audio-window')).toEqual(windows);
      },
    ),
  );
});

test('tells source, time and the size that regions refer to', async () => {
  const [found] = await collect(through(makeFrames(1), createObjectDetector({ model: fakeDetector() })));
  expect(found).toMatchObject({
    type: 'detections',
    model: 'fake',
    source: 'made',
    timestamp: 0,
    durationSeconds: 1,
    width: 2,
    height: 2,
    objects: [],
  });
});

test('takes only its own tap', async () => {
  const frames: VideoFrame<'full' | 'clip'>[] = makeFrames(4).map((frame) => ({
    ...frame,
    tap: frame.index % 2 ? 'full' : 'clip',
  }));
  const stage = createObjectDetector({ model: fakeDetector(), tap: 'full' });
  const outputs = await collect(through(frames, stage));
  expect(outputs.map(({ type }) => type).toSorted()).toEqual([
    'detections',
    'detections',
    'video-frame',
    'video-frame',
  ]);
});

test('reports a model that leaves frames out, and bad options at once', async () => {
  const model: Detector = { ...fakeDetector(), detect: async () => [] };
  await expect(collect(through(makeFrames(2), createObjectDetector({ model })))).rejects.toMatchObject({
    code: 'ERR_MODEL_OUTPUT',
  });
  expect(() => createObjectDetector({ model, batchSize: 0 })).toThrow(/batchSize/);
});

test('refuses at once what is no model', () => {
  // As plain JavaScript may.
  // As plain JavaScript may.
  for (const model of ['/models/yolox.onnx', Promise.resolve(fakeDetector())])
    expect(() => createObjectDetector({ model: model as unknown as Detector })).toThrow(
      /^model: expected what openDetector gives, got ('\/models\/yolox.onnx'|a promise: await it)$/,
    );
});
