import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { describeValue } from '../src/index.js';

test.each([
  [undefined, 'undefined'],
  [3, '3'],
  ['a.mp4', "'a.mp4'"],
  [['red', 'blue'], "[ 'red', 'blue' ]"],
  [{ name: 'pets', groups: [{}] }, "{ name: 'pets', groups: [Array] }"],
  [Promise.resolve(), 'a promise: await it'],
  [function open() {}, 'a function (open): call it'],
  [new PassThrough(), 'an object of type PassThrough'],
  [new ReadableStream(), 'an object of type ReadableStream'],
  [(async function* () {})(), 'an object of type AsyncGenerator'],
])('says what %o is', (value, text) => {
  expect(describeValue(value)).toBe(text);
});

test('tells no address, which may hold a password, and little of what is long', () => {
  const address = 'https://me:secret@host/a.mp4';
  expect(describeValue(address)).toBe('an address');
  expect(describeValue([address])).toBe('a list with an address');
  expect(describeValue({ input: address })).toBe('an object with an address');
  expect(describeValue('x'.repeat(1e6)).length).toBeLessThan(100);
});
