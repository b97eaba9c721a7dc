import {
  collect,
  type Detections,
  type EncodedLabelSet,
  type Picture,
  type Scores,
  type StageOptions,
  through,
} from '@deepffmpeg/core';
import { type Step, testStageContract } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import { createObjectClassifier, type ObjectClassifierOptions, type ObjectModel } from '../src/index.js';
import { makeDetections, makeObject } from './make-detections.js';

/** Sees how bright the first pixel is: dark to bright as a quarter turn. */
function fakeModel(step: Step = async () => {}): ObjectModel & { readonly batches: number[] } {
  const batches: number[] = [];
  return {
    id: 'clip',
    dimension: 2,
    batchSize: 3,
    batches,
    async embed(pictures: readonly Picture[], { signal } = {}) {
      await step('work', signal);
      batches.push(pictures.length);
      return Float32Array.from(pictures.flatMap(({ data }) => (data[0] === 0 ? [1, 0] : [0, 1])));
    },
  };
}

const labels: EncodedLabelSet = {
  labelSet: { name: 'looks', kind: 'labels', groups: [{ name: 'labels', labels: ['dark', 'bright'] }] },
  model: 'clip',
  vectors: Float32Array.of(1, 0, 0, 1),
  activation: 'softmax',
  logitScale: 10,
};

/** The left half of the frame is dark, the right one bright. */
const halves = (timestamp: number, trackId?: number): Detections => {
  const detections = makeDetections(timestamp, [
    makeObject('dog', { x: 0, height: 2, ...(trackId !== undefined && { trackId }) }),
    makeObject('cat', { x: 1, height: 2 }),
  ]);
  const data = Uint8Array.from({ length: 12 }, (_, i) => (i % 6 < 3 ? 0 : 255));
  return { ...detections, frame: { ...detections.frame!, data } }; // it was made with one
};

const classify = async (frames: readonly Detections[], options: Partial<ObjectClassifierOptions> = {}) =>
  collect(through(frames, createObjectClassifier({ model: fakeModel(), labelSets: [labels], ...options })));

const isScores = (chunk: Scores | Detections): chunk is Scores => chunk.type === 'scores';
const bestOf = ({ probabilities }: Scores) => (probabilities[0]! > probabilities[1]! ? 'dark' : 'bright'); // two labels

testStageContract('createObjectClassifier', {
  steps: ['work'],
  holds: 3,
  chunks: (count) => Array.from({ length: count }, (_, i) => makeDetections(i, [makeObject('dog')])),
  create: (options: StageOptions, step: Step) =>
    createObjectClassifier({ model: fakeModel(step), labelSets: [labels], ...options }),
});

test('gives the scores of each object, then the detections with them, in order', async () => {
  const outputs = await classify([halves(0), makeDetections(1, []), halves(2)]);
  expect(outputs.map((chunk) => [chunk.type, chunk.timestamp])).toEqual([
    ['scores', 0],
    ['scores', 0],
    ['detections', 0],
    ['detections', 1],
    ['scores', 2],
    ['scores', 2],
    ['detections', 2],
  ]);
  const [dog, cat] = outputs.filter(isScores);
  expect(dog).toMatchObject({
    source: 'made',
    durationSeconds: 1,
    modality: 'vision',
    model: 'clip',
    labelSet: { name: 'looks' },
    region: { x: 0, y: 0, width: 1, height: 2, label: 'dog' },
  });
  expect([dog, cat].map((scores) => bestOf(scores!))).toEqual(['dark', 'bright']); // four were found
  expect(outputs[2]).toMatchObject({
    objects: [
      { label: 'dog', scores: [dog] },
      { label: 'cat', scores: [cat] },
    ],
  });
});

test('looks at an object with so much of what is around it', async () => {
  const seen = async (margin: number) => {
    const outputs = await classify([halves(0)], { margin });
    return outputs.filter(isScores).map(bestOf);
  };
  expect(await seen(0)).toEqual(['dark', 'bright']);
  expect(await seen(1)).toEqual(['dark', 'dark']); // of the whole frame the first pixel is dark
});

test('looks only at targets', async () => {
  const outputs = await classify([halves(0)], { targets: ['cat'] });
  expect(outputs.filter(isScores).map(({ region }) => region?.label)).toEqual(['cat']);
  const [detections] = outputs.filter((chunk) => chunk.type === 'detections');
  expect(detections?.objects.map(({ scores }) => scores?.length)).toEqual([undefined, 1]);
});

