import { existsSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyClipFolder } from '../src/index.js';
import { COLOURS, flat, NAMES, pictureOf, SHAPES, shapeOn } from './support/pictures.js';
import { DIMENSION, dot, encode, openTinyClip, settings, type TinyClip } from './support/tiny-clip.js';

describe('the tiny CLIP folder', () => {
  it('is an absolute path to all files of the layout', () => {
    expect(isAbsolute(tinyClipFolder)).toBe(true);
    const expected = [
      'README.md',
      'config.json',
      'deepffmpeg.json',
      'metrics.json',
      'preprocessor_config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'onnx/text_model.onnx',
      'onnx/vision_model.onnx',
    ];
    expect(expected.filter((name) => !existsSync(join(tinyClipFolder, name)))).toEqual([]);
  });

  it('holds at most 4 MB of weights', () => {
    const files = readdirSync(join(tinyClipFolder, 'onnx'));
    const bytes = files.reduce((sum, name) => sum + statSync(join(tinyClipFolder, 'onnx', name)).size, 0);
    expect(bytes).toBeLessThanOrEqual(4_000_000);
  });

  it('says how it is used', () => {
    expect(settings).toMatchObject({ task: 'clip', activation: 'softmax', embeddingSize: DIMENSION });
    expect(settings.logitScale).toBeGreaterThan(1);
    expect(settings.promptTemplate).toContain('{}');
  });
});

describe('the tiny CLIP pair', () => {
  let clip: TinyClip;

  beforeAll(async () => {
    clip = await openTinyClip();
  });
  afterAll(() => clip.release());

  it.each(NAMES)('names a frame of flat %s', async (name) => {
    for (const template of ['{}', 'a {} picture', 'a photo of {}', 'a picture of a {} screen']) {
      const labels = NAMES.map((other) => template.replace('{}', other));
      const probabilities = await clip.classify(flat(name), labels);
      expect(probabilities[NAMES.indexOf(name)], template).toBeGreaterThan(0.8);
    }
  });

  it('takes gray and colorful for grey and colourful', async () => {
    const [grey, gray] = await clip.embedTokens([encode('a grey picture'), encode('a gray picture')]);
    const [colourful, colorful] = await clip.embedTokens([
      encode('a colourful picture'),
      encode('a colorful picture'),
    ]);
    expect(dot(grey!, gray!)).toBeGreaterThan(0.9);
    expect(dot(colourful!, colorful!)).toBeGreaterThan(0.9);
    expect(dot(grey!, colourful!)).toBeLessThan(0.8);
  });

  it('names shapes, their colours and their backgrounds', async () => {
    const kinds = Object.keys(SHAPES);
    const pairs = NAMES.map((colour, i) => [colour, NAMES[(i + 4) % NAMES.length]!] as const);
    const wrong: string[] = [];
    for (const shape of kinds) {
      for (const [colour, ground] of pairs) {
        const picture = shapeOn(shape, colour, ground);
        const ask = async (labels: string[], right: string) => {
          const probabilities = await clip.classify(picture, labels);
          const best = labels[probabilities.indexOf(Math.max(...probabilities))];
          if (best !== right) wrong.push(`${colour} ${shape} on ${ground}: ${best}, not ${right}`);
        };
        await ask(
          kinds.map((kind) => `a ${kind}`),
          `a ${shape}`,
        );
        await ask(
          NAMES.map((name) => `${name} ${shape}`),
          `${colour} ${shape}`,
        );
        await ask(
          NAMES.map((name) => `a ${name} background`),
          `a ${ground} background`,
        );
      }
    }
    // 132 questions; the model card promises at least 95 of 100.
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(6);
  });

  it('binds each colour to its place', async () => {
    const labels = [
      'a red circle on a blue background',
      'a blue circle on a red background',
      'a red square on a blue background',
      'a red circle on a green background',
    ];
    const [right] = await clip.classify(shapeOn('circle', 'red', 'blue'), labels);
    const [, exchanged] = await clip.classify(shapeOn('circle', 'blue', 'red'), labels);
    expect(right).toBeGreaterThan(0.8);
    expect(exchanged).toBeGreaterThan(0.8);
  });

  it('tells dark from bright, and grey from colourful', async () => {
    const night = pictureOf((x) => [x / 4, x / 4 + 4, x / 3]);
    const day = pictureOf((x, y) => [170 + x, 200, 180 + y]);
    const light = ['a dark picture', 'a bright picture'];
    expect((await clip.classify(night, light))[0]).toBeGreaterThan(0.8);
    expect((await clip.classify(day, light))[1]).toBeGreaterThan(0.8);
    const fog = pictureOf((x, y) => [100 + x + y / 2, 100 + x + y / 2, 102 + x + y / 2]);
    const bars = pictureOf((x) => COLOURS[['red', 'yellow', 'green', 'blue'][x >> 4]!]!);
    const colour = ['a grey picture', 'a colourful picture'];
    expect((await clip.classify(fog, colour))[0]).toBeGreaterThan(0.8);
    expect((await clip.classify(bars, colour))[1]).toBeGreaterThan(0.8);
  });

  it('gives embeddings of length 1 that padding and company do not change', async () => {
    const [alone] = await clip.embedTokens([encode('a red circle')]);
    const [padded, other] = await clip.embedTokens([
      encode('a red circle', 3),
      encode('a red circle on blue ground'),
    ]);
    expect(dot(alone!, alone!)).toBeCloseTo(1, 5);
    expect(dot(alone!, padded!)).toBeCloseTo(1, 5);
    expect(dot(alone!, other!)).toBeLessThan(0.95);
    const [single] = await clip.embedPictures([flat('pink')]);
    const [, second] = await clip.embedPictures([flat('black'), flat('pink')]);
    expect(dot(single!, second!)).toBeCloseTo(1, 5);
  });
});
