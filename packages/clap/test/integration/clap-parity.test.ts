import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type LabelFit, scoreLabels } from '@deepffmpeg/core';
import { embeddingOutput, embeddingsOf, openSession } from '@deepffmpeg/models';
import {
  describeWithFfmpeg,
  describeWithShared,
  type MediaFolder,
  makeTemporaryFolder,
  readNpy,
} from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { createInputWriter } from '../../src/create-input-writer.js';
import { type AudioPreprocessing, type ClapModel, openClap } from '../../src/index.js';
import { inputShape, windowLength } from '../../src/input-shape.js';
import { makeMelFilters } from '../../src/make-mel-filters.js';
import { readAudioPreprocessing } from '../../src/read-audio-preprocessing.js';

interface Clip {
  readonly input: string;
  readonly source?: { readonly sample_rate: number };
  readonly features?: string;
  readonly mean_of_bands?: readonly number[];
  readonly right?: string;
  readonly probabilities?: readonly number[];
}

interface Reference {
  readonly clips: readonly Clip[];
  readonly texts: readonly string[];
  readonly audio_embeds: number[][];
  readonly text_embeds: number[][];
  readonly probabilities: number[][];
}

interface SoundIndex {
  readonly clips: readonly Clip[];
  readonly labels: readonly string[];
}

/** Where the reference data for each of two models lies. */
const kinds = [
  { title: '48 kHz, 64 bands', folder: 'golden/models/clap-tiny', index: 'clap-features/index.json' },
  { title: '16 kHz, 128 bands', folder: 'models/clap-yamnet', index: 'clap-yamnet/index.json' },
] as const;

