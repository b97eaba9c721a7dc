import { expect, test } from 'vitest';
import * as technical from '../src/index.js';

test('exports these names', () => {
  expect(Object.keys(technical)).toMatchInlineSnapshot();
});
