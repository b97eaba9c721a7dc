import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { collect } from '@deepffmpeg/core';
import { expect, onTestFinished, test } from 'vitest';
import { mergeArrivals } from '../src/merge-arrivals.js';

async function* count(name: string, to: number, seen: string[] = []): AsyncGenerator<string> {
  for (let i = 0; i < to; i++) {
    seen.push(`${name}${i}`);
    yield `${name}${i}`;
  }
}

const merge = (...sources: AsyncIterable<string>[]) => mergeArrivals(sources, () => {});

test('gives every item, in order within its source, and lets sources take turns', async () => {
  const merged = await collect(merge(count('a', 4), count('b', 4)));
  expect(merged).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
  expect(await collect(merge(count('a', 2), count('b', 0)))).toEqual(['a0', 'a1']);
  expect(await collect(merge())).toEqual([]);
});

test('does not wait for a source that is silent', async () => {
  let speak = () => {};
  async function* silent(): AsyncGenerator<string> {
    await new Promise<void>((resolve) => {
      speak = resolve;
    });
    yield 'late';
  }
  const merged = merge(silent(), count('a', 3));
  const first: unknown[] = [];
  for (let i = 0; i < 3; i++) first.push((await merged.next()).value);
  expect(first).toEqual(['a0', 'a1', 'a2']);
  speak();
  expect((await merged.next()).value).toBe('late');
});

test('reads one item ahead in each source', async () => {
  const seen: string[] = [];
  const merged = merge(count('a', 99, seen), count('b', 99, seen));
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
  await expect(collect(merge(broken(), fine()))).rejects.toThrow('broken pipe');
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
  const merged = merge(broken());
  expect((await merged.next()).value).toBe('a');
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(rejections).toEqual([]);
  await expect(merged.next()).rejects.toThrow('broken pipe');
});

test('ends what a silent source waits for before it closes it', async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  async function* silent(): AsyncGenerator<string> {
    await released;
    yield 'too late';
  }
  async function* broken(): AsyncGenerator<string> {
    yield 'a';
    throw new Error('broken pipe');
  }
  await expect(collect(mergeArrivals([silent(), broken()], release))).rejects.toThrow('broken pipe');
});

test('keeps nothing of what was given while another source is silent', async () => {
  const items: WeakRef<object>[] = [];
  async function* many(): AsyncGenerator<object> {
    for (let i = 0; i < 1000; i++) {
      const item = { i };
      items.push(new WeakRef(item));
      yield item;
    }
  }
  let release = () => {};
  async function* silent(): AsyncGenerator<object> {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
  }
  const merged = mergeArrivals([silent(), many()], () => release());
  for (let i = 0; i < 1000; i++) await merged.next();
  await new Promise(setImmediate);
  collectGarbage();
  expect(items.filter((item) => item.deref() !== undefined).length).toBeLessThan(20);
  await merged.return();
});

/** Node shows its collector to whoever asks for it by this flag, also later. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
