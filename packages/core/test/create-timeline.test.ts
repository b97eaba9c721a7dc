import { setTimeout as sleep } from 'node:timers/promises';
import { testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  closeable,
  collect,
  createTimeline,
  type Modality,
  type Scores,
  type TimelineOptions,
  through,
} from '../src/index.js';

const score = (modality: Modality, timestamp: number, source = 'made'): Scores => ({
  type: 'scores',
  source,
  timestamp,
  durationSeconds: 1,
  modality,
  model: modality,
  labelSet: { name: 'set', kind: 'labels', groups: [{ name: 'labels', labels: ['a', 'b'] }] },
  probabilities: Float32Array.of(0.5, 0.5),
});
const sights = (...times: number[]) => times.map((time) => score('vision', time));
const sounds = (...times: number[]) => times.map((time) => score('audio', time));

const order = async (scores: readonly Scores[], options?: TimelineOptions<'scores'>) =>
  (await collect(through(scores, createTimeline({ kind: 'scores', ...options })))).map(
    ({ modality, timestamp }) => `${modality === 'vision' ? 'v' : 'a'}${timestamp}`,
  );

testStageContract('createTimeline', {
  create: (options) => createTimeline({ kind: 'scores', mostHeld: 1, ...options }),
  chunks: (count) => Array.from({ length: count }, (_, i) => score('vision', i)),
  steps: [],
  holds: 1,
});

describe('createTimeline', () => {
  test('puts sight and sound into one order of time, sight first where times are equal', async () => {
    expect(await order([...sights(0, 1, 2), ...sounds(0, 1.5, 3)])).toEqual([
      'v0',
      'a0',
      'v1',
      'a1.5',
      'v2',
      'a3',
    ]);
    expect(await order([...sounds(0, 10), ...sights(0, 5, 10)])).toEqual(['v0', 'a0', 'v5', 'v10', 'a10']);
  });

  test('lets a score go as soon as the other modality has come further', async () => {
    const stage = createTimeline({ kind: 'scores' });
    const seen: number[] = [];
    stage.on('data', ({ timestamp }: Scores) => seen.push(timestamp));
    for (const each of [...sights(0, 1, 2), ...sounds(1)]) stage.write(each);
    await new Promise(setImmediate);
    expect(seen).toEqual([0]); // more may be heard at 1
    stage.destroy();
  });

  test('gives the same order however the two are mixed', async () => {
    const times = fc
      .array(fc.integer({ min: 0, max: 20 }), { maxLength: 30 })
      .map((list) => list.toSorted((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(
        times,
        times,
        fc.array(fc.boolean(), { maxLength: 60 }),
        async (seen, heard, turns) => {
          const [left, right] = [sights(...seen), sounds(...heard)];
          const expected = await order([...left, ...right]);
          const mixed = turns.flatMap((isLeft) => (isLeft ? left : right).splice(0, 1));
          expect(await order([...mixed, ...left, ...right])).toEqual(expected);
        },
      ),
    );
  });

  test('does not wait for a modality that it was not told of', async () => {
    expect(await order([...sounds(1), ...sights(0)], { modalities: ['audio'] })).toEqual(['a1', 'v0']);
  });

  test('holds no more than it may for one that never comes', async () => {
    const stage = createTimeline({ kind: 'scores', mostHeld: 3 });
    const seen: number[] = [];
    stage.on('data', ({ timestamp }: Scores) => seen.push(timestamp));
    for (const each of sights(0, 1, 2, 3, 4)) stage.write(each);
    await new Promise(setImmediate);
    expect(seen).toEqual([0, 1]);
    stage.destroy();
  });

  test('holds no more than it may of all inputs together', async () => {
    const stage = createTimeline({ kind: 'scores', mostHeld: 3 });
    const seen: string[] = [];
    stage.on('data', ({ source, timestamp }: Scores) => seen.push(source + timestamp));
    for (const source of 'abcde') stage.write(score('vision', 0, source));
    await new Promise(setImmediate);
    expect(seen).toEqual(['a0', 'b0']);
    stage.destroy();
  });

  test('lets the input that has waited longest go first, not one that goes on by itself', async () => {
    const stage = createTimeline({ kind: 'scores', mostHeld: 2 });
    const seen: string[] = [];
    stage.on('data', ({ source, timestamp }: Scores) => seen.push(source + timestamp));
    stage.write(score('vision', 0, 'a'));
    stage.write(score('vision', 0, 'b'));
    stage.write(score('audio', 1, 'a')); // a0 goes on
    stage.write(score('vision', 0, 'c'));
    await new Promise(setImmediate);
    expect(seen).toEqual(['a0', 'b0']);
    stage.destroy();
  });

  test('waits no longer when nothing comes for a while', async () => {
    const quiet = closeable(async function* (signal) {
      yield* sights(0, 1);
      await sleep(60_000, undefined, { signal });
    });
    const ordered = through(quiet, createTimeline({ kind: 'scores', idleMs: 20 }));
    expect((await ordered.next()).value).toMatchObject({ timestamp: 0 });
    expect((await ordered.next()).value).toMatchObject({ timestamp: 1 });
    await ordered.return();
  });

  test('keeps inputs apart', async () => {
    const scores = [
      score('vision', 5, 'a'),
      score('vision', 0, 'b'),
      score('audio', 6, 'a'),
      score('audio', 1, 'b'),
    ];
    const out = await collect(through(scores, createTimeline({ kind: 'scores' })));
    expect(out.map(({ source, timestamp }) => source + timestamp)).toEqual(['a5', 'b0', 'a6', 'b1']);
  });

  test.each([{ modalities: [] }, { mostHeld: 0 }, { modalities: ['smell' as Modality] }])(
    'refuses %j',
    (options) => {
      expect(() => createTimeline(options)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_OPTIONS' }));
    },
  );
});