test('fills batches across objects and frames, and waits for no more frames than a batch has', async () => {
  const model = fakeModel();
  await classify([halves(0), halves(1), halves(2)], { model });
  expect(model.batches).toEqual([3, 1, 2]);

  const rare = fakeModel();
  const frames = [halves(0), ...[1, 2, 3, 4].map((time) => makeDetections(time, [])), halves(5)];
  await classify(frames, { model: rare, targets: ['cat'] });
  expect(rare.batches).toEqual([1, 1]);
});

test('looks at a track once in each interval, and keeps what it saw', async () => {
  const outputs = await classify(
    [0, 1, 2, 3].map((time) => halves(time, 7)),
    { everySeconds: 2, targets: ['dog'] },
  );
  expect(outputs.filter(isScores).map(({ timestamp, region }) => [timestamp, region?.trackId])).toEqual([
    [0, 7],
    [2, 7],
  ]);
  const all = outputs.filter((chunk) => chunk.type === 'detections');
  expect(all.map(({ objects }) => objects[0]?.scores?.[0]?.timestamp)).toEqual([0, 0, 2, 2]);
});

test('keeps the scores of each input by itself, however far apart their times are', async () => {
  const inverted = (time: number): Detections => {
    const { objects, ...rest } = halves(time, 7);
    const moved = objects.map((object) => ({ ...object, region: { ...object.region, x: 1 } }));
    return { ...rest, source: 'other', objects: moved };
  };
  const outputs = await classify([halves(0, 7), inverted(100), halves(1, 7), inverted(101)], {
    everySeconds: 2,
    targets: ['dog'],
  });
  const all = outputs.filter((chunk) => chunk.type === 'detections');
  expect(
    all.map(({ source, objects }) => {
      const [scores] = objects[0]?.scores ?? [];
      return [source, scores?.timestamp, scores && bestOf(scores)];
    }),
  ).toEqual([
    ['made', 0, 'dark'],
    ['other', 100, 'bright'],
    ['made', 0, 'dark'],
    ['other', 100, 'bright'],
  ]);
});

test('forgets what it saw of a track that can be looked at no more', async () => {
  const outside = (time: number) => makeDetections(time, [makeObject('dog', { x: 5, trackId: 7 })]);
  const outputs = await classify([halves(0, 7), outside(4), outside(4.5)], { everySeconds: 2 });
  const all = outputs.filter((chunk) => chunk.type === 'detections');
  expect(all.map(({ objects }) => objects[0]?.scores?.length)).toEqual([1, 1, undefined]);
});

test('results do not depend on the size of batches', async () => {
  const frames = Array.from({ length: 7 }, (_, i) => halves(i, i % 2));
  const outputs = await classify(frames, { batchSize: 1 });
  for (const batchSize of [2, 5, 64]) expect(await classify(frames, { batchSize })).toEqual(outputs);
});

test('other label sets, lonely labels and frames that are missing are refused', async () => {
  await expect(classify([halves(0)], { labelSets: [{ ...labels, model: 'other' }] })).rejects.toThrow(
    /no label set was encoded for model clip/,
  );
  const lonely = { name: 'looks', kind: 'labels' as const, groups: [{ name: 'labels', labels: ['dark'] }] };
  await expect(classify([], { labelSets: [{ ...labels, labelSet: lonely }] })).rejects.toThrow(
    /stands alone/,
  );
  const { frame: _, ...bare } = halves(0);
  await expect(classify([bare])).rejects.toMatchObject({ code: 'ERR_MISMATCH' });
  await expect(classify([], { everySeconds: -1 })).rejects.toThrow(/everySeconds/);
});

test('a model that gives too little is told', async () => {
  const model = { ...fakeModel(), embed: async () => new Float32Array(1) };
  await expect(classify([halves(0)], { model })).rejects.toMatchObject({ code: 'ERR_MODEL_OUTPUT' });
});

test('refuses at once what is no model, and what are no encoded labels', () => {
  // As plain JavaScript may.
  const model = Promise.resolve(fakeModel()) as unknown as ObjectModel;
  expect(() => createObjectClassifier({ model, labelSets: [labels] })).toThrow(
    'model: expected what openClip gives, got a promise: await it',
  );
  // As plain JavaScript may.
  const labelSets = ['dark', 'bright'] as unknown as EncodedLabelSet[];
  expect(() => createObjectClassifier({ model: fakeModel(), labelSets })).toThrow(
    "labelSets: expected what encodeLabels gives, got 'dark'",
  );
});
