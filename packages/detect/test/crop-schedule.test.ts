import { expect, test, vi } from 'vitest';
import { CropSchedule } from '../src/crop-schedule.js';
import { makeDetections, makeObject } from './make-detections.js';

const dog = (time: number, trackId = 1, source = 'made') =>
  makeDetections(time, [makeObject('dog', { trackId })], source);

test('a track is due once in each interval, for each input by itself', () => {
  const schedule = new CropSchedule({ everySeconds: 1 });
  const frames = [dog(0), dog(50, 1, 'other'), dog(0.9), dog(1), dog(50.9, 1, 'other'), dog(1.9)];
  expect(frames.map((frame) => schedule.due(frame).length)).toEqual([1, 1, 0, 1, 0, 0]);
});

test('a rounded time is not too early', () => {
  const schedule = new CropSchedule({ everySeconds: 0.2 });
  expect(0.3 - 0.1).toBeLessThan(0.2);
  expect([0.1, 0.3].map((time) => schedule.due(dog(time)).length)).toEqual([1, 1]);
});

test('a time that runs back by an interval is due', () => {
  const schedule = new CropSchedule({ everySeconds: 1 });
  expect([10, 9.5, 2].map((time) => schedule.due(dog(time)).length)).toEqual([1, 0, 1]);
});

test('holds only the tracks of the last interval', () => {
  const maps: Map<unknown, unknown>[] = [];
  const RealMap = Map;
  vi.stubGlobal(
    'Map',
    class<Key, Value> extends RealMap<Key, Value> {
      constructor(entries?: Iterable<readonly [Key, Value]> | null) {
        super(entries);
        maps.push(this);
      }
    },
  );
  try {
    const schedule = new CropSchedule({ everySeconds: 5 });
    for (let id = 0; id < 500; id += 1) schedule.due(dog(id, id));
  } finally {
    vi.unstubAllGlobals();
  }
  expect(maps.map(({ size }) => size)).toEqual([1, 6]); // inputs, and tracks of the one
});
