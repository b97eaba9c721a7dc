import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillWindow } from '../src/fill-window.js';

const fill = (samples: readonly number[], length: number, padding: Parameters<typeof fillWindow>[2]) => [
  ...fillWindow(Float32Array.from(samples), length, padding),
];

test('repeats whole, then is silent', () => {
  expect(fill([1, 2, 3], 8, 'repeatpad')).toEqual([1, 2, 3, 1, 2, 3, 0, 0]);
  expect(fill([1, 2, 3], 9, 'repeatpad')).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3]); // the last repeat too
  expect(fill([1, 2, 3], 5, 'repeatpad')).toEqual([1, 2, 3, 0, 0]);
});

test('repeats to the end, or is silent after once', () => {
  expect(fill([1, 2, 3], 8, 'repeat')).toEqual([1, 2, 3, 1, 2, 3, 1, 2]);
  expect(fill([1, 2, 3], 8, 'pad')).toEqual([1, 2, 3, 0, 0, 0, 0, 0]);
});

test.each(['pad', 'repeat', 'repeatpad'] as const)('%s leaves a whole window as it is', (padding) => {
  const whole = Float32Array.of(1, 2, 3);
  expect(fillWindow(whole, 3, padding)).toBe(whole);
});

test('what is heard is the sound, from its start, or silence', () => {
  const length = fc.integer({ min: 1, max: 60 });
  const padding = fc.constantFrom('pad', 'repeat', 'repeatpad' as const);
  fc.assert(
    fc.property(length, length, padding, (a, b, padding) => {
      const [count, size] = [Math.min(a, b), Math.max(a, b)];
      const samples = Float32Array.from({ length: count }, (_, i) => i + 1);
      const window = fillWindow(samples, size, padding);
      const silence = window.indexOf(0);
      const heard = silence < 0 ? size : silence;
      expect(window).toHaveLength(size);
      expect(window.slice(0, heard).every((value, i) => value === (i % count) + 1)).toBe(true);
      expect(window.slice(heard).every((value) => value === 0)).toBe(true);
      const whole = Math.floor(size / count) * count;
      expect(heard).toBe({ pad: count, repeat: size, repeatpad: whole }[padding]);
    }),
  );
});
