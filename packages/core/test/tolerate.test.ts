import { setTimeout as sleep } from 'node:timers/promises';
import { interleave, makeForeign, makeFrames, testStageContract } from '@deepffmpeg/test-kit';
import { describe, expect, test, vi } from 'vitest';
import {
  type Chunk,
  chain,
  collect,
  createStage,
  inBatches,
  parallel,
  through,
  tolerate,
  type VideoFrame,
} from '../src/index.js';

type Steps = Parameters<typeof createStage<'video-frame', Chunk>>[0];

const seen = (index: number) => ({ type: 'seen' as const, index });

/** Tells which frames it has seen; `fault` says where it fails. */
const createSeer = (fault: Partial<Steps> = {}, signal?: AbortSignal) =>
  createStage(
    { accepts: ['video-frame'], transform: (frame: VideoFrame) => [seen(frame.index)], ...fault },
    { signal },
  );
const failAt =
  (place: number): Steps['transform'] =>
  (frame) => {
    if (frame.index === place) throw new Error(`failed at ${place}`);
    return [seen(frame.index)];
  };
const fail = () => {
  throw new Error('failed');
};

testStageContract('tolerate around a stage, told to tolerate nothing', {
  steps: ['open', 'work', 'close'],
  chunks: makeFrames,
  holds: 3,
  create: ({ signal }, step) =>
    tolerate(
      createStage(
        {
          accepts: ['video-frame'],
          open: (openSignal) => step('open', openSignal),
          ...inBatches(3, async (frames: readonly VideoFrame[], _: unknown, stepSignal) => {
            await step('work', stepSignal);
            return frames;
          }),
          close: () => step('close'),
        },
        { signal, highWaterMark: 2 },
      ),
      (error) => {
        throw error;
      },
    ),
});

test('what does not fail works as it does alone', async () => {
  const onFailure = vi.fn();
  const input = interleave(makeFrames(9), makeForeign(9));
  const outputs = await collect(through(input, tolerate(createSeer(), onFailure)));
  expect(outputs.filter(({ type }) => type === 'seen')).toEqual(
    makeFrames(9).map(({ index }) => seen(index)),
  );
  expect(outputs.filter(({ type }) => type === 'foreign')).toHaveLength(9);
  expect(onFailure).not.toHaveBeenCalled();
});

describe('a failure', () => {
  test.each([
    ['open', { open: fail }],
    ['the first step', { transform: failAt(0) }],
    ['a later step', { transform: failAt(50) }],
    ['`where`', { where: fail }],
    ['flush', { flush: fail }],
    ['close', { close: fail }],
    ['open, late', { open: () => sleep(20).then(fail) }],
  ] satisfies [string, Partial<Steps>][])(
    'in %s is told once, and all else comes through',
    async (_, fault) => {
      const failures: string[] = [];
      const foreign = makeForeign(300);
      const stage = tolerate(createSeer(fault), ({ message }) => failures.push(message));
      const outputs = await collect(through(interleave(makeFrames(300), foreign), stage));
      expect(failures).toEqual([expect.stringMatching(/^failed/)]);
      expect(outputs.filter(({ type }) => type === 'foreign')).toEqual(foreign);
    },
  );

  test('lets what came before out, and what comes later pass untouched', async () => {
    const frames = makeFrames(300);
    const stage = tolerate(createSeer({ transform: failAt(50) }), () => {});
    const outputs = await collect(through(frames, stage));
    expect(outputs.slice(0, 50)).toEqual(frames.slice(0, 50).map(({ index }) => seen(index)));
    const passed = outputs.slice(50);
    expect(passed.length).toBeGreaterThan(230); // but for those that were on their way
    expect(passed.every((chunk, i) => chunk === frames[frames.length - passed.length + i])).toBe(true);
  });

  test('is told before the stream ends, when the stage has closed', async () => {
    const log: string[] = [];
    const close = async () => {
      await sleep(20);
      log.push('closed');
    };
    const stage = tolerate(createSeer({ transform: failAt(0), close }), () => log.push('told'));
    await collect(through(makeFrames(1), stage));
    expect(log).toEqual(['closed', 'told']);
  });

  test('does not hold back a writer that waits for the stage', async () => {
    const transform = () => sleep(30).then(fail);
    const stage = tolerate(createSeer({ transform }), () => {});
    expect(await collect(through(makeFrames(50), stage))).not.toHaveLength(0);
  });

  test('leaves what runs beside it whole, and reaches out of a chain', async () => {
    const failures: string[] = [];
    const lossy = chain(createSeer(), createStage({ accepts: ['seen'], transform: fail }));
    const stages = parallel(
      tolerate(lossy, ({ message }) => failures.push(message)),
      createSeer(),
    );
    const outputs = await collect(through(makeFrames(100), stages));
    expect(outputs.filter(({ type }) => type === 'seen')).toHaveLength(100);
    expect(failures).toEqual(['failed']);
  });

  test('ends the stream with what onFailure throws', async () => {
    const stage = tolerate(createSeer({ transform: failAt(0) }), () => {
      throw new Error('enough');
    });
    await expect(collect(through(makeFrames(9), stage))).rejects.toThrow('enough');
  });
});

describe('an abort', () => {
  test('is not tolerated', async () => {
    const onFailure = vi.fn();
    const controller = new AbortController();
    const transform: Steps['transform'] = async (_frame, _resource, signal) => {
      setImmediate(() => controller.abort());
      await sleep(10_000, undefined, { signal });
      return [];
    };
    const stage = tolerate(createSeer({ transform }, controller.signal), onFailure);
    await expect(collect(through(makeFrames(9), stage))).rejects.toMatchObject({ name: 'AbortError' });
    expect(onFailure).not.toHaveBeenCalled();
    expect(stage.closed).toBe(true);
  });

  test('of the reader is no failure either', async () => {
    const onFailure = vi.fn();
    const inner = createSeer();
    for await (const _ of through(makeFrames(9), tolerate(inner, onFailure))) break;
    expect(onFailure).not.toHaveBeenCalled();
    expect(inner.closed).toBe(true);
  });
});
