import { join } from 'node:path';
import { type AudioSamples, collect, createAverager, type Scores, through } from '@deepffmpeg/core';
import { openSession } from '@deepffmpeg/models';
import { describeWithShared } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { createVoiceDetector, openVoiceModel, wavSamples } from '../../src/index.js';

/** Silero's own loop (`OnnxWrapper`, `audio_forward`), over a sound whose last frame is filled up. */
async function reference(path: string, sound: Float32Array): Promise<number[]> {
  const session = await openSession(path, { threads: 1 });
  let [context, state] = [new Float32Array(64), new Float32Array(256)];
  const probabilities: number[] = [];
  for (let start = 0; start < sound.length; start += 512) {
    const x = new Float32Array(576);
    x.set(context);
    x.set(sound.subarray(start, start + 512), 64);
    const { output, stateN } = await session.run({
      input: { data: x, shape: [1, 576] },
      state: { data: state, shape: [2, 1, 128] },
      sr: { data: BigInt64Array.of(16_000n), shape: [] },
    });
    probabilities.push(Number(output?.data[0]));
    state = stateN?.data as typeof state; // it is float32
    context = x.slice(-64);
  }
  await session.close();
  return probabilities;
}

describeWithShared('voice activity by Silero VAD', (shared) => {
  const path = join(shared, 'models/silero/silero_vad.onnx');

  async function detect(...files: readonly string[]) {
    const model = await openVoiceModel(path);
    try {
      const sounds = wavSamples(
        files.map((name) => join(shared, 'media/audio', name)),
        { sampleRate: 16_000 },
      );
      const heard: AudioSamples[] = [];
      const input = (async function* () {
        for await (const block of sounds) {
          heard.push(block);
          yield block;
        }
      })();
      return { heard, scores: (await collect(through(input, createVoiceDetector({ model })))) as Scores[] };
    } finally {
      await model.close();
    }
  }

  test('gives what its own loop gives, with the times of the frames', async () => {
    const { heard, scores } = await detect('jazz_guitar.wav');
    const sound = Float32Array.from(heard.flatMap(({ data }) => [...data]));
    const expected = await reference(path, sound);
    expect(scores).toHaveLength(Math.ceil(sound.length / 512));
    expect(scores.map(({ probabilities }) => probabilities[0])).toEqual(expected);
    for (const [i, { timestamp }] of scores.entries()) expect(timestamp).toBeCloseTo((i * 512) / 16_000, 9);
  });

  describe('hears no speech where there is none', () => {
    test.each(['rain', 'train', 'typing', 'applause', 'jazz_guitar'])('%s', async (name) => {
      const { scores } = await detect(`${name}.wav`);
      const [speech] = await collect(through(scores, createAverager()));
      expect(speech).toMatchObject({ label: 'speech', model: expect.stringMatching(/^silero_vad@/) });
      expect(speech?.probability).toBeLessThan(0.05);
    });
  });
});
