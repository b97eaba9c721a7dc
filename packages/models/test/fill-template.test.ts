import { expect, test } from 'vitest';
import { fillTemplate } from '../src/fill-template.js';

test('puts the label in the place of the braces', () => {
  expect(fillTemplate('a photo of a {}.', 'cat')).toBe('a photo of a cat.');
  expect(fillTemplate('{}', 'cat')).toBe('cat');
});

test('takes label and template literally', () => {
  expect(fillTemplate('a {} b {}', '{}')).toBe('a {} b {}');
  expect(fillTemplate('[{}]', "$& $1 $$ $` $'")).toBe("[$& $1 $$ $` $']");
  expect(fillTemplate('$& {}', 'x')).toBe('$& x');
});

test('refuses a template without a place', () => {
  expect(() => fillTemplate('a photo', 'cat')).toThrow(/lacks \{\}/);
});
