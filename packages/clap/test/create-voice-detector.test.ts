import {
  type AudioSamples,
  collect,
  createAverager,
  createSegmenter,
  type Scores,
  through,
} from '@deepffmpeg/core';
import { type Step, testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createVoiceDetector, type VoiceModel, voiceActivity } from '../src/index.js';

/** Of frames of 4 samples, 4 a second; says the first sample of each, and how many frames it heard before, in hundredths. */
const fakeModel = (step: Step = async () => {}): VoiceModel => ({
  id: 'fake',
  sampleRate: 16,
  frameLength: 4,
  listen() {
    let heard = 0;
    return async ([sample = 0], { signal } = {}) => {
      await step('work', signal);
      return Math.min(1, sample + heard++ / 100);
    };
  },
});

const samples = (
  timestamp: number,
  data: readonly number[],
  about: Partial<AudioSamples> = {},
): AudioSamples => ({
  type: 'audio-samples',
  source: 'made',
  tap: 'audio',
  timestamp,
  durationSeconds: data.length / 16,
  sampleRate: 16,
  data: Float32Array.from(data),
  ...about,
});

const frames = (count: number) => Array.from({ length: count }, (_, i) => samples(i / 4, [0.5, 0, 0, 0]));

const detect = async (input: readonly AudioSamples[], model = fakeModel()) =>
  (await collect(through(input, createVoiceDetector({ model })))) as Scores[];
const brief = (scores: readonly Scores[]) =>
  scores.map(({ timestamp, durationSeconds, probabilities }) => [
    timestamp,
    durationSeconds,
    Math.round((probabilities[0] ?? 0) * 100) / 100,
  ]);

testStageContract('createVoiceDetector', {
  steps: ['work'],
  chunks: frames,
  create: (options, step) => createVoiceDetector({ model: fakeModel(step), ...options }),
});

test('scores each frame as speech or none', async () => {
  const [first, ...others] = await detect(frames(3));
  expect(first).toEqual({
    type: 'scores',
    source: 'made',
    timestamp: 0,
    durationSeconds: 0.25,
    modality: 'audio',
    model: 'fake',
    labelSet: voiceActivity,
    probabilities: Float32Array.of(0.5, 0.5),
  });
  expect(brief(others)).toEqual([
    [0.25, 0.25, 0.51],
    [0.5, 0.25, 0.52],
  ]);
});

test('gives the share of speech and its times', async () => {
  const speech = [0, 0, 0.9, 0.4, 0.4, 0.2, 0.6, 0].map((value, i) => samples(i / 4, [value, 0, 0, 0]));
  const model = { ...fakeModel(), listen: () => async (frame: Float32Array) => frame[0] ?? 0 };
  const detector = () => createVoiceDetector({ model });
  const [share] = await collect(through(speech, detector(), createAverager()));
  expect(share).toMatchObject({ label: 'speech', count: 8, probability: expect.closeTo(2.5 / 8, 6) });
  const segmenter = createSegmenter({ enter: 0.5, exit: 0.35, minSeconds: 0.5 });
  const segments = await collect(through(speech, detector(), segmenter));
  expect(segments.filter(({ label }) => label === 'speech')).toMatchObject([
    { timestamp: 0.5, durationSeconds: 0.75 },
  ]);
});

test('cuts blocks of any length into the same frames', async () => {
  const data = Array.from({ length: 41 }, (_, i) => i / 100);
  const whole = brief(await detect([samples(3, data)]));
  expect(whole).toHaveLength(11);
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 40 })), async (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), 41];
      const blocks = places
        .slice(1)
        .map((end, i) => samples(3 + places[i]! / 16, data.slice(places[i], end)));
      expect(brief(await detect(blocks))).toEqual(whole);
    }),
  );
});

test('fills up the last frame with silence, and says how long it was heard', async () => {
  let last = new Float32Array();
  const model = {
    ...fakeModel(),
    listen: () => async (frame: Float32Array) => {
      last = frame.slice();
      return 0;
    },
  };
  expect(brief(await detect([samples(0, [1, 2, 3, 4, 5])], model))).toEqual([
    [0, 0.25, 0],
    [0.25, 1 / 16, 0],
  ]);
  expect([...last]).toEqual([5, 0, 0, 0]);
});

test('gives nothing for no sound', async () => {
  expect(await detect([])).toEqual([]);
  expect(await detect([samples(0, [])])).toEqual([]);
});

test('goes on over rounded times, and hears a short gap as silence', async () => {
  const input = [
    samples(0, [0.1, 0, 0, 0]),
    samples(0.254, [0.2, 0, 0, 0]), // 4 ms late
    samples(0.754, [0.3, 0, 0, 0]), // after a gap of 0.25 s
  ];
  expect(brief(await detect(input))).toEqual([
    [0, 0.25, 0.1],
    [0.254, 0.25, 0.21],
    [0.504, 0.25, 0.02],
    [0.754, 0.25, 0.33],
  ]);
});

