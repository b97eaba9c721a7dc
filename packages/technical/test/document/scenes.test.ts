import { expect, test } from 'vitest';
import { scenesOf } from '../../src/index.js';
import { makeAudio, makeVideo } from '../make-info.js';

const film = { streams: [makeVideo(), makeAudio()], startSeconds: 0, durationSeconds: undefined };

test("scenes begin with the shots, and have the original's name where they are keyframes", () => {
  const shots = [{ timestamp: 0.003 }, { timestamp: 5.795 }];
  const timestamps = [0.003, 5.795];
  expect(scenesOf(shots, 'keyframes', film)).toEqual({ timestamps, method: 'showinfo' });
  expect(scenesOf(shots, 'adaptive', film)).toEqual({ timestamps, method: 'adaptive' });
});

test.each([
  [10, 0],
  [10.5, 5],
  [59, 5],
  [69, 6],
  [204, 20],
  [3600, 20],
])('without shots %d s have %i markers', (duration, count) => {
  const { timestamps, method } = scenesOf([], 'keyframes', { ...film, durationSeconds: duration });
  expect(method).toBe('fallback');
  expect(timestamps).toEqual(Array.from({ length: count }, (_, i) => (i * duration) / count));
});

test('without shots and duration there is nothing', () => {
  expect(scenesOf([], 'content', film)).toEqual({ timestamps: [], method: 'fallback' });
});

test("markers go by the input's own clock", () => {
  const late = { ...film, startSeconds: 100, durationSeconds: 20 };
  expect(scenesOf([], 'content', late).timestamps).toEqual([100, 104, 108, 112, 116]);
});

test.each([
  ['sound alone', [makeAudio()]],
  ['sound with a cover', [makeVideo({ isAttachedPicture: true }), makeAudio()]],
])('%s has no markers', (_, streams) => {
  const recording = { ...film, streams, durationSeconds: 60 };
  expect(scenesOf([], 'adaptive', recording)).toEqual({ timestamps: [], method: 'fallback' });
});
