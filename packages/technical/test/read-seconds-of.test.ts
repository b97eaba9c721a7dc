import { expect, test } from 'vitest';
import { type MeasuredLengths, readSecondsOf } from '../src/index.js';

const readOf = (
  { durationSeconds, startSeconds }: { durationSeconds?: number; startSeconds?: number },
  measured: Omit<MeasuredLengths, 'metadata'>,
) => readSecondsOf({ metadata: { info: { durationSeconds, startSeconds } }, ...measured });
const picture = { startSeconds: 0, durationSeconds: 8 };

test('tells what was read where that is less than there is, or where it is not told', () => {
  expect(readOf({ durationSeconds: 8.5 }, { picture })).toBeUndefined();
  expect(readOf({ durationSeconds: 12 }, { picture })).toBe(8);
  expect(readOf({}, { picture })).toBe(8);
  expect(readOf({ durationSeconds: 12 }, {})).toBeUndefined();
});

test('goes by where pictures and sound end, not by how long they are', () => {
  const sound = { startSeconds: 0, durationSeconds: 8 };
  const later = { startSeconds: 4, durationSeconds: 8 };
  expect(readOf({ durationSeconds: 12 }, { picture: later, sound })).toBeUndefined();
  expect(readOf({ durationSeconds: 12 }, { picture, sound: later })).toBeUndefined();
  expect(readOf({ durationSeconds: 20 }, { picture: later, sound })).toBe(12);
  const shots = [{ timestamp: 4, durationSeconds: 8 }];
  expect(readOf({ durationSeconds: 12 }, { shots, sound })).toBeUndefined();
});

test('counts from where the input begins on its own clock', () => {
  const begin = { startSeconds: 1000, durationSeconds: 12 };
  expect(readOf(begin, { picture: { startSeconds: 1004, durationSeconds: 8 } })).toBeUndefined();
  expect(readOf(begin, { picture: { startSeconds: 1000, durationSeconds: 8 } })).toBe(8);
  // As it was stored before it told where it begins.
  expect(readOf(begin, { picture: { durationSeconds: 8 } })).toBe(8);
});

test('takes as many shots as a file may hold', () => {
  const shots = Array.from({ length: 200_000 }, (_, timestamp) => ({ timestamp, durationSeconds: 1 }));
  expect(readOf({}, { shots })).toBe(200_000);
});