test('takes 4 ms for no gap', async () => {
  const model = { ...fakeModel(), sampleRate: 1000 };
  const about = { sampleRate: 1000 };
  const input = [samples(0, [0.1, 0, 0, 0], about), samples(0.008, [0.2, 0, 0, 0], about)];
  expect((await detect(input, model)).map(({ timestamp }) => timestamp)).toEqual([0, 0.008]);
});

test('hears a gap of half a second as silence, whatever rounding makes of it', async () => {
  for (let first = 0; first < 50; first++) {
    const input = [samples(first / 10, [0, 0, 0, 0, 0, 0]), samples(first / 10 + 0.875, [0, 0])];
    const heard = await detect(input);
    expect(heard.map(({ durationSeconds }) => durationSeconds)).toEqual([0.25, 0.25, 0.25, 0.25]);
  }
});

test('begins anew after a long gap and where time runs back, and drops nothing before it', async () => {
  const input = [
    samples(0, [0.1, 0, 0, 0, 0.2]),
    samples(1, [0.3, 0, 0, 0, 0.4, 0]),
    samples(0, [0.5, 0, 0, 0, 0.6, 0, 0, 0]),
  ];
  expect(brief(await detect(input))).toEqual([
    [0, 0.25, 0.1],
    [0.25, 1 / 16, 0.21],
    [1, 0.25, 0.3],
    [1.25, 2 / 16, 0.41],
    [0, 0.25, 0.5],
    [0.25, 0.25, 0.61],
  ]);
});

test('keeps inputs and taps apart', async () => {
  const input = [
    samples(0, [0.1, 0]),
    samples(0, [0.2, 0], { source: 'other' }),
    samples(0, [0.3, 0], { tap: 'second' }),
    samples(2 / 16, [0, 0, 0.4, 0, 0, 0]),
  ];
  expect((await detect(input)).map(({ source, probabilities }) => [source, probabilities[0]])).toEqual(
    [
      ['made', 0.1],
      ['made', 0.41],
      ['other', 0.2],
      ['made', 0.3],
    ].map(([source, value]) => [source, Math.fround(Number(value))]),
  );
});

test('gives the last frame of an input with its last block, and listens anew', async () => {
  const input = [
    samples(0, [0.5, 0, 0, 0, 0.1, 0], { isLast: true }),
    samples(0, [0.2, 0, 0, 0], { source: 'other' }),
    samples(0, [0.5, 0, 0, 0]),
  ];
  expect((await detect(input)).map(({ source, probabilities }) => [source, probabilities[0]])).toEqual(
    [
      ['made', 0.5],
      ['made', 0.11],
      ['other', 0.2],
      ['made', 0.5],
    ].map(([source, value]) => [source, Math.fround(Number(value))]),
  );
});

test('takes only its own tap', async () => {
  const input = [samples(0, [0.1, 0, 0, 0]), samples(0, [0.2, 0, 0, 0], { tap: 'second' })];
  const outputs = await collect(through(input, createVoiceDetector({ model: fakeModel(), tap: 'second' })));
  expect(outputs.map(({ type }) => type).sort()).toEqual(['audio-samples', 'scores']);
  expect(outputs).toContain(input[0]);
});

test('samples of another rate are an error that says which', async () => {
  await expect(detect([samples(0, [0], { sampleRate: 48_000 })])).rejects.toMatchObject({
    code: 'ERR_INVALID_OPTIONS',
    message: expect.stringMatching(/fake hears 16 Hz.*made have 48000 Hz/),
  });
});

test('a step ends when its reader goes, in the middle of a long block', async () => {
  let runs = 0;
  const model = fakeModel(async () => {
    runs++;
  });
  const detector = createVoiceDetector({ model });
  for await (const _ of through([samples(0, Array(4000).fill(0))], detector)) break;
  expect(detector.closed).toBe(true);
  expect(runs).toBeLessThan(10);
});

test('refuses unknown options at once', () => {
  const options = { model: fakeModel(), threshold: 0.5 };
  expect(() => createVoiceDetector(options)).toThrow(
    expect.objectContaining({ code: 'ERR_INVALID_OPTIONS' }),
  );
});

test('refuses at once what is no model', () => {
  // As plain JavaScript may.
  const model = Promise.resolve(fakeModel()) as unknown as VoiceModel;
  expect(() => createVoiceDetector({ model })).toThrow(
    'model: expected what openVoiceModel gives, got a promise: await it',
  );
});
