import { expect, test, vi } from 'vitest';
import { OutputNames } from '../src/output-names.js';

test('numbers what one file system or another takes for the same name', () => {
  const names = new OutputNames(['taken']);
  const stems = ['a/caf\u00e9.mp4', 'b/cafe\u0301.mkv', 'CAF\u00c9.mov', 'Taken.mp4', 'other.mp4'];
  expect(stems.map((each) => names.stemOf(each))).toEqual([
    'caf\u00e9',
    'cafe\u0301.2',
    'CAF\u00c9.3',
    'Taken.2',
    'other',
  ]);
});

test('of many inputs of one name each is numbered without counting anew', () => {
  const normalize = vi.spyOn(String.prototype, 'normalize');
  const names = new OutputNames();
  const stems = Array.from({ length: 1000 }, (_, i) => names.stemOf(`${i}/a.mp4`));
  const calls = normalize.mock.calls.length;
  normalize.mockRestore();
  expect(new Set(stems).size).toBe(1000);
  expect([stems[0], stems[1], stems[999]]).toEqual(['a', 'a.2', 'a.1000']);
  expect(calls).toBeLessThan(10_000);
});
