import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Picture, type PictureSize, resizePicture, scoreLabels } from '@deepffmpeg/core';
import { describeWithShared, makeTemporaryFolder, readNpy } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import { createPixelWriter } from '../../src/create-pixel-writer.js';
import { type ClipModel, openClip, readPicture } from '../../src/index.js';

interface Kind {
  readonly png: string;
  readonly png_high_byte?: string;
  readonly pixel_values?: string;
}

interface PreprocessIndex {
  readonly images: readonly { readonly input: string; readonly clip: Kind; readonly siglip: Kind }[];
}

interface Reference {
  readonly images: readonly { readonly preprocessed_png: string }[];
  readonly texts: readonly string[];
  readonly image_embeds: number[][];
  readonly text_embeds: number[][];
  readonly probabilities: number[][];
}

const kinds = { clip: 'clip-tiny', siglip: 'siglip-tiny' } as const;
const sizes: Record<keyof typeof kinds, PictureSize> = {
  clip: { shortestEdge: 224, crop: { width: 224, height: 224 } },
  siglip: { width: 224, height: 224 },
};

// Made with transformers 4.57.6 (its slow image processors), Pillow 13.0.0 and torch 2.15.0, see tools/golden.
describeWithShared('image-text models agree with their reference', (shared) => {
  const json = async <T>(file: string): Promise<T> =>
    JSON.parse(await readFile(join(shared, 'golden', file), 'utf8'));
  const locate = (path: string) => join(shared, '..', path); // the reference's paths begin with shared/

  describe.each(['clip', 'siglip'] as const)('pixels for %s', (kind) => {
    test('are exact', async () => {
      const { images } = await json<PreprocessIndex>('image-preprocess/index.json');
      expect(images.length).toBeGreaterThan(10);
      for (const { input, [kind]: expected } of images) {
        if (basename(input).startsWith('rgba')) continue; // below
        const picture = resizePicture(await readPicture(locate(input)), sizes[kind]);
        const reference = await readPicture(locate(expected.png_high_byte ?? expected.png));
        // JPEG decoders may differ by a level or so; PNG has no such excuse.
        if (input.endsWith('.jpg')) expect(psnr(picture, reference), input).toBeGreaterThanOrEqual(52);
        else expect(largestDifference(picture, reference), input).toBe(0);
      }
    });

    test('are normalised as in the reference', async () => {
      const { images } = await json<PreprocessIndex>('image-preprocess/index.json');
      const model = await openClip(join(shared, 'golden/models', kinds[kind]), {
        cacheFolder: await makeTemporaryFolder(),
        towers: 'text',
      });
      const write = createPixelWriter(model.preprocessing);
      const with_values = images.flatMap(({ [kind]: { png, pixel_values } }) =>
        pixel_values ? [{ png, pixel_values }] : [],
      );
      expect(with_values.length).toBeGreaterThan(0);
      for (const { png, pixel_values } of with_values) {
        const expected = await readNpy(locate(pixel_values));
        const values = new Float32Array(3 * 224 * 224);
        write(await readPicture(locate(png)), values, 0);
        const worst = values.reduce(
          (worst, value, i) => Math.max(worst, Math.abs(value - (expected.data[i] ?? Number.NaN))),
          0,
        );
        expect(expected.shape).toEqual([1, 3, 224, 224]);
        expect(worst).toBeLessThanOrEqual(5e-7); // two units in the last place
      }
      await model.close();
    });

    // Known differences from the reference, which drops transparency and clips 16 bits at 255.
    test('differ by intention where there is transparency or 16 bits', async () => {
      const { images } = await json<PreprocessIndex>('image-preprocess/index.json');
      for (const name of ['rgba', 'grey16']) {
        const image = images.find(({ input }) => basename(input).startsWith(name));
        const picture = resizePicture(await readPicture(locate(image?.input ?? '')), sizes[kind]);
        expect(psnr(picture, await readPicture(locate(image?.[kind].png ?? '')))).toBeLessThan(20);
      }
    });
  });

  describe.each(['clip', 'siglip'] as const)('the small export of %s', (kind) => {
    const folder = join(shared, 'golden/models', kinds[kind]);
    const truth = kind === 'clip' ? { scale: 61.62661, bias: 0 } : { scale: 27.3, bias: -5.7 };

    async function withModel(path: string, use: (model: ClipModel) => Promise<void>) {
      const model = await openClip(path, { cacheFolder: await makeTemporaryFolder() });
      try {
        await use(model);
      } finally {
        await model.close();
      }
    }

    test('gives the reference’s embeddings and probabilities from equal pixels', async () => {
      const reference = await json<Reference>(`models/${kinds[kind]}/reference.json`);
      await withModel(folder, async (model) => {
        const pictures = await Promise.all(
          reference.images.map(({ preprocessed_png }) => readPicture(locate(preprocessed_png))),
        );
        const images = rowsOf(await model.embed(pictures), model.dimension);
        const vectors = await model.encodeTexts(reference.texts);
        const texts = rowsOf(vectors, model.dimension);
        images.forEach((row, i) => {
          expect(cosine(row, reference.image_embeds[i])).toBeGreaterThanOrEqual(0.999);
        });
        texts.forEach((row, i) => {
          expect(cosine(row, reference.text_embeds[i])).toBeGreaterThanOrEqual(0.999);
        });
        const { activation, logitScale, logitBias, id } = model;
        const labelSet = {
          name: 'all',
          kind: 'labels' as const,
          groups: [{ name: 'all', labels: reference.texts }],
        };
        images.forEach((row, i) => {
          const { probabilities } = scoreLabels(row, {
            labelSet,
            model: id,
            vectors,
            activation,
            logitScale,
            logitBias,
          });
          const worst = Math.max(
            ...probabilities.map((p, j) => Math.abs(p - (reference.probabilities[i]?.[j] ?? Number.NaN))),
          );
          expect(worst).toBeLessThanOrEqual(0.005);
        });
      });
    });

    async function copy({ without }: { without?: string } = {}) {
      const copied = join(await makeTemporaryFolder(), 'model');
      await mkdir(copied);
      await cp(folder, copied, { recursive: true });
      await rm(join(copied, 'deepffmpeg.json'));
      if (without) await rm(join(copied, without));
      return copied;
    }

    test('shows its trained scale in its joint model', async () => {
      await withModel(await copy(), async ({ logitScale, logitBias }) => {
        expect(logitScale).toBeCloseTo(truth.scale, 3);
        expect(logitBias).toBeCloseTo(truth.bias, 3);
      });
    });

    test('has no scale without the joint model, whatever its config begins training with', async () => {
      const path = await copy({ without: 'onnx/model.onnx' });
      const cacheFolder = await makeTemporaryFolder();
      await expect(openClip(path, { cacheFolder })).rejects.toMatchObject({ code: 'ERR_MODEL_CONFIG' });
      const given = { logitScale: truth.scale, logitBias: truth.bias };
      const model = await openClip(path, { ...given, cacheFolder, towers: 'text' });
      expect(model).toMatchObject(given);
      await model.close();
    });
  });
});

const rowsOf = (vectors: Float32Array, dimension: number) =>
  Array.from({ length: vectors.length / dimension }, (_, i) =>
    vectors.slice(i * dimension, (i + 1) * dimension),
  );

function cosine(a: Float32Array, b: readonly number[] = []): number {
  const dot = a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

function largestDifference(a: Picture, b: Picture): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  return a.data.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b.data[i] ?? Number.NaN))), 0);
}

function psnr(a: Picture, b: Picture): number {
  const squares = a.data.reduce((sum, value, i) => sum + (value - (b.data[i] ?? Number.NaN)) ** 2, 0);
  return 10 * Math.log10((255 ** 2 * a.data.length) / squares);
}
