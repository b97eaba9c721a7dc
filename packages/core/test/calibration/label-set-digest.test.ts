import { expect, test } from 'vitest';
import { labelSetDigest, makeLabels, parseCategories } from '../../src/index.js';

const moods = (text: string) => parseCategories(text, 'moods.txt');
const calm = '[Mood]\n(Calm)\na calm sea\na still lake\n(Wild)\na storm\n';

test('neither the order nor the name of a set counts', () => {
  const digest = labelSetDigest(makeLabels(['a', 'b', 'c'], 'one'), '{}');
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(labelSetDigest(makeLabels(['c', 'a', 'b'], 'other'), '{}')).toBe(digest);
  const swapped = '[Mood]\n(Wild)\na storm\n(Calm)\na still lake\na calm sea\n';
  expect(labelSetDigest(moods(swapped), '{}')).toBe(labelSetDigest(moods(calm), '{}'));
});

test('labels, sentences, and the template where it is read, do', () => {
  const digest = labelSetDigest(makeLabels(['a', 'b'], 'one'), '{}');
  expect(labelSetDigest(makeLabels(['a', 'b', 'c'], 'one'), '{}')).not.toBe(digest);
  expect(labelSetDigest(makeLabels(['a', 'b'], 'one'), 'a photo of {}')).not.toBe(digest);
  expect(labelSetDigest(moods(calm.replace('storm', 'gale')), '{}')).not.toBe(
    labelSetDigest(moods(calm), '{}'),
  );
  expect(labelSetDigest(moods(calm.replace('Mood', 'Sea')), '{}')).not.toBe(
    labelSetDigest(moods(calm), '{}'),
  );
  expect(labelSetDigest(moods(calm), 'a photo of {}')).toBe(labelSetDigest(moods(calm), '{}'));
});
