import { collect } from '@deepffmpeg/core';
import { expect, test } from 'vitest';
import type { TimedAudioStream, TimedVideoStream } from '../src/media-info.js';
import type { Sample } from '../src/sample.js';
import { ScoreSide } from '../src/score-side.js';
import { scoringLooks } from '../src/scoring-looks.js';

// Only the fields that are read.
const video = {
  ...{ type: 'video', index: 0, width: 640, height: 360, rotationDegrees: 0 },
  ...{ timeBase: { numerator: 1, denominator: 100 }, averageFrameRate: { numerator: 25, denominator: 1 } },
} as TimedVideoStream;
const audio = { type: 'audio', index: 1, sampleRate: 44_100, channels: 2 } as TimedAudioStream;
const labelSet = { name: 'l', kind: 'labels', groups: [{ name: 'labels', labels: ['a', 'b'] }] } as const;
const base = { model: 'm.onnx', texts: 't', labels: { labelSet, model: 'm' } };

function seeing(sample: Sample) {
  const [look] = scoringLooks(
    [{ ...base, filter: 'clip', sample, size: { width: 8, height: 8 } }],
    video,
    audio,
  );
  return new ScoreSide(look!, 'film'); // one plan, one look
}
function hearing() {
  const [look] = scoringLooks([{ ...base, filter: 'clap', sampleRate: 1000 }], video, audio);
  return new ScoreSide(look!, 'film'); // the same
}

const seen = (pts: number, ...lines: string[]) =>
  `frame:0    pts:${pts}      pts_time:0\n${['lavfi.seen=1', ...lines].join('\n')}\n`;
const scored = (pts: number, probability: number, ...lines: string[]) =>
  seen(
    pts,
    'lavfi.clip.similarities=0.5 -0.5',
    `lavfi.clip.probabilities=${probability} ${1 - probability}`,
    ...lines,
  );

async function readAll(side: ScoreSide, ...texts: string[]) {
  async function* output() {
    yield Buffer.from(texts.join(''));
  }
  const items = await collect(side.read(output()));
  return [...items.flatMap(({ chunk }) => chunk ?? []), ...side.finish(9)];
}

test('scores of a frame last until the next that was scored, the last until the end', async () => {
  const side = seeing({ every: 2 });
  const scores = await readAll(side, seen(-4), scored(-4, 0.25), seen(0), seen(4), scored(4, 0.75), seen(8));
  expect(scores).toMatchObject([
    {
      type: 'scores',
      source: 'film',
      timestamp: -0.04,
      durationSeconds: 0.08,
      modality: 'vision',
      model: 'm',
    },
    { timestamp: 0.04, durationSeconds: 8.96, similarities: Float32Array.of(0.5, -0.5) },
  ]);
  expect(scores.map(({ probabilities }) => probabilities[0])).toEqual([0.25, 0.75]);
  expect(side).toMatchObject({ count: 2, lastSeconds: 0.08, isDone: false, largestStepBack: 0 });
  expect(side.ownEndSeconds).toBeCloseTo(0.12, 12);
});

test('leaves out the first frame where it only came because ffmpeg needs one, and ends with the last time', async () => {
  const side = seeing({ at: [0.5] });
  const scores = await readAll(side, scored(0, 0.1), scored(50, 0.2), scored(90, 0.3));
  expect(scores).toMatchObject([{ timestamp: 0.5, durationSeconds: 8.5 }]);
  expect(side.isDone).toBe(true);
});

test('tells how far times ran back', async () => {
  const side = seeing('all');
  await readAll(side, seen(100), scored(100, 0.1), seen(40), scored(40, 0.1));
  expect(side).toMatchObject({ lastSeconds: 1, largestStepBack: 0.6 });
});

test('a window has its own length, to the sample', async () => {
  const side = hearing();
  const window = (pts: number, duration: string) =>
    seen(
      pts,
      `lavfi.clap.duration=${duration}`,
      'lavfi.clap.similarities=0 0',
      'lavfi.clap.probabilities=1 0',
    );
  expect(await readAll(side, window(-7, '2.000000'), window(1993, '0.333000'))).toMatchObject([
    { timestamp: -0.007, durationSeconds: 2, modality: 'audio' },
    { timestamp: 1.993, durationSeconds: 0.333 },
  ]);
  expect(side).toMatchObject({ lastSeconds: 2.326, ownEndSeconds: 2.326, count: 0 });
});

test.each(['1', '1 2 3', '1 x', 'nan 1'])(
  'refuses other numbers than one for each label: %s',
  async (numbers) => {
    const lines = ['lavfi.clip.similarities=0 0', `lavfi.clip.probabilities=${numbers}`];
    await expect(readAll(seeing('all'), seen(0, ...lines))).rejects.toMatchObject({ code: 'ERR_MISMATCH' });
  },
);
