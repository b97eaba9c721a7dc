import { expect, test } from 'vitest';
import { byteSize } from '../src/byte-size.js';

test.each([
  [0, '0 B'],
  [1, '1 B'],
  [2_400, '2.4 kB'],
  [89_100_000, '89 MB'],
  [1_220_000_000, '1.2 GB'],
  [999_600_000, '1 GB'],
  [9_870_000, '9.9 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(byteSize(bytes)).toBe(text);
});
