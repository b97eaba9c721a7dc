import { type Measurement, type Scores, type Shot, through, type VideoFrame } from '@deepffmpeg/core';
import { expectTypeOf, test } from 'vitest';
import {
  analyseMedia,
  type CurveChunk,
  createCurveSampler,
  createLabelTimeline,
  createShotPicker,
  createThumbnailer,
  type IntervalChunk,
  type MediaAnalysis,
  type ThumbnailChunk,
  type VisionPart,
} from '../../src/index.js';

declare const frames: AsyncIterable<VideoFrame | Shot>;
declare const scores: AsyncIterable<Scores | Shot>;
declare const measurements: AsyncIterable<Measurement>;
declare const vision: VisionPart;

type Chunks<T> = T extends AsyncIterable<infer C> ? C : never;

test('stages tell the compiler what they make of what', () => {
  const intervals = through(scores, createLabelTimeline());
  expectTypeOf<Chunks<typeof intervals>>().toEqualTypeOf<IntervalChunk>();
  const curves = through(measurements, createCurveSampler());
  expectTypeOf<Chunks<typeof curves>>().toEqualTypeOf<CurveChunk>();
  const thumbnails = through(frames, createThumbnailer());
  expectTypeOf<Chunks<typeof thumbnails>>().toEqualTypeOf<ThumbnailChunk>();
  const picked = through(frames, createShotPicker<string>({ tap: 'vision' }));
  expectTypeOf<Chunks<typeof picked>>().toEqualTypeOf<VideoFrame | Shot>();
});

test('an error stands in for a part that cannot be done', () => {
  expectTypeOf(analyseMedia('a', { vision, audio: new Error('no model'), technical: false })).toEqualTypeOf<
    Promise<MediaAnalysis>
  >();
  // @ts-expect-error a part needs its model
  void analyseMedia('a', { vision: { labelSets: [] } });
});
