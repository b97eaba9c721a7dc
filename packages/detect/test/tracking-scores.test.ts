import { readFileSync } from 'node:fs';
import type { Detection } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import { type TrackingScores, trackingScores } from './tracking-scores.js';

type Row = [id: number, x: number, y: number, width: number, height: number];

interface Golden {
  readonly cases: readonly {
    readonly kind: string;
    readonly scores: TrackingScores;
    readonly frames: readonly { readonly truth: readonly Row[]; readonly tracked: readonly Row[] }[];
  }[];
}

const golden: Golden = JSON.parse(readFileSync(new URL('golden/mot-scores.json', import.meta.url), 'utf8'));

const objectOf = ([trackId, x, y, width, height]: Row): Detection => ({
  label: 'dog',
  confidence: 1,
  region: { x, y, width, height, trackId },
});

test.each(golden.cases)('scores are those of py-motmetrics: $kind', ({ scores, frames }) => {
  const found = trackingScores(
    frames.map(({ truth, tracked }) => ({ truth: truth.map(objectOf), tracked: tracked.map(objectOf) })),
  );
  const { mota, idf1, ...counts } = found;
  expect(counts).toEqual({
    misses: scores.misses,
    inventions: scores.inventions,
    switches: scores.switches,
  });
  expect(Math.abs(mota - scores.mota)).toBeLessThan(1e-9);
  expect(Math.abs(idf1 - scores.idf1)).toBeLessThan(1e-9);
});
