import { expect, test } from 'vitest';
import { shotsToQpFile } from '../../src/index.js';
import { makeShots } from './film-of-case.js';

test('the first frame of each shot', () => {
  expect(shotsToQpFile(makeShots([0, 7, 90], [5, 6, 7]))).toBe('0 I -1\n7 I -1\n');
  expect(shotsToQpFile([])).toBe('');
});
