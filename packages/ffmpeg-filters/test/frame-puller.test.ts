import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FramePuller } from '../src/frame-puller.js';

const { signal } = new AbortController();

test('gives items one by one, of a list or a generator, and undefined at the end', async () => {
  const puller = new FramePuller([1, 2]);
  expect([await puller.next(signal), await puller.next(signal), await puller.next(signal)]).toEqual([
    1,
    2,
    undefined,
  ]);
});

test('closes its source, also before the first item, and waits for that', async () => {
  let closed = 0;
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: false as const, value: 1 }),
      return: async () => {
        await sleep(5);
        closed += 1;
        return { done: true as const, value: undefined };
      },
    }),
  };
  await new FramePuller(source).close();
  expect(closed).toBe(1);
});

test('an abort ends a wait at once, and closing one that cannot be closed takes no longer than two seconds', async () => {
  const controller = new AbortController();
  const puller = new FramePuller(
    (async function* () {
      await sleep(60_000, undefined, { ref: false });
      yield 1;
    })(),
  );
  const next = puller.next(controller.signal);
  controller.abort();
  await expect(next).rejects.toMatchObject({ name: 'AbortError' });
  await expect(puller.next(controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  const start = performance.now();
  await puller.close();
  expect(performance.now() - start).toBeLessThan(5000);
});

test('passes on what the source throws', async () => {
  const puller = new FramePuller(
    // biome-ignore lint/correctness/useYield: it fails before it gives anything
    (async function* (): AsyncGenerator<number> {
      throw new Error('mine');
    })(),
  );
  await expect(puller.next(signal)).rejects.toThrow('mine');
});
