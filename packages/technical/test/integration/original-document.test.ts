import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Shot } from '@deepffmpeg/core';
import { describeWithFfmpeg, describeWithShared } from '@deepffmpeg/test-kit';
import { expect, test } from 'vitest';
import {
  type AnalysisDocument,
  makeAnalysisDocument,
  readMetadata,
  type SoundPart,
  scenesOf,
} from '../../src/index.js';

describeWithShared('the document of the original', (shared) => {
  describeWithFfmpeg('with its keyframe scenes', () => {
    test.each(['big-buck-bunny-30s.webm', 'car-detection.mp4'])(
      'is ours, word for word: %s',
      async (name) => {
        const stem = name.replace(/\.\w+$/, '');
        const golden: AnalysisDocument = JSON.parse(
          readFileSync(join(shared, `golden/seed-technical/${stem}_analysis.json`), 'utf8'),
        );
        const shots: Shot[] = [];
        const onKeyframeShot = (shot: Shot) => shots.push(shot);
        const { info, packets } = await readMetadata(join(shared, 'media', name), { onKeyframeShot });
        const { duration, bitrate } = golden.metadata;
        // It was made with ffmpeg 5.1; 8 reckons the end of sound otherwise, 48 ms less in one of the films.
        expect(Math.abs((info.durationSeconds ?? 0) - (duration ?? 0))).toBeLessThan(0.05);
        expect((info.bitRate ?? 0) / (bitrate ?? 0)).toBeCloseTo(1, 2);
        const durationSeconds = duration ?? undefined;
        const document = makeAnalysisDocument({
          inputFile: `media/${name}`,
          metadata: { info: { ...info, durationSeconds, bitRate: bitrate ?? undefined }, packets },
          scenes: scenesOf(shots, 'keyframes', durationSeconds),
          sceneThreshold: 0.3,
          sound: soundOf(golden),
        });
        // Text against text, for the order of the names. Its times have six digits behind the point.
        expect(JSON.stringify(document, roundNumbers, 2)).toBe(JSON.stringify(golden, roundNumbers, 2));
      },
    );
  });
});

const roundNumbers = (_: string, value: unknown) =>
  typeof value === 'number' ? Number(value.toFixed(6)) : value;

/** Its sound is taken over: how it is measured is tested where that is done. */
function soundOf({ audio_analysis }: AnalysisDocument): SoundPart {
  return {
    meanVolumeDb: audio_analysis.mean_volume ?? undefined,
    maxVolumeDb: audio_analysis.max_volume ?? undefined,
    actionMoments: audio_analysis.action_moments.map(({ time, type, intensity, duration, max_volume }) => ({
      timestamp: time - (duration ?? 0) / 2,
      durationSeconds: duration ?? 0,
      kind: type,
      intensity,
      maxVolumeDb: max_volume ?? undefined,
    })),
  };
}
