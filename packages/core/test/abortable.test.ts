import { expect, test } from 'vitest';
import { abortable } from '../src/index.js';

const never = new Promise<never>(() => {});

test('gives what the promise gives', async () => {
  const { signal } = new AbortController();
  expect(await abortable(Promise.resolve(1), signal)).toBe(1);
  await expect(abortable(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  expect(await abortable(Promise.resolve(2), undefined)).toBe(2);
});

test('rejects with an AbortError at once, whatever the reason', async () => {
  const controller = new AbortController();
  const waiting = abortable(never, controller.signal);
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError', cause: reason });
  await expect(abortable(never, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
});

test('a promise that fails after the abort troubles nobody', async () => {
  const controller = new AbortController();
  let fail = (_: Error) => {};
  const late = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const waiting = abortable(late, controller.signal);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  fail(new Error('late')); // vitest fails on an unhandled rejection
  await new Promise(setImmediate);
});
