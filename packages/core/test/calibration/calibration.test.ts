import { expect, test } from 'vitest';
import {
  applyCalibration,
  CALIBRATION_FORMAT,
  type Calibration,
  type EncodedLabelSet,
  formatCalibration,
  parseCalibration,
  reportLabels,
  scoreLabels,
} from '../../src/index.js';
import { makeScores, weather } from '../make-scores.js';

const measures = { accuracy: 0.9, negativeLogLikelihood: 1 / 3, expectedCalibrationError: 0.1, bins: [] };
const calibration: Calibration = {
  format: CALIBRATION_FORMAT,
  modality: 'vision',
  model: 'tiny@aa',
  weightsDigest: 'aa',
  textDigest: 'tt',
  labelsDigest: 'bb',
  template: 'a photo of {}',
  activation: 'softmax',
  logitScale: 112.66889953613281,
  logitBias: 0,
  temperature: 2,
  labels: [
    { group: 'labels', label: 'rain', examples: 5, threshold: 0.7, precision: 1, recall: 0.8, f1: 0.9 },
    { group: 'labels', label: 'sun', examples: 6, threshold: 0.2, recall: 0, f1: 0 },
  ],
  examples: 11,
  folds: 5,
  before: measures,
  after: measures,
};
const target = { weightsDigest: 'aa', textDigest: 'tt', labelsDigest: 'bb' };
const encoded: EncodedLabelSet = {
  labelSet: weather,
  model: 'tiny@aa',
  vectors: Float32Array.of(1, 0, 0, 1, -1, 0, 0, -1, 0.6, 0.8),
  activation: 'softmax',
  logitScale: 112.66889953613281,
};

test('comes back as it was written, but for digits that mean nothing', () => {
  const text = formatCalibration(calibration);
  const read = parseCalibration(text, 'c.json');
  expect(read.logitScale).toBe(calibration.logitScale);
  expect(read.before.negativeLogLikelihood).toBe(0.333333);
  expect({ ...read, before: measures, after: measures }).toEqual(calibration);
  expect(formatCalibration(read)).toBe(text);
  expect(parseCalibration(`\uFEFF${text}`, 'c.json')).toEqual(read); // as Windows editors save it
});

test('counts come back whole, however many there are', () => {
  const many = { ...calibration, examples: 1_234_567 };
  expect(parseCalibration(formatCalibration(many), 'c.json').examples).toBe(1_234_567);
});

test('thresholds near 1 stay apart from it, and one that nothing reaches from every probability', () => {
  const [rain, sun] = calibration.labels;
  const near = { ...rain!, threshold: 0.99999955 }; // two labels, above
  const never = { ...sun!, threshold: Infinity };
  const text = formatCalibration({ ...calibration, temperature: 1.23456789, labels: [near, never] });
  const read = parseCalibration(text, 'c.json');
  expect(read).toMatchObject({ temperature: 1.23456789, labels: [near, never] });
  const { labelSet } = applyCalibration(encoded, read, target);
  const [scores] = makeScores([[1, 0, 0, 0, 0]], labelSet);
  expect(reportLabels(scores!).map(({ label }) => label)).not.toContain('sun');
  const early = formatCalibration({ ...calibration, labels: [{ ...never, threshold: 1 }] });
  expect(parseCalibration(early, 'c.json').labels[0]?.threshold).toBe(1);
});

test.each([
  ['not json', /c\.json is no calibration: it is not JSON/],
  ['{}', /format/],
  [formatCalibration(calibration).replace('"threshold": 0.7', '"threshold": 7'), /threshold/],
  [formatCalibration(calibration).replace('"temperature": 2', '"temperature": 0'), /temperature/],
])('%# what is no calibration is refused, with what makes one', (text, message) => {
  expect(() => parseCalibration(text, 'c.json')).toThrow(
    expect.objectContaining({ code: 'ERR_INPUT', message: expect.stringMatching(message) }),
  );
  expect(() => parseCalibration(text, 'c.json')).toThrow(/"deepffmpeg models calibrate" makes one/);
});

test('one of an earlier version, without the digest of what reads, is refused as such', () => {
  const text = formatCalibration(calibration).replace(/ *"textDigest": "tt",\n/, '');
  expect(text).not.toContain('textDigest');
  expect(() => parseCalibration(text, 'c.json')).toThrow(
    expect.objectContaining({
      code: 'ERR_INPUT',
      message: expect.stringMatching(/^c\.json was made by an earlier version.*calibrate anew/),
    }),
  );
});

test('gives a label set its temperature and thresholds, in the order of the labels', () => {
  const applied = applyCalibration(encoded, calibration, target);
  expect(applied.temperature).toBe(2);
  expect(applied.labelSet).toEqual({ ...weather, thresholds: [0.2, 0.7, undefined, undefined, undefined] });
  const vector = Float32Array.of(1, 0);
  expect(scoreLabels(vector, applied, applied.temperature)).toEqual(scoreLabels(vector, encoded, 2));
});

test.each([
  [
    'other weights',
    encoded,
    { ...target, weightsDigest: 'cc' },
    /made for tiny@aa, the labels are read by tiny@aa/,
  ],
  [
    'another reader',
    encoded,
    { ...target, textDigest: 'cc' },
    /another text tower or tokenizer than tiny@aa/,
  ],
  [
    'other labels',
    { ...encoded, labelSet: { ...weather, groups: [{ name: 'labels', labels: ['sun', 'fog'] }] } },
    { ...target, labelsDigest: 'cc' },
    /with "rain", which weather lacks/,
  ],
  [
    'other sentences',
    encoded,
    { ...target, labelsDigest: 'cc' },
    /other sentences \(the template was "a photo of \{\}"\)/,
  ],
  [
    'another scale',
    { ...encoded, logitScale: 50 },
    target,
    /scale 112\.\d+ and bias 0, the labels have softmax, 50 and 0/,
  ],
  ['another bias', { ...encoded, logitBias: -3 }, target, /bias/],
  ['another activation', { ...encoded, activation: 'sigmoid' as const }, target, /sigmoid/],
])('is refused for %s', (_, labels, against, message) => {
  expect(() => applyCalibration(labels, calibration, against)).toThrow(
    expect.objectContaining({ code: 'ERR_MISMATCH', message: expect.stringMatching(message) }),
  );
  expect(() => applyCalibration(labels, calibration, against)).toThrow(/calibrate anew/);
});
