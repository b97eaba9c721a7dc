import { expect, test } from 'vitest';
import { inputFileName } from '../src/input-file-name.js';

test.each([
  ['/films/a.mp4', 'a.mp4'],
  ['https://host/b.mp4?token=1/2#t=3', 'b.mp4'],
  ['http://bob:secret@host', 'bob____@host'],
  ['/films/what?.mp4', 'what_.mp4'],
  ['/films/a:b"c\n.mp4', 'a_b_c_.mp4'],
])('%s gives %s', (input, name) => {
  expect(inputFileName(input)).toBe(name);
});

test('a long name is cut between characters', () => {
  const name = inputFileName(`/films/${'é'.repeat(60)}x${'é'.repeat(100)}`);
  expect(Buffer.byteLength(name)).toBe(199);
  expect(name).toMatch(/^é{60}xé+$/);
});
