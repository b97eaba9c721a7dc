import { expect, test } from 'vitest';
import { makeLabels, qualifiedLabel } from '../src/index.js';

test('a category is read with its unit, a label of a plain list by itself', () => {
  expect(qualifiedLabel('Mood', 'Tense')).toBe('Mood: Tense');
  const [group] = makeLabels(['a cat', 'a dog'], 'pets').groups;
  expect(qualifiedLabel(group!.name, 'a cat')).toBe('a cat');
});
