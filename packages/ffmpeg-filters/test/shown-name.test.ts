import { expect, test } from 'vitest';
import { shownName, withoutPasswords } from '../src/shown-name.js';

test.each([
  ['films/a.mp4', 'films/a.mp4'],
  ['a:b@c.mp4', 'a:b@c.mp4'],
  ['-', '-'],
  ['HTTP://Host/a b@c?x=1', 'HTTP://Host/a b@c?x=1'],
  ['http://me@host/a:b@c', 'http://me@host/a:b@c'],
  ['http://me:secret@host/a:b@c', 'http://me:***@host/a:b@c'],
  ['http://me:se@cr:et@host/a', 'http://me:***@host/a'],
  ['http://:secret@host/a', 'http://:***@host/a'],
  ['HTTPS://me:***@host/a', 'https://me:***@host/a'],
  ['http://me:secret@host:99999/a', 'http://***@host:99999/a'],
  ['http://me:sec/ret@host/a', 'http://***@host/a'],
])('%s is shown as %s', (input, shown) => {
  expect(shownName(input)).toBe(shown);
  expect(shownName(shown)).toBe(shown);
});

test('an address as an object is shown in the same way', () => {
  expect(shownName(new URL('http://me:secret@host/a'))).toBe('http://me:***@host/a');
  expect(shownName(new URL('file:///a.mp4'))).toBe('file:///a.mp4');
});

test('of a text only passwords are hidden', () => {
  const text =
    'Error opening input file http://me:secret@host/a.wav. See http://host:80/a:b@c and https://a@b.';
  expect(withoutPasswords(text)).toBe(text.replace('secret', '***'));
});
