import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Scores, type Shot, through, type VideoFrame } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import { createLabelTimeline, createShotPicker, createThumbnailer } from '../../src/index.js';
import { frameAt, scoresAt, shotsOf } from './make-media.js';

/** Node shows its collector to whoever asks for it by this flag, also later. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect(); // ends a round that had begun before, and spares what it has seen alive
  collect();
}

/** Writes down what is alive of a film's data while it goes by. */
class Watch {
  readonly #seen: WeakRef<object>[] = [];
  most = 0;

  /** Gives chunks one after the other. */
  async *film<C>(
    count: number,
    make: (i: number) => C,
    dataOf: (chunk: C) => object | undefined,
  ): AsyncGenerator<C> {
    for (let i = 0; i < count; i++) {
      const chunk = make(i);
      const data = dataOf(chunk);
      if (data) this.#seen.push(new WeakRef(data));
      yield chunk;
      if (i % Math.floor(count / 5) === count / 5 - 1) await this.#look();
    }
  }

  /** A WeakRef holds what it points to until the job that made it is over. */
  async #look(): Promise<void> {
    let alive = Number.POSITIVE_INFINITY;
    // On a busy machine one collection may come while what it would free is still on its way.
    for (let round = 0; round < 3; round++) {
      await new Promise(setImmediate);
      collectGarbage();
      alive = Math.min(alive, this.#seen.filter((each) => each.deref() !== undefined).length);
    }
    this.most = Math.max(this.most, alive);
  }
}

const AROUND = 20; // on their way through the pipeline

test.each([
  ['createThumbnailer', () => createThumbnailer()],
  ['createShotPicker', () => createShotPicker({ tap: 'thumbnails' })],
] as const)('%s holds 144 frames of a film without a cut', async (_, create) => {
  const watch = new Watch();
  const frames = watch.film(
    5000,
    (i): VideoFrame | Shot => frameAt(i / 6, i),
    (chunk) => (chunk.type === 'video-frame' ? chunk.data : undefined),
  );
  for await (const _ of through(frames, create()));
  expect(watch.most).toBeLessThanOrEqual(144 + AROUND);
  expect(watch.most).toBeGreaterThan(112);
});

test('createLabelTimeline holds the scores since the last cut, and no more than 4096', async () => {
  const scoresAndShots = async (shotSeconds: number) => {
    const watch = new Watch();
    const shots = shotsOf(Array.from({ length: Math.ceil(30_000 / shotSeconds) }, () => shotSeconds));
    // A shot is known ten seconds late.
    const known = new Map(shots.map((shot) => [shot.timestamp + shotSeconds + 10, shot]));
    const chunks = watch.film(
      30_000,
      (i): Scores | Shot => known.get(i) ?? scoresAt(i, 1, [0.5, 0.5, 1, 0, 0]),
      (chunk) => (chunk.type === 'scores' ? chunk.probabilities : undefined),
    );
    for await (const _ of through(chunks, createLabelTimeline()));
    return watch.most;
  };
  expect(await scoresAndShots(50)).toBeLessThanOrEqual(60 + AROUND);
  expect(await scoresAndShots(1_000_000)).toBeLessThanOrEqual(4096 + AROUND);
});
