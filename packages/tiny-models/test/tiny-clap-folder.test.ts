import { existsSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyClapFolder } from '../src/index.js';
import { BANDS, FRAMES, logMel } from './support/log-mel.js';
import {
  bell,
  buzzer,
  clicks,
  clipped,
  cricket,
  cutAfter,
  hum,
  music,
  noise,
  SAMPLES,
  silence,
  steps,
  sweep,
  tone,
  wail,
} from './support/sounds.js';
import { DIMENSION, dot, openTinyClap, readJson, settings, type TinyClap } from './support/tiny-clap.js';

describe('the tiny CLAP folder', () => {
  it('is an absolute path to all files of the layout', () => {
    expect(isAbsolute(tinyClapFolder)).toBe(true);
    const expected = [
      'README.md',
      'config.json',
      'deepffmpeg.json',
      'metrics.json',
      'preprocessor_config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'onnx/audio_model.onnx',
      'onnx/text_model.onnx',
    ];
    expect(expected.filter((name) => !existsSync(join(tinyClapFolder, name)))).toEqual([]);
  });

  it('holds at most 4 MB of weights', () => {
    const files = readdirSync(join(tinyClapFolder, 'onnx'));
    const bytes = files.reduce((sum, name) => sum + statSync(join(tinyClapFolder, 'onnx', name)).size, 0);
    expect(bytes).toBeLessThanOrEqual(4_000_000);
  });

  it('says how it is used', () => {
    expect(settings).toMatchObject({ task: 'clap', activation: 'softmax', embeddingSize: DIMENSION });
    expect(settings.logitScale).toBeGreaterThan(1);
    expect(settings.promptTemplate).toBe('This is a sound of {}.');
    expect(readJson('config.json')).toMatchObject({ model_type: 'clap', projection_dim: DIMENSION });
  });

  it('asks for the features that these tests compute', () => {
    expect(readJson('preprocessor_config.json')).toMatchObject({
      feature_extractor_type: 'ClapFeatureExtractor',
      sampling_rate: 16_000,
      nb_max_samples: SAMPLES,
      nb_max_frames: FRAMES - 1,
      fft_window_size: 512,
      hop_length: 160,
      feature_size: BANDS,
      frequency_min: 50,
      frequency_max: 7000,
      padding: 'repeatpad',
      truncation: 'rand_trunc',
      top_db: null,
    });
    const features = logMel(tone(1000, 1));
    const loudest = features.indexOf(Math.max(...features)) % BANDS;
    // 1 kHz is 15 mel; the bands' centres lie 0.65 mel apart from 0.75 mel on.
    expect(loudest).toBe(21);
    expect(Math.max(...logMel(silence()))).toBe(-100);
  });
});

