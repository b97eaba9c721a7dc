import { expect, test } from 'vitest';
import { lengthOf } from '../../src/report/words.js';

test.each([
  [0, '0 s'],
  [0.0213, '0.021 s'],
  [0.04, '0.04 s'],
  [4.53, '4.5 s'],
  [59.94, '59.9 s'],
  [59.96, '1 min 0 s'],
  [723.4, '12 min 3 s'],
  [3599.6, '1 h 0 min'],
  [3725, '1 h 2 min'],
])('a length of %d seconds is %s', (seconds, text) => {
  expect(lengthOf(seconds)).toBe(text);
});
