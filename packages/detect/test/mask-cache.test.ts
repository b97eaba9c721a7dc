import { expect, test } from 'vitest';
import { MaskCache } from '../src/mask-cache.js';

const mask = (bytes: number) => ({ width: bytes, height: 1, data: new Uint8Array(bytes) });

test('forgets what was not used for longest, when it is full', () => {
  const cache = new MaskCache(3000);
  const masks = ['a', 'b', 'c', 'd'].map(() => mask(700));
  for (const [i, name] of ['a', 'b', 'c'].entries()) cache.set(name, masks[i]!);
  expect(cache.get('a')).toBe(masks[0]);
  cache.set('d', masks[3]!);
  expect(['a', 'b', 'c', 'd'].map((name) => cache.get(name) !== undefined)).toEqual([
    true,
    false,
    true,
    true,
  ]);
});

test('keeps the count right when a mask is set twice', () => {
  const cache = new MaskCache(3000);
  for (let i = 0; i < 9; i++) cache.set('a', mask(700));
  cache.set('b', mask(700));
  expect(cache.get('a')).toBeDefined();
});

test('keeps nothing that is larger than itself', () => {
  const cache = new MaskCache(100);
  cache.set('a', mask(700));
  expect(cache.get('a')).toBeUndefined();
  cache.set('a', mask(700));
  expect(cache.get('a')).toBeUndefined();
});