// Made with transformers 4.57.6, soxr 1.1.0, torch 2.15.0 and onnxruntime 1.32.0.
describeWithShared('audio-text models agree with their reference', (shared) => {
  const json = async <T>(file: string): Promise<T> =>
    JSON.parse(await readFile(join(shared, 'golden', file), 'utf8'));
  const locate = (path: string) => join(shared, '..', path); // the reference's paths begin with shared/
  const isArray = ({ input }: Clip) => input.endsWith('.npy');
  const tiny = join(shared, 'golden/models/clap-tiny');

  async function withModel(path: string, use: (model: ClapModel) => Promise<void>) {
    const model = await openClap(path, { cacheFolder: await makeTemporaryFolder() });
    try {
      await use(model);
    } finally {
      await model.close();
    }
  }

  /** The first window of a clip, as the reference used it. */
  const arrayOf = async ({ input }: Clip, preprocessing: AudioPreprocessing) =>
    (await readNpy(locate(input))).data.slice(0, windowLength(preprocessing));

  describe.each(kinds)('features of $title', ({ folder, index }) => {
    test('of given samples are the same', async () => {
      const preprocessing = await readAudioPreprocessing({ path: join(shared, folder), name: 'model' }, {});
      const clips = (await json<SoundIndex>(index)).clips.filter(isArray);
      expect(clips.length).toBeGreaterThan(0);
      for (const clip of clips) {
        const expected = await readNpy(locate(clip.features ?? ''));
        expect(expected.shape).toEqual([1, ...inputShape(preprocessing)]);
        const features = featuresOf(await arrayOf(clip, preprocessing), preprocessing);
        // Both compute in float64; the reference rounds each spectrum to complex64 and the result to float32.
        expect(largestDifference(features, expected.data), clip.input).toBeLessThanOrEqual(1e-3);
      }
    });
  });

  test('the small export gives the reference’s embeddings and probabilities from its features', async () => {
    const reference = await json<Reference>('models/clap-tiny/reference.json');
    const session = await openSession(join(tiny, 'onnx/audio_model.onnx'));
    await withModel(tiny, async (model) => {
      const vectors = await model.encodeTexts(reference.texts);
      rowsOf(vectors, model.dimension).forEach((row, i) => {
        expect(cosine(row, reference.text_embeds[i])).toBeGreaterThanOrEqual(0.999);
      });
      for (const [i, { features = '' }] of reference.clips.entries()) {
        const { data, shape } = await readNpy(locate(features));
        const results = await session.run({ input_features: { data: Float32Array.from(data), shape } });
        const vector = embeddingsOf(results, embeddingOutput(session), 1, model.dimension, tiny);
        expect(cosine(vector, reference.audio_embeds[i])).toBeGreaterThanOrEqual(0.999);
        const { probabilities } = fit(model, reference.texts, vectors, vector);
        expect(largestDifference(probabilities, reference.probabilities[i])).toBeLessThanOrEqual(0.005);
      }
    });
    await session.close();
  });

  test('and from the samples themselves', async () => {
    const reference = await json<Reference>('models/clap-tiny/reference.json');
    await withModel(tiny, async (model) => {
      const vectors = await model.encodeTexts(reference.texts);
      for (const [i, clip] of reference.clips.entries()) {
        if (!isArray(clip)) continue;
        const data = await arrayOf(clip, model.preprocessing);
        const vector = await model.embed([{ sampleRate: model.sampleRate, data }]);
        expect(cosine(vector, reference.audio_embeds[i])).toBeGreaterThanOrEqual(0.999);
        const { probabilities } = fit(model, reference.texts, vectors, vector);
        expect(largestDifference(probabilities, reference.probabilities[i])).toBeLessThanOrEqual(0.005);
      }
    });
  });

  test('what a window becomes does not hang on those beside it', async () => {
    const { clips } = await json<SoundIndex>('clap-features/index.json');
    await withModel(tiny, async (model) => {
      const windows = await Promise.all(
        clips.filter(isArray).map(async (clip) => ({
          sampleRate: model.sampleRate,
          data: await arrayOf(clip, model.preprocessing),
        })),
      );
      const together = rowsOf(await model.embed(windows), model.dimension);
      for (const [i, window] of windows.entries()) {
        const alone = await model.embed([window]);
        expect(largestDifference(together[i] ?? [], alone)).toBeLessThanOrEqual(1e-5); // a batch adds in another order
      }
    });
  });

  describe('the trained scale of the small export', () => {
    async function copy({ without }: { without?: string } = {}) {
      const copied = join(await makeTemporaryFolder(), 'model');
      await mkdir(copied);
      await cp(tiny, copied, { recursive: true });
      await rm(join(copied, 'deepffmpeg.json'));
      if (without) await rm(join(copied, without));
      return copied;
    }

    test('stands in deepffmpeg.json, and shows in the audio rows of its joint model', async () => {
      await withModel(tiny, async ({ logitScale }) => expect(logitScale).toBe(27.6));
      await withModel(await copy(), async ({ logitScale, logitBias }) => {
        expect(logitScale).toBeCloseTo(27.6, 3);
        expect(logitBias).toBe(0);
      });
    });

    test('is not known without, whatever its config begins training with', async () => {
      const path = await copy({ without: 'onnx/model.onnx' });
      const cacheFolder = await makeTemporaryFolder();
      await expect(openClap(path, { cacheFolder })).rejects.toMatchObject({ code: 'ERR_MODEL_CONFIG' });
      const model = await openClap(path, { logitScale: 27.6, cacheFolder, towers: 'text' });
      expect(model.logitScale).toBe(27.6);
      await model.close();
    });
  });

  describeWithFfmpeg('on recordings', (media) => {
    test.each(kinds)('features of $title are the same where another resampler may be', async (kind) => {
      const model = { path: join(shared, kind.folder), name: 'model' };
      const preprocessing = await readAudioPreprocessing(model, {});
      const [, frames = 0, bands = 0] = inputShape(preprocessing);
      const judged = bandsBelow(0.45 * preprocessing.sampleRate, preprocessing);
      const clips = (await json<SoundIndex>(kind.index)).clips.filter((clip) => !isArray(clip));
      expect(clips).toHaveLength(5);
      for (const { input, source, features, mean_of_bands } of clips) {
        const made = featuresOf(await record(media, locate(input), preprocessing), preprocessing);
        if (mean_of_bands) {
          const means = meanOfBands(made, bands).slice(0, judged);
          expect(largestDifference(means, mean_of_bands.slice(0, judged)), input).toBeLessThanOrEqual(0.02);
        }
        if (!features) continue;
        const { data } = await readNpy(locate(features));
        const isAsIs = source?.sample_rate === preprocessing.sampleRate;
        let worst = 0;
        data.forEach((expected, i) => {
          const [frame, band] = [Math.floor(i / bands), i % bands];
          const isJudged = expected > -40 && frame >= 2 && frame < frames - 2 && band < judged;
          if (isAsIs || isJudged) worst = Math.max(worst, Math.abs(made[i]! - expected)); // of one shape
        });
        // Filters of resamplers differ near half the sample rate, at the ends and where it is quiet.
        expect(worst, input).toBeLessThanOrEqual(isAsIs ? 1e-3 : 0.006);
      }
    });

    test('the small export gives the reference’s embeddings and probabilities', async () => {
      const reference = await json<Reference>('models/clap-tiny/reference.json');
      await withModel(tiny, async (model) => {
        const vectors = await model.encodeTexts(reference.texts);
        for (const [i, clip] of reference.clips.entries()) {
          if (isArray(clip)) continue;
          const data = await record(media, locate(clip.input), model.preprocessing);
          const vector = await model.embed([{ sampleRate: model.sampleRate, data }]);
          expect(cosine(vector, reference.audio_embeds[i])).toBeGreaterThanOrEqual(0.999);
          const { probabilities } = fit(model, reference.texts, vectors, vector);
          expect(largestDifference(probabilities, reference.probabilities[i])).toBeLessThanOrEqual(0.005);
        }
      });
    });

    test('a real model names them', async () => {
      const { clips, labels } = await json<SoundIndex>('clap-yamnet/index.json');
      await withModel(join(shared, 'models/clap-yamnet'), async (model) => {
        const vectors = await model.encodeTexts(labels.map((label) => `This is a sound of ${label}.`));
        for (const { input, right, probabilities: expected } of clips) {
          if (!right) continue;
          const data = await record(media, locate(input), model.preprocessing);
          const vector = await model.embed([{ sampleRate: model.sampleRate, data }]);
          const { probabilities } = fit(model, labels, vectors, vector);
          expect(labels[probabilities.indexOf(Math.max(...probabilities))]).toBe(right);
          // Another resampler moves them by up to 0.004; rounding and the features by 1e-5.
          expect(largestDifference(probabilities, expected)).toBeLessThanOrEqual(0.005);
        }
      });
    });
  });
});

