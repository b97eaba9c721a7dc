import { isMediaError } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import { addressKind, relativeHref } from '../../src/report/media-address.js';

test('leads from the page to the film', () => {
  expect(relativeHref('out/report.html', 'films/a.mp4')).toBe('../films/a.mp4');
  expect(relativeHref('/x/report.html', '/x/a.mp4')).toBe('a.mp4');
});

test('writes names that mean something else in an address as names', () => {
  expect(relativeHref('/x/r.html', '/x/javascript:alert(1).mp4')).toBe('javascript%3Aalert(1).mp4');
  expect(relativeHref('/x/r.html', '/x/50% of "é" #1?.mp4')).toBe('50%25%20of%20%22%C3%A9%22%20%231%3F.mp4');
});

test.each(['a.mp4', '../films/a.mp4', './a:b.mp4', '/films/a.mp4', 'file:///films/a.mp4'])(
  '%s is of a file',
  (href) => {
    expect(addressKind(href)).toBe('file');
  },
);

test.each(['http://example.org/a.mp4', 'HTTPS://example.org/a.mp4'])('%s is of the network', (href) => {
  expect(addressKind(href)).toBe('network');
});

test.each([
  'javascript:alert(1)',
  ' java\nscript:alert(1)',
  'data:text/html,x',
  'blob:x',
  'ftp://example.org/a.mp4',
  '//example.org/a.mp4',
  '\\\\example.org\\a.mp4',
  'file://example.org/a.mp4',
  'file:////example.org/a.mp4',
])('refuses %j', (href) => {
  expect(() => addressKind(href)).toThrow(
    expect.toSatisfy(
      (error) => isMediaError(error, 'ERR_INVALID_OPTIONS') && error.message.startsWith('href: '),
    ),
  );
});
