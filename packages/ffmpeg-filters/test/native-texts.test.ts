import type { EncodedLabelSet } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import { formatNativeTexts } from '../src/native-texts.js';

const labels: EncodedLabelSet = {
  labelSet: {
    name: 'looks',
    kind: 'categories',
    groups: [
      { name: 'Kind', labels: ['Animal', 'Thing'] },
      { name: 'Light', labels: ['Dark, or so', 'Bright'] },
    ],
  },
  model: 'a model@12ab',
  vectors: Float32Array.of(1, 0, 0, 1, -1, 0, 0, -1, 0.6, 0.8),
  rowsPerLabel: [2, 1, 1, 1],
  activation: 'softmax',
  logitScale: 61.5,
  temperature: 0.5,
};
const picture = {
  resize: { shortestEdge: 256, crop: { width: 224, height: 200 } },
  ...{ rescale: 1 / 255, mean: [0.1, 0.2, 0.3], std: [0.4, 0.5, 0.6] },
} as const;
const sound = { sampleRate: 16_000, windowSeconds: 2.5, padding: 'repeatpad' } as const;

function read(bytes: Uint8Array) {
  const buffer = Buffer.from(bytes);
  const end = buffer.indexOf('\n\n');
  const numbers = buffer.subarray(end + 2);
  return {
    lines: buffer.subarray(0, end).toString().split('\n'),
    numbers: Array.from({ length: numbers.length / 4 }, (_, i) => numbers.readFloatLE(i * 4)),
  };
}

test('writes a row for each sentence, and the embeddings in the same order', () => {
  const { lines, numbers } = read(formatNativeTexts(labels, picture));
  expect(lines).toEqual([
    ...['deepffmpeg-texts 1', 'medium video', 'model a model@12ab', 'kind categories', 'activation softmax'],
    ...['scale 61.5', 'bias 0', 'temperature 0.5', 'dimension 2'],
    ...['width 224', 'height 200', 'shortest 256', 'kernel bicubic', `rescale ${1 / 255}`],
    ...['mean 0.1 0.2 0.3', 'std 0.4 0.5 0.6'],
    ...[
      'row Kind\tAnimal',
      'row Kind\tAnimal',
      'row Kind\tThing',
      'row Light\tDark, or so',
      'row Light\tBright',
    ],
  ]);
  expect(Float32Array.from(numbers)).toEqual(labels.vectors);
});

test('says how a model wants squashed pictures, and samples or a spectrogram', () => {
  const squash = { ...picture, resize: { width: 64, height: 48, kernel: 'bilinear' } } as const;
  expect(read(formatNativeTexts(labels, squash)).lines).toEqual(
    expect.arrayContaining(['width 64', 'height 48', 'shortest 0', 'kernel bilinear']),
  );
  const samples = read(formatNativeTexts(labels, sound)).lines;
  expect(samples).toEqual(
    expect.arrayContaining(['medium audio', 'rate 16000', 'window 40000', 'padding repeatpad']),
  );
  expect(samples.some((line) => line.startsWith('mel'))).toBe(false);
  const logMel = {
    fftSize: 512,
    hopLength: 160,
    bands: 64,
    lowestHz: 50,
    highestHz: 7000,
    scale: 'htk',
    channels: 4,
  } as const;
  expect(read(formatNativeTexts(labels, { ...sound, logMel })).lines).toContain(
    'mel 512 160 64 50 7000 htk 4',
  );
});

test('refuses names that no line can hold, and a label that stands alone', () => {
  const named = (group: string, label: string) => ({
    ...labels,
    ...{ vectors: Float32Array.of(1, 0), rowsPerLabel: [1, 1] },
    labelSet: { ...labels.labelSet, groups: [{ name: group, labels: [label, 'other'] }] },
  });
  for (const [group, label] of [
    ['a\tb', 'x'],
    ['a\nb', 'x'],
    ['a', 'x\ny'],
    ['a', 'x\0y'],
  ] as const)
    expect(() => formatNativeTexts(named(group, label), picture)).toThrow(/tab, a line break or NUL/);
  expect(() => formatNativeTexts(named('a', 'x\ty'), picture)).not.toThrow();
  const lonely = { ...labels, labelSet: { ...labels.labelSet, groups: [{ name: 'a', labels: ['x'] }] } };
  expect(() => formatNativeTexts(lonely, picture)).toThrow('"x" stands alone');
  expect(() =>
    formatNativeTexts({ ...lonely, rowsPerLabel: [5], activation: 'sigmoid' }, picture),
  ).not.toThrow();
});
