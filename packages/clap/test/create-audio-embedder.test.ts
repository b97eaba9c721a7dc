import { setTimeout as sleep } from 'node:timers/promises';
import { type AudioWindow, collect, type StageOptions, through } from '@deepffmpeg/core';
import { interleave, makeFrames, makeWindows, type Step, testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type AudioTower, createAudioEmbedder, createSoundEmbedder } from '../src/index.js';

/** A tower whose embedding of a window is `[index, 1]`. */
const fakeTower = (step: Step = async () => {}): AudioTower => ({
  id: 'fake',
  dimension: 2,
  sampleRate: 4,
  windowSeconds: 1,
  batchSize: 3,
  async embed(windows, { signal } = {}) {
    await step('work', signal);
    return Float32Array.from(windows.flatMap(({ data }) => [data[0] ?? 0, 1]));
  },
});

testStageContract('createAudioEmbedder', {
  steps: ['work'],
  chunks: makeWindows,
  holds: 4,
  create: (options: StageOptions, step) =>
    createAudioEmbedder({ model: fakeTower(step), batchSize: 4, ...options }),
});

test('gives one embedding per window, in order, for any batch size and mix with other kinds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(40),
      fc.nat(40),
      fc.integer({ min: 1, max: 9 }),
      async (windowCount, frameCount, batchSize) => {
        const frames = makeFrames(frameCount);
        const input = interleave(makeWindows(windowCount), frames);
        const outputs = await collect(through(input, createAudioEmbedder({ model: fakeTower(), batchSize })));
        const vectors = outputs.flatMap((chunk) => (chunk.type === 'embedding' ? [...chunk.vector] : []));
        expect(vectors).toEqual(makeWindows(windowCount).flatMap(({ index }) => [index, 1]));
        expect(outputs.filter(({ type }) => type === 'video-frame')).toEqual(frames);
      },
    ),
  );
});

test('tells whose sound it was, and when', async () => {
  const window = { ...makeWindows(1)[0]!, source: 'song.wav', timestamp: 7.5, durationSeconds: 0.5 }; // one was made
  const [embedding] = await collect(through([window], createAudioEmbedder({ model: fakeTower() })));
  expect(embedding).toEqual({
    type: 'embedding',
    source: 'song.wav',
    timestamp: 7.5,
    durationSeconds: 0.5,
    modality: 'audio',
    model: 'fake',
    vector: Float32Array.of(0, 1),
  });
});

test.each([Number.NaN, Infinity])('names the input and the time of a sample that is %d', async (sample) => {
  const data = Float32Array.of(0, 0, sample, 0);
  const window = { ...makeWindows(1)[0]!, source: 'song.wav', timestamp: 7.5, data }; // one was made
  const hearing = collect(through([window], createAudioEmbedder({ model: fakeTower() })));
  await expect(hearing).rejects.toMatchObject({
    code: 'ERR_INPUT',
    message: expect.stringMatching(/^song\.wav: the sound at 8\.000 s holds .* pcm_s16le$/),
  });
});

test('takes only its own tap', async () => {
  const windows: AudioWindow<'music' | 'speech'>[] = makeWindows(6).map((window) => ({
    ...window,
    tap: window.index % 2 ? 'music' : 'speech',
  }));
  const outputs = await collect(through(windows, createAudioEmbedder({ model: fakeTower(), tap: 'music' })));
  expect(outputs.map((chunk) => (chunk.type === 'audio-window' ? chunk.tap : chunk.vector[0]))).toEqual([
    'speech',
    'speech',
    'speech',
    1,
    3,
    5,
  ]);
});

test('embeds a part of a batch when a live input pauses', async () => {
  const live = async function* () {
    yield* makeWindows(3);
    await sleep(100);
    yield* makeWindows(1);
  };
  const embed = vi.fn(fakeTower().embed);
  await collect(through(live(), createAudioEmbedder({ model: { ...fakeTower(), embed }, idleMs: 10 })));
  expect(embed.mock.calls.map(([windows]) => windows.length)).toEqual([3, 1]);
});

test.each<{ title: string; window: Partial<AudioWindow>; message: RegExp }>([
  { title: 'another sample rate', window: { sampleRate: 8 }, message: /4 Hz.*8 Hz/ },
  {
    title: 'too many samples',
    window: { data: new Float32Array(5) },
    message: /1 s.*1\.25 s.*createWindower/,
  },
  { title: 'no samples', window: { data: new Float32Array(0) }, message: /no samples/ },
])('refuses a window of $title', async ({ window, message }) => {
  const embed = vi.fn(fakeTower().embed);
  const windows = [...makeWindows(1), { ...makeWindows(1)[0]!, ...window }]; // one was made
  const embedding = collect(through(windows, createAudioEmbedder({ model: { ...fakeTower(), embed } })));
  await expect(embedding).rejects.toMatchObject({ code: 'ERR_INVALID_OPTIONS' });
  await expect(embedding).rejects.toThrow(message);
  expect(embed).not.toHaveBeenCalled();
});

test('reports a model that gives NaN', async () => {
  const model: AudioTower = { ...fakeTower(), embed: async () => Float32Array.of(1, Number.NaN) };
  await expect(collect(through(makeWindows(1), createAudioEmbedder({ model })))).rejects.toMatchObject({
    code: 'ERR_MODEL_OUTPUT',
  });
});

test('reports a model whose output has the wrong size, and bad options at once', async () => {
  const model: AudioTower = { ...fakeTower(), embed: async () => new Float32Array(1) };
  await expect(collect(through(makeWindows(2), createAudioEmbedder({ model })))).rejects.toMatchObject({
    code: 'ERR_MODEL_OUTPUT',
  });
  expect(() => createAudioEmbedder({ model, batchSize: 0 })).toThrow(/batchSize/);
});

test('refuses at once a path, a promise and a model that sees', () => {
  const eye = { id: 'eye', pictureSize: {}, batchSize: 1, embed: async () => new Float32Array() };
  // As plain JavaScript may.
  // As plain JavaScript may.
  for (const model of ['/models/clap', Promise.resolve(fakeTower()), eye])
    for (const create of [createAudioEmbedder, createSoundEmbedder])
      expect(() => create({ model: model as unknown as AudioTower })).toThrow(
        /^model: expected what openClap gives, got ('\/models\/clap'|a promise: await it|\{ id: 'eye',.*)$/,
      );
});
