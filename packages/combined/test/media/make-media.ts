import type { LabelSet, Measurement, Scores, Shot, VideoFrame } from '@deepffmpeg/core';

/** Two units: of two labels, and of three. */
const units: LabelSet = {
  name: 'units',
  kind: 'categories',
  groups: [
    { name: 'light', labels: ['dark', 'bright'] },
    { name: 'mood', labels: ['calm', 'tense', 'sad'] },
  ],
};

export const scoresAt = (
  timestamp: number,
  durationSeconds: number,
  probabilities: readonly number[],
  more: Partial<Scores> = {},
): Scores => ({
  type: 'scores',
  source: 'made',
  timestamp,
  durationSeconds,
  modality: 'vision',
  model: 'model',
  labelSet: units,
  probabilities: Float32Array.from(probabilities),
  ...more,
});

/** One shot after the other, of these lengths in seconds. */
export function shotsOf(lengths: readonly number[], startSeconds = 0, source = 'made'): Shot[] {
  let timestamp = startSeconds;
  return lengths.map((durationSeconds, index) => {
    const begin = timestamp;
    timestamp += durationSeconds;
    const frames = { startFrame: 25 * index, endFrame: 25 * index + 25 };
    const kind = index === 0 ? 'start' : 'cut';
    return { type: 'shot', source, timestamp: begin, durationSeconds, index, ...frames, kind, score: 1 };
  });
}

/** A grey frame: its pixels all hold the index. */
export const frameAt = (timestamp: number, index: number, more: Partial<VideoFrame> = {}): VideoFrame => ({
  ...{ type: 'video-frame', source: 'made', tap: 'thumbnails', timestamp, durationSeconds: 1 / 6, index },
  ...{ width: 16, height: 8, data: new Uint8Array(16 * 8 * 3).fill(index) },
  ...more,
});

export const measurementAt = (
  timestamp: number,
  values: Measurement['values'],
  more: Partial<Measurement> = {},
): Measurement => ({
  ...{ type: 'measurement', source: 'made', timestamp, durationSeconds: 0.1, filter: 'ebur128' },
  values,
  ...more,
});