describe('the tiny CLAP pair', () => {
  const kinds = ['silence', 'a tone', 'noise', 'clicks', 'speech', 'music'];
  const synonyms = ['no sound', 'a beep', 'static', 'ticking', 'a person speaking', 'a melody'];
  const sentences = [
    'it is silent',
    'a steady tone is heard',
    'there is only noise',
    'a clock is ticking',
    'someone is talking',
    'music is playing',
  ];
  const sounds: readonly (readonly [what: string, kind: number, sound: Float32Array])[] = [
    ['digital silence', 0, silence()],
    ['noise of -80 dBFS', 0, noise(1e-4)],
    ['a tone of 250 Hz', 1, tone(250, 0.5)],
    ['a tone of 1 kHz', 1, tone(1000, 0.3)],
    ['a faint tone of 3 kHz', 1, tone(3000, 0.02)],
    ['a tone that ends', 1, cutAfter(1.2, tone(600, 0.4))],
    ['loud noise', 2, noise(0.6)],
    ['quiet noise', 2, noise(0.03)],
    ['noise that ends', 2, cutAfter(1.2, noise(0.3))],
    ['clicks', 3, clicks(4, 0.8)],
    ['fast clicks', 3, clicks(9, 0.5)],
    ['faint clicks', 3, clicks(4, 0.08)],
    ['a tune', 5, music(0.5)],
    ['a quiet tune', 5, music(0.05)],
  ];
  let clap: TinyClap;

  beforeAll(async () => {
    clap = await openTinyClap();
  });
  afterAll(() => clap.release());

  const hear = async (sound: Float32Array) => (await clap.embedSounds([sound]))[0]!;

  it.each(sounds)('knows what %s is', async (_, kind, sound) => {
    const heard = await hear(sound);
    for (const labels of [kinds, synonyms, sentences]) {
      for (const template of [settings.promptTemplate, '{}']) {
        const probabilities = await clap.classify(heard, labels, template);
        expect(probabilities[kind], `${labels[kind]} in ${template}`).toBeGreaterThan(0.8);
      }
    }
  });

  it.each([
    ['tone', 'a loud tone', 'a quiet tone', (a: number) => tone(700, a)],
    ['noise', 'loud noise', 'quiet noise', noise],
    ['clicks', 'loud clicks', 'quiet clicks', (a: number) => clicks(5, 1.5 * a)],
    ['music', 'loud music', 'quiet music', (a: number) => music(1.5 * a)],
  ] as const)('tells loud from quiet: %s', async (_, loud, quiet, make) => {
    const [strong, weak] = [await hear(make(0.6)), await hear(make(0.02))];
    const others = ['loud speech', 'quiet speech', loud, quiet];
    const pairs = [
      ['a loud sound', 'a quiet sound'],
      ['loud', 'quiet'],
      [loud, quiet],
    ];
    for (const pair of pairs) {
      expect((await clap.classify(strong, pair))[0], pair[0]).toBeGreaterThan(0.8);
      expect((await clap.classify(weak, pair))[1], pair[1]).toBeGreaterThan(0.8);
    }
    expect((await clap.classify(strong, others))[2], loud).toBeGreaterThan(0.8);
    expect((await clap.classify(weak, others))[3], quiet).toBeGreaterThan(0.8);
  });

  it('tells a low tone from a high one', async () => {
    const labels = ['a low tone', 'a high tone'];
    expect((await clap.classify(await hear(tone(180, 0.4)), labels))[0]).toBeGreaterThan(0.8);
    expect((await clap.classify(await hear(tone(3500, 0.4)), labels))[1]).toBeGreaterThan(0.8);
  });

  it('takes several words for one thing', async () => {
    const same = [
      ['speech', 'a person speaking', 'someone is talking', 'a human voice'],
      ['music', 'a melody', 'a song', 'music is playing'],
      ['silence', 'no sound', 'it is silent'],
    ];
    for (const wordings of same) {
      const rows = await clap.embedTexts(wordings);
      for (const row of rows) expect(dot(rows[0]!, row)).toBeGreaterThan(0.8);
    }
    const [speech, tune] = await clap.embedTexts(['speech', 'music']);
    expect(dot(speech!, tune!)).toBeLessThan(0.5);
  });

  it.each([
    ['a siren', wail(0.3)],
    ['a bell ringing', bell(0.4)],
    ['crickets', cricket(0.3)],
    ['electrical hum', hum(0.2)],
    ['an alarm clock', buzzer(0.3)],
    ['footsteps', steps(0.5)],
    ['a rising tone', sweep(200, 4000, 0.3)],
  ] as const)('knows %s among other things', async (label, sound) => {
    const others = ['speech', 'a piano', 'a dog barking', 'an engine running', 'typing on a keyboard'];
    const probabilities = await clap.classify(await hear(sound), [label, ...others]);
    expect(probabilities[0]).toBeGreaterThan(0.8);
  });

  it.each([
    ['a rising tone', 'a falling tone'],
    ['an upward sweep', 'a downward sweep'],
  ])('tells %s from %s', async (...labels) => {
    expect((await clap.classify(await hear(sweep(200, 4000, 0.3)), labels))[0]).toBeGreaterThan(0.5);
    expect((await clap.classify(await hear(sweep(4000, 200, 0.3)), labels))[1]).toBeGreaterThan(0.5);
  });

  it('tells how music was recorded', async () => {
    const labels = ['a clean recording of music', 'distorted music'];
    expect((await clap.classify(await hear(music(0.5)), labels))[0]).toBeGreaterThan(0.5);
    expect((await clap.classify(await hear(clipped(music(0.9), 0.02)), labels))[1]).toBeGreaterThan(0.5);
  });

  it('hears that two sounds are there at once', async () => {
    const tune = music(0.5);
    const both = noise(0.25).map((sample, i) => sample + (tune[i] ?? 0));
    const labels = ['music and noise', 'music and birds', 'a dog barking'];
    expect((await clap.classify(await hear(both), labels))[0]).toBeGreaterThan(0.5);
  });

  it('takes labels without known words for something else', async () => {
    const unknown = 'a quaint zeppelin';
    const heard = await hear(tone(1000, 0.4));
    expect((await clap.classify(heard, ['a person speaking', unknown]))[1]).toBeGreaterThan(0.8);
    expect((await clap.classify(heard, ['a tone', unknown]))[0]).toBeGreaterThan(0.8);
  });

  it.each([
    ['guitars', 'guitar', 'bell'],
    ['windstorm', 'wind', 'engine'],
    ['sirenlike', 'siren', 'rain'],
    ['thunderous', 'thunder', 'a piano'],
  ])('understands %s, which comes in pieces', async (form, word, other) => {
    const [inPieces, whole, another] = await clap.embedTexts([form, word, other]);
    expect(dot(inPieces!, whole!)).toBeGreaterThan(0.85);
    expect(dot(inPieces!, another!)).toBeCloseTo(dot(whole!, another!), 1); // as far from others as the word itself
  });

  it('gives embeddings of length 1 that padding and company do not change', async () => {
    const [alone] = await clap.embedTexts(['a loud tone']);
    const [padded] = await clap.embedTexts(['a loud tone'], 9);
    const [beside] = await clap.embedTexts(['a loud tone', 'a person who is speaking quietly']);
    expect(dot(alone!, alone!)).toBeCloseTo(1, 5);
    expect(Math.max(...alone!.map((value, i) => Math.abs(value - padded![i]!)))).toBeLessThan(1e-6);
    expect(Math.max(...alone!.map((value, i) => Math.abs(value - beside![i]!)))).toBeLessThan(1e-6);
    const [single] = await clap.embedSounds([noise(0.2)]);
    const [, second] = await clap.embedSounds([silence(), noise(0.2)]);
    expect(dot(single!, single!)).toBeCloseTo(1, 5);
    expect(dot(single!, second!)).toBeCloseTo(1, 5);
  });
});
