import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { closeable } from '../src/closeable.js';

/** Gives 0, 1, ... and then waits for ever; writes down its end. */
function counter(until: number, log: string[]) {
  return async function* (signal: AbortSignal): AsyncGenerator<number, void, undefined> {
    try {
      for (let i = 0; i < until; i += 1) yield i;
      await sleep(1e8, undefined, { signal });
    } finally {
      log.push('end');
    }
  };
}

describe('closeable', () => {
  test('passes values on', async () => {
    const values: number[] = [];
    const log: string[] = [];
    for await (const value of closeable(counter(9, log), {})) {
      values.push(value);
      if (value === 2) break;
    }
    expect(values).toEqual([0, 1, 2]);
    expect(log).toEqual(['end']);
  });

  test('return() ends a generator that waits', async () => {
    const log: string[] = [];
    const values = closeable(counter(0, log), {});
    const waiting = values.next();
    await values.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(log).toEqual(['end']);
    expect(await values.next()).toEqual({ done: true, value: undefined });
  });

  test('an abort reaches a generator that waits, as AbortError', async () => {
    const controller = new AbortController();
    const values = closeable(counter(0, []), { signal: controller.signal });
    const waiting = values.next();
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('starts nothing when aborted before, and calls onClose once', async () => {
    let closes = 0;
    const log: string[] = [];
    const onClose = () => {
      closes += 1;
    };
    const values = closeable(counter(1, log), { signal: AbortSignal.abort(), onClose });
    await expect(values.next()).rejects.toMatchObject({ name: 'AbortError' });
    await values.return();
    expect(log).toEqual([]);
    expect(closes).toBe(1);
  });
});
