import { collect, type Measurement, type StageOptions, through, type VideoFrame } from '@deepffmpeg/core';
import { makeFrames, testStageContract } from '@deepffmpeg/test-kit';
import { describe, expect, test } from 'vitest';
import {
  createTechnicalAnalyser,
  makeTechnicalAnalysis,
  pictureFrames,
  pictureMeasurements,
  shotFrames,
  soundMeasurements,
  type TechnicalAnalyserOptions,
  type TechnicalFinding,
  technicalPlan,
} from '../src/index.js';
import { makeAudio, makeInfo, makeVideo } from './make-info.js';

const info = makeInfo();
const frames = makeFrames(20).map((frame): VideoFrame => ({ ...frame, tap: 'shots' }));
const measured = (filter: string, values: Measurement['values']): Measurement => ({
  ...{ type: 'measurement', source: 'made', filter, timestamp: 1, durationSeconds: 2, values },
});
const told = [
  measured('blackdetect', { isBlack: 1 }),
  measured('silencedetect', { isSilent: 1, silenceStartSeconds: 1, silenceEndSeconds: 3 }),
  measured('astats', { channel1PeakDb: -3, samples: 100 }),
];
const analyse = async (options: Partial<TechnicalAnalyserOptions> = {}) => {
  const chunks: (VideoFrame | Measurement)[] = [...frames, ...told];
  return (await collect(
    through(chunks, createTechnicalAnalyser({ info, ...options })),
  )) as TechnicalFinding[];
};
const metadata = { info, packets: undefined };

testStageContract('createTechnicalAnalyser', {
  holds: Number.POSITIVE_INFINITY, // until a cut is known
  steps: [],
  chunks: (count) => makeFrames(count).map((frame) => ({ ...frame, tap: 'shots' })),
  create: (options: StageOptions) => createTechnicalAnalyser({ info, ...options }),
});

test('tells of shots, pictures and sound in one', async () => {
  const kinds = (await analyse()).map((finding) => finding.type);
  expect(kinds.toSorted()).toEqual(
    expect.arrayContaining(['action-moment', 'picture-summary', 'shot', 'sound-summary', 'technical-event']),
  );
});

test('looks for no shots where packets tell them', async () => {
  const found = await analyse({ shotRule: 'keyframes' });
  expect(found.filter(({ type }) => type === 'shot')).toEqual([]);
  expect(found.filter((finding) => (finding as { type: string }).type === 'video-frame')).toHaveLength(20);
});

test('refuses a threshold that nothing goes by', () => {
  expect(() => createTechnicalAnalyser({ info, sceneThreshold: 0.2 })).toThrow(/sceneThreshold/);
  expect(() => createTechnicalAnalyser({ info, shotRule: 'keyframes', sceneThreshold: 0.2 })).toThrow(
    /keyframes goes by/,
  );
  expect(() => createTechnicalAnalyser({ info, shotRule: 'content', sceneThreshold: 2 })).toThrow();
});

describe('the plan', () => {
  test('asks for what the input has', () => {
    const both = {
      frames: [shotFrames, pictureFrames],
      measurements: [...pictureMeasurements, ...soundMeasurements],
    };
    expect(technicalPlan(info)).toEqual(both);
    expect(technicalPlan(info, { shotRule: 'keyframes' })).toEqual({ ...both, frames: [pictureFrames] });
    expect(technicalPlan(info, { isLevelsOnly: true })).toEqual({
      frames: [shotFrames],
      measurements: soundMeasurements.slice(0, 2), // silences and levels
    });
    expect(technicalPlan(info, { isLevelsOnly: true, shotRule: 'keyframes' }).frames).toEqual([]);
    expect(technicalPlan(makeInfo({ streams: [makeAudio()] }))).toEqual({
      frames: [],
      measurements: soundMeasurements,
    });
    expect(technicalPlan(makeInfo({ streams: [makeVideo({ isAttachedPicture: true })] }))).toEqual({
      frames: [],
      measurements: [],
    });
  });
});

test('findings make an analysis, events in order of time', async () => {
  const findings = await analyse();
  const analysis = makeTechnicalAnalysis(findings.toReversed(), {
    source: 'made',
    metadata,
    shotRule: 'adaptive',
  });
  expect(analysis).toMatchObject({
    ...{ source: 'made', shotRule: 'adaptive', metadata, shots: [{ startFrame: 0, endFrame: 20 }] },
    sound: { type: 'sound-summary' },
    picture: { type: 'picture-summary' },
  });
  expect(analysis.events.map(({ kind }) => kind).toSorted()).toEqual(['black', 'silence']);
  expect(analysis.actionMoments.length).toBeGreaterThan(0);
});

test('nothing found is no sound and no picture', () => {
  expect(makeTechnicalAnalysis([], { source: 'made', metadata, shotRule: 'keyframes' })).toMatchObject({
    ...{ shots: [], events: [], actionMoments: [], sound: undefined, picture: undefined },
    production: { reasons: expect.arrayContaining([expect.objectContaining({ measure: 'shortSide' })]) },
  });
});
