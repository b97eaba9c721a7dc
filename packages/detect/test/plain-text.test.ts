import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../src/plain-text.js';

test('leaves words of any script and pictograms as they are', () => {
  for (const text of ['traffic light', 'Ünïcödé', '猫', 'שלום', '👩‍👩‍👧', 'e\u0301'])
    expect(plainText(text)).toBe(text);
});

test('makes one line without control characters or turns of direction', () => {
  expect(plainText(' a\n\tb\0c\u202ed\u2066e\ud800f\u2028g\ufffe ')).toBe('a b c d e f g');
  expect(plainText('\n\0')).toBe('');
  expect(plainText('x'.repeat(10_000))).toMatch(/^x{1000,2000}…$/);
  expect(plainText(' '.repeat(10_000))).toBe('');
});

test('any text is well formed afterwards, also where it is cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000, size: 'max' }), (text) => {
      const plain = plainText(text);
      expect(() => encodeURIComponent(plain)).not.toThrow();
      expect(plain).not.toMatch(/[\n\0\u202e]/);
    }),
  );
  expect(() => encodeURIComponent(plainText('😀'.repeat(600).slice(1)))).not.toThrow();
});