/** Mono at the model's rate, its first window: by ffmpeg, with the resampler's settings of `decode`. */
async function record(media: MediaFolder, path: string, preprocessing: AudioPreprocessing) {
  const { sampleRate } = preprocessing;
  const filters = `aformat=sample_fmts=fltp,pan=mono|c0=0.5*c0+0.5*c1,aresample=${sampleRate}:filter_size=64`;
  const name = `${basename(path)}-${sampleRate}.f32`;
  const file = await readFile(await media.make(name, '-i', path, '-af', filters, '-f', 'f32le'));
  return new Float32Array(new Uint8Array(file).buffer).slice(0, windowLength(preprocessing));
}

function featuresOf(samples: Float32Array, preprocessing: AudioPreprocessing): Float32Array {
  const features = new Float32Array(inputShape(preprocessing).reduce((a, b) => a * b, 1));
  createInputWriter(preprocessing)(samples, features, 0);
  return features;
}

/** How many bands end below a frequency. */
function bandsBelow(hz: number, { logMel, sampleRate }: AudioPreprocessing): number {
  if (!logMel) return 0;
  return makeMelFilters(logMel, sampleRate).filter(
    ({ first, weights }) => ((first + weights.length) * sampleRate) / logMel.fftSize < hz,
  ).length;
}

const meanOfBands = (features: Float32Array, bands: number) =>
  Array.from({ length: bands }, (_, band) => {
    const values = features.filter((_, i) => i % bands === band);
    return values.reduce((a, b) => a + b, 0) / values.length;
  });

function fit(
  { id, activation, logitScale, logitBias }: ClapModel,
  labels: readonly string[],
  vectors: Float32Array,
  vector: Float32Array,
): LabelFit {
  const labelSet = { name: 'all', kind: 'labels' as const, groups: [{ name: 'all', labels }] };
  return scoreLabels(vector, { labelSet, model: id, vectors, activation, logitScale, logitBias });
}

const rowsOf = (vectors: Float32Array, dimension: number) =>
  Array.from({ length: vectors.length / dimension }, (_, i) =>
    vectors.slice(i * dimension, (i + 1) * dimension),
  );

function cosine(a: Float32Array, b: readonly number[] = []): number {
  const dot = a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number> = []): number {
  expect(a.length).toBe(b.length);
  let worst = 0;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i]! - b[i]!)); // of one length
  return worst;
}
