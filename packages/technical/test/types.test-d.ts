import type { Measurement, Shot, Stage, VideoFrame } from '@deepffmpeg/core';
import { parallel, through } from '@deepffmpeg/core';
import { decode } from '@deepffmpeg/ffmpeg-filters';
import { expectTypeOf, test } from 'vitest';
import {
  type ActionMoment,
  analyseTechnical,
  createActionFinder,
  createPictureAnalyser,
  createShotDetector,
  createShotSampler,
  createSoundAnalyser,
  type PictureSummary,
  pictureFrames,
  pictureMeasurements,
  type SoundSummary,
  shotFrames,
  soundMeasurements,
  type TechnicalAnalysis,
  type TechnicalEvent,
} from '../src/index.js';

test('each stage says what it takes and gives', () => {
  expectTypeOf(createShotDetector()).toEqualTypeOf<Stage<VideoFrame, Shot>>();
  expectTypeOf(createSoundAnalyser()).toEqualTypeOf<Stage<Measurement, TechnicalEvent | SoundSummary>>();
  expectTypeOf(createActionFinder({ durationSeconds: 1 })).toEqualTypeOf<Stage<Measurement, ActionMoment>>();
  expectTypeOf(createPictureAnalyser()).toEqualTypeOf<
    Stage<Measurement | VideoFrame, TechnicalEvent | PictureSummary>
  >();
  expectTypeOf(analyseTechnical).returns.resolves.toEqualTypeOf<TechnicalAnalysis>();
});

test('a plan of their parts brings what they take, and all that they find comes out', () => {
  const plan = {
    frames: [shotFrames, pictureFrames],
    measurements: [...pictureMeasurements, ...soundMeasurements],
  } as const;
  const media = decode('film.mp4', plan);
  expectTypeOf(media).toEqualTypeOf<
    AsyncGenerator<VideoFrame<'shots'> | VideoFrame<'pictures'> | Measurement, void, undefined>
  >();
  const found = through(
    media,
    parallel(createShotDetector(), createPictureAnalyser(), createSoundAnalyser()),
  );
  type Found = typeof found extends AsyncIterable<infer F> ? F : never;
  expectTypeOf<Found>().toEqualTypeOf<Shot | TechnicalEvent | PictureSummary | SoundSummary>();
});

test('what contradicts itself does not compile', () => {
  // @ts-expect-error a threshold is of the rule content
  createShotDetector({ shotRule: 'adaptive', sceneThreshold: 0.3 });
  // @ts-expect-error a ratio is of the rule adaptive
  createShotDetector({ shotRule: 'content', ratio: 3 });
  // @ts-expect-error the action finder must know how long the input is
  createActionFinder({});
  // @ts-expect-error a sampler needs shots
  createShotSampler({});
  // @ts-expect-error no such rule
  void analyseTechnical('film.mp4', { shotRule: 'wavelet' });
});
