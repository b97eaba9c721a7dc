import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Calibration, parseCalibration } from '@deepffmpeg/core';
import { describeWithFfmpeg, describeWithShared } from '@deepffmpeg/test-kit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCommand } from '../run-command.js';

describeWithFfmpeg('models calibrate', (media) => {
  beforeEach(() => void vi.stubEnv('DEEPFFMPEG_CACHE', media.path('cache')));
  afterEach(() => void vi.unstubAllEnvs());

  /** Five files or more of a label, each by other arguments. */
  async function makeExamples(
    name: string,
    label: string,
    ending: string,
    variants: readonly (readonly string[])[],
  ): Promise<void> {
    await mkdir(join(media.path(name), label), { recursive: true });
    for (const [i, args] of variants.entries()) await media.make(`${name}/${label}/${i}.${ending}`, ...args);
  }

  async function calibrate(name: string, ...args: string[]): Promise<Calibration> {
    const output = media.path(`${name}.json`);
    const ran = await runCommand(['models', 'calibrate', media.path(name), '--output', output, ...args]);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    return parseCalibration(await readFile(output, 'utf8'), output);
  }

  const lavfi = (source: string, ...rest: string[]) => ['-f', 'lavfi', '-i', source, ...rest];
  const times = [0, 1, 2, 3, 4, 5];

  test('of made pictures, by the tiny model: what is said comes nearer to what holds', async () => {
    // Half of what one sees is another colour, so that the model, which is always sure, is often wrong.
    const colours = { red: 'red', green: 'green', blue: 'blue' };
    for (const [label, colour] of Object.entries(colours))
      await makeExamples(
        'pictures',
        label,
        'png',
        Array.from({ length: 24 }, (_, i) => {
          const source = i % 3 === 2 ? `color=white:s=64x48` : `color=${colour}:s=64x48`;
          return lavfi(`${source},noise=alls=${20 * (i % 6)}:all_seed=${i}`, '-frames:v', '1');
        }),
      );
    const { temperature, before, after } = await calibrate(
      'pictures',
      '--models',
      'tiny',
      '--only',
      'vision',
    );
    expect(temperature).toBeGreaterThan(1);
    expect(after.negativeLogLikelihood).toBeLessThan(before.negativeLogLikelihood);
    expect(after.expectedCalibrationError).toBeLessThan(before.expectedCalibrationError);
    expect(after.accuracy).toBe(before.accuracy);
  });

  test('one that is sure and right is left alone', async () => {
    for (const colour of ['red', 'green', 'blue'])
      await makeExamples(
        'plain',
        colour,
        'png',
        times.map((i) => lavfi(`color=${colour}:s=64x48,noise=alls=${10 * i}`, '-frames:v', '1')),
      );
    const { temperature, after } = await calibrate('plain', '--models', 'tiny', '--only', 'vision');
    expect(temperature).toBeGreaterThan(0.7);
    expect(temperature).toBeLessThan(1.4);
    expect(after.negativeLogLikelihood).toBeLessThan(0.02);
  });

  test('of videos, frame by frame: a file counts as one', async () => {
    for (const colour of ['red', 'blue'])
      await makeExamples(
        'films',
        colour,
        'mp4',
        times
          .slice(1)
          .map((i) => lavfi(`color=${colour}:s=64x48:r=5:d=${i}`, '-c:v', 'libx264', '-pix_fmt', 'yuv420p')),
      );
    const { examples, before } = await calibrate(
      'films',
      '--models',
      'tiny',
      '--only',
      'vision',
      '--sample',
      '2/s',
    );
    expect(examples).toBe(10);
    expect(before.bins.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(10, 4);
  });

  test('of made sounds, by the tiny model', async () => {
    const sounds = {
      'a tone': (i: number) => `sine=f=${300 + 130 * i}:d=2:r=16000`,
      noise: (i: number) => `anoisesrc=d=2:r=16000:seed=${i}:a=${0.2 + 0.1 * i}`,
      silence: (i: number) => `anoisesrc=d=2:r=16000:seed=${i}:a=0.0000${1 + i}`,
    };
    for (const [label, make] of Object.entries(sounds))
      await makeExamples(
        'sounds',
        label,
        'wav',
        times.map((i) => lavfi(make(i))),
      );
    const { modality, labels, before, after } = await calibrate(
      'sounds',
      '--models',
      'tiny',
      '--only',
      'audio',
    );
    expect(modality).toBe('audio');
    expect(labels.map(({ label }) => label)).toEqual(['a tone', 'noise', 'silence']);
    expect(after.accuracy).toBe(before.accuracy);
    const args = ['--models', 'tiny', '--clap-labels', 'a tone,noise,silence'];
    const used = await runCommand([
      ...['classify', media.path('sounds'), '--calibration', media.path('sounds.json'), '--json', ...args],
    ]);
    expect(used.code).toBe(0);
  });

  describeWithShared('of real media by real models', (shared) => {
    /** Parts and other lights of one picture: not as honest as other pictures, and enough to see that all fits together. */
    const views = (path: string) =>
      ['null', 'hflip', 'eq=brightness=0.15', 'crop=iw*0.8:ih*0.8', 'eq=contrast=0.6', 'gblur=2'].map(
        (filter) => [...['-i', path, '-vf', filter, '-frames:v', '1']],
      );

    test('pictures', async () => {
      const pictures = {
        cat: 'cat.jpg',
        dog: 'dogs.jpg',
        elephant: 'mdn_elephant.jpg',
        flower: 'mdn_flowers.jpg',
      };
      for (const [label, file] of Object.entries(pictures))
        await makeExamples('photos', label, 'jpg', views(join(shared, 'media', 'images', file)));
      const model = join(shared, 'models', 'clip-mnv2');
      const { examples, before, after } = await calibrate('photos', '--clip-model', model);
      expect(examples).toBe(24);
      expect(after.negativeLogLikelihood).toBeLessThan(before.negativeLogLikelihood + 0.05);
      expect(after.accuracy).toBe(before.accuracy);
    });

    test('sound', async () => {
      const labels = ['applause', 'rain', 'train', 'typing'];
      for (const label of labels)
        await makeExamples(
          'recordings',
          label,
          'wav',
          times.map((i) => [
            ...['-ss', String(i * 0.5), '-t', '2'],
            '-i',
            join(shared, 'media', 'audio', `${label}.wav`),
          ]),
        );
      const model = join(shared, 'models', 'clap-yamnet');
      const { examples, before, after } = await calibrate('recordings', '--clap-model', model);
      expect(examples).toBe(24);
      expect(after.negativeLogLikelihood).toBeLessThan(before.negativeLogLikelihood + 0.05);
    });
  });
});
