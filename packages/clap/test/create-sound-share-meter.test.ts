import { collect, labelSetOf, type Scores, through } from '@deepffmpeg/core';
import { testStageContract } from '@deepffmpeg/test-kit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSoundShareMeter, soundSharePrompts, soundShares } from '../src/index.js';

const window = (
  timestamp: number,
  durationSeconds: number,
  speech: number,
  more: Partial<Scores> = {},
): Scores => ({
  ...{ type: 'scores', source: 'made', timestamp, durationSeconds, modality: 'audio', model: 'fake' },
  labelSet: labelSetOf(soundSharePrompts),
  probabilities: Float32Array.of(speech, 1 - speech, 0),
  ...more,
});
const meter = (scores: readonly Scores[], labelSetName?: string) =>
  collect(through(scores, createSoundShareMeter({ labelSetName })));

testStageContract('createSoundShareMeter', {
  holds: Number.POSITIVE_INFINITY, // shares come at the end
  steps: [],
  chunks: (count) => Array.from({ length: count }, (_, i) => window(i, 1, 0.5)),
  create: (options) => createSoundShareMeter(options),
});

test('tells the shares of each input at its end; other label sets pass', async () => {
  const other = window(0, 1, 1, { labelSet: { name: 'other', kind: 'labels', groups: [] } });
  const silent = window(0, 1, 0, { source: 'silent', probabilities: new Float32Array(3) });
  const scores = [window(0, 3, 1), other, window(0, 1, 0, { source: 'second' }), window(3, 1, 0), silent];
  expect(await meter(scores)).toEqual([
    other,
    {
      type: 'sound-shares',
      source: 'made',
      shares: { speech: 0.75, music: 0.25, other: 0, speechToMusic: 0.75 },
    },
    { type: 'sound-shares', source: 'second', shares: { speech: 0, music: 1, other: 0, speechToMusic: 0 } },
  ]);
});

test('takes a label set of another name, and fails where a label has no class', async () => {
  const labelSet = {
    name: 'mine',
    kind: 'labels',
    groups: [{ name: 'a', labels: ['music', 'noise'] }],
  } as const;
  const scores = [window(0, 1, 1, { labelSet })];
  expect(await meter(scores)).toEqual(scores);
  await expect(meter(scores, 'mine')).rejects.toMatchObject({ code: 'ERR_MISMATCH' });
});

test('tells what soundShares tells of the same windows, also where they overlap', async () => {
  const span = fc.double({ min: 0, max: 10, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(span, span, share), { minLength: 1, maxLength: 20 }),
      async (spans) => {
        let at = 0;
        const scores = spans.map(([step, seconds, speech]) => {
          at += step;
          return window(at, seconds, speech);
        });
        const [summary] = await meter(scores);
        expect(summary).toMatchObject({ shares: soundShares(scores) });
      },
    ),
  );
});
