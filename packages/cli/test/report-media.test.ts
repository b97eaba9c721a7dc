import { expect, test } from 'vitest';
import { reportMediaOf } from '../src/report-media.js';

const mediaOf = (input: string) =>
  reportMediaOf(input, { page: '/pages/film.html', how: 'link', isVideo: true });

test('a page leads to an address without its password', () => {
  expect(mediaOf('http://me:secret@host/film.mp4')).toMatchObject({ href: 'http://host/film.mp4' });
});

test('an address that is none is taken for a path, as a stored document may name anything', () => {
  expect(mediaOf('http://[::1')).toMatchObject({ kind: 'link', href: expect.any(String) });
});
