import { collect } from '@deepffmpeg/core';
import { expect, onTestFinished, test } from 'vitest';
import { mergeArrivals } from '../src/merge-arrivals.js';

async function* count(name: string, to: number, seen: string[] = []): AsyncGenerator<string> {
  for (let i = 0; i < to; i++) {
    seen.push(`${name}${i}`);
    yield `${name}${i}`;
  }
}

test('gives every item, in order within its source, and lets sources take turns', async () => {
  const merged = await collect(mergeArrivals([count('a', 4), count('b', 4)]));
  expect(merged).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
  expect(await collect(mergeArrivals([count('a', 2), count('b', 0)]))).toEqual(['a0', 'a1']);
  expect(await collect(mergeArrivals([]))).toEqual([]);
});

test('does not wait for a source that is silent', async () => {
  let speak = () => {};
  async function* silent(): AsyncGenerator<string> {
    await new Promise<void>((resolve) => {
      speak = resolve;
    });
    yield 'late';
  }
  const merged = mergeArrivals([silent(), count('a', 3)]);
  const first: unknown[] = [];
  for (let i = 0; i < 3; i++) first.push((await merged.next()).value);
  expect(first).toEqual(['a0', 'a1', 'a2']);
  speak();
  expect((await merged.next()).value).toBe('late');
});

test('reads one item ahead in each source', async () => {
  const seen: string[] = [];
  const merged = mergeArrivals([count('a', 99, seen), count('b', 99, seen)]);
  for (let i = 0; i < 10; i++) await merged.next();
  expect(seen.length).toBeLessThanOrEqual(12);
  await merged.return();
});

test('fails with the first error and closes every source', async () => {
  const closed: string[] = [];
  async function* broken(): AsyncGenerator<string> {
    yield 'a';
    throw new Error('broken pipe');
  }
  async function* fine(): AsyncGenerator<string> {
    try {
      for (;;) yield 'b';
    } finally {
      closed.push('b');
    }
  }
  await expect(collect(mergeArrivals([broken(), fine()]))).rejects.toThrow('broken pipe');
  expect(closed).toEqual(['b']);
});

test('lets a source fail while nobody reads, and tells it to whoever reads on', async () => {
  async function* broken(): AsyncGenerator<string> {
    yield 'a';
    throw new Error('broken pipe');
  }
  const rejections: unknown[] = [];
  const hear = (reason: unknown) => rejections.push(reason);
  process.on('unhandledRejection', hear);
  onTestFinished(() => void process.off('unhandledRejection', hear));
  const merged = mergeArrivals([broken()]);
  expect((await merged.next()).value).toBe('a');
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(rejections).toEqual([]);
  await expect(merged.next()).rejects.toThrow('broken pipe');
});
