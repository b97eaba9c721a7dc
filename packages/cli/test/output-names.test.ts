import { expect, test } from 'vitest';
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
