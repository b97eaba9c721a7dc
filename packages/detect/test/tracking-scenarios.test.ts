import { collect, through } from '@deepffmpeg/core';
import { describe, expect, test } from 'vitest';
import { createTracker } from '../src/index.js';
import {
  type DetectorFaults,
  type FilmFrame,
  type Mover,
  makeFilm,
  randomNumbers,
  straight,
} from './make-film.js';
import { trackingScores } from './tracking-scores.js';

interface Scenario {
  readonly movers: readonly Mover[];
  readonly times?: readonly number[];
  readonly faults?: DetectorFaults;
}

const timesOf = (fps: number, seconds = 4) => Array.from({ length: fps * seconds }, (_, i) => i / fps);
const even = timesOf(25);
/** Pauses of 16 to 64 ms. */
const uneven = even.map((time, i) => time + 0.013 * Math.sin(i * 2.4));
const random = randomNumbers(7);
/** Two frames of five are missing. */
const dropped = even.filter(() => random() > 0.4);

/** Objects in rows of five, each with a direction of its own. */
const crowd = (count: number, pixelsASecond: number): Mover[] =>
  Array.from({ length: count }, (_, i) => ({
    path: straight(
      [(i % 5) * 125 + 60 * random(), Math.floor(i / 5) * 90 + 10 * random()],
      [(random() - 0.5) * pixelsASecond, (random() - 0.5) * pixelsASecond],
    ),
  }));

/** A camera that stands for a second, pans for two, and stands again. */
const panned = (movers: readonly Mover[], pixelsASecond: number): Mover[] =>
  movers.map(({ path }) => ({
    path(time) {
      const [x, y] = path(time);
      return [x - pixelsASecond * Math.min(Math.max(time - 1, 0), 2), y];
    },
  }));

/** Goes to the right, or to the left, and turns back after two seconds. */
const turning =
  (x: number, velocity: number): Mover['path'] =>
  (time) => [x + velocity * (time < 2 ? time : 4 - time), 100];

const opposite: readonly Mover[] = [
  { path: straight([50, 100], [100, 0]) },
  { path: straight([450, 130], [-100, 0]) },
];

async function follow({ movers, times = even, faults }: Scenario, seed: number) {
  const film = makeFilm(movers, times, seed, faults);
  const outputs = await collect(
    through(
      film.map(({ input }) => input),
      createTracker(),
    ),
  );
  return {
    film,
    scores: trackingScores(film.map(({ truth }, i) => ({ truth, tracked: outputs[i]!.objects }))),
  };
}

const seeds = [1, 2, 3, 4, 5];

const followed: Readonly<Record<string, Scenario>> = {
  'two that cross': { movers: opposite },
  'two that cross on one line': {
    movers: [{ path: straight([50, 100], [100, 0]) }, { path: straight([450, 100], [-100, 0]) }],
  },
  'two that cross, the farther one hidden in part, then wholly': {
    movers: [
      { path: straight([50, 100], [100, 0]) },
      { path: straight([450, 110], [-100, 0]), faint: [1.7, 2.3], hidden: [1.8, 2.2] },
    ],
  },
  'two that cross at an angle of 28 degrees': {
    movers: [{ path: straight([50, 60], [100, 25]) }, { path: straight([50, 160], [100, -25]) }],
  },
  'two that cross at an angle of 28 degrees, one hidden for 0.8 s': {
    movers: [
      { path: straight([50, 60], [100, 25]) },
      { path: straight([50, 160], [100, -25]), hidden: [1.6, 2.4] },
    ],
  },
  'one that overtakes another and hides it for 0.8 s': {
    movers: [
      { path: straight([20, 100], [120, 0]) },
      { path: straight([120, 110], [60, 0]), hidden: [1.3, 2.1] },
    ],
  },
  'one behind a pillar for 0.95 s': {
    movers: [
      { path: straight([20, 100], [110, 5]), hidden: [1.5, 2.45] },
      { path: straight([300, 250], [0, -5]) },
    ],
  },
  'two that meet and turn back before they cover each other': {
    movers: [{ path: turning(50, 100) }, { path: turning(470, -100) }],
  },
  'five of which some are hard to see': {
    movers: [
      { path: straight([20, 20], [60, 20]), faint: [1, 1.6] },
      { path: straight([120, 260], [50, -40]), hidden: [2, 2.3] },
      { path: straight([500, 40], [-70, 30]), faint: [0.5, 1.2] },
      { path: straight([560, 240], [-60, -20]), hidden: [1, 1.4] },
      { path: straight([300, 150], [5, 5]) },
    ],
  },
  'a crowd of twenty': { movers: crowd(20, 160) },
  'a crowd under a camera that pans': { movers: panned(crowd(6, 20), 300) },
  'a crowd among clear boxes of nothing': {
    movers: crowd(6, 60),
    faults: { faintNothings: 3, clearNothings: 0.1 },
  },
};

describe.each(Object.entries(followed))('follows %s', (_, scenario) => {
  test.each([
    ['even', even],
    ['uneven', uneven],
  ])('at %s times', async (_name, times) => {
    for (const seed of seeds) {
      const { scores } = await follow({ ...scenario, times }, seed);
      expect(scores.mota).toBeGreaterThan(0.95);
      expect(scores.idf1).toBeGreaterThan(0.95);
    }
  });
});

test.each([
  { title: 'five frames a second', times: timesOf(5) },
  { title: 'two frames of five missing', times: dropped },
])('follows two that cross with $title', async ({ times }) => {
  for (const seed of seeds) {
    const { scores } = await follow({ movers: opposite, times }, seed);
    expect(scores).toMatchObject({ mota: 1, idf1: 1 });
  }
});

/** Objects that the detector did not see; it has no errors else. */
const unseenIn = (film: readonly FilmFrame[]) =>
  film.reduce((sum, { truth, input }) => sum + truth.length - input.objects.length, 0);

test('nobody who is not seen in one frame of ten gets another id, and nobody else is missed', async () => {
  for (const seed of seeds) {
    const faults = { missed: 0.1, faintNothings: 0 };
    const { film, scores } = await follow({ movers: crowd(6, 60), faults }, seed);
    expect(scores).toMatchObject({ switches: 0, inventions: 0, misses: unseenIn(film) });
    expect(scores.misses).toBeGreaterThan(0);
  }
});

// What overlap and even motion cannot tell, in ByteTrack as published; appearance or the camera's motion would have to.
const beyond: Readonly<Record<string, Scenario>> = {
  'two that cover each other and turn back: they seem to pass through': {
    movers: [{ path: turning(50, 100) }, { path: turning(450, -100) }],
  },
  'one that is hidden for longer than the buffer': {
    movers: [
      { path: straight([50, 80], [100, 15]) },
      { path: straight([50, 140], [100, -15]), hidden: [1.4, 2.7] },
    ],
  },
  'things under a camera that swings by half their width a frame': { movers: panned(crowd(6, 20), 600) },
  'two that move by 0.7 of their width from frame to frame': {
    movers: [{ path: straight([50, 100], [140, 0]) }, { path: straight([450, 130], [-140, 0]) }],
    times: timesOf(5),
  },
};

test.each(Object.entries(beyond))('known limit: ids change of %s', async (_, scenario) => {
  const all = await Promise.all(seeds.map((seed) => follow(scenario, seed)));
  expect(Math.min(...all.map(({ scores }) => scores.idf1))).toBeLessThan(0.85);
});
