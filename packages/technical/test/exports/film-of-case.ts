import { readFileSync } from 'node:fs';
import type { Shot } from '@deepffmpeg/core';
import type { FilmInfo } from '../../src/index.js';

/** A film whose shots are known. */
interface Case {
  readonly rate: readonly [number, number];
  readonly dropsFrames?: boolean;
  readonly startFrame: number;
  readonly name?: string;
  /** First frame of each shot, and the number of frames. */
  readonly cuts: readonly number[];
  /** When those frames are shown, where that is not at the rate. */
  readonly seconds?: readonly number[];
  /** Where they belong on the timeline, if elsewhere. */
  readonly timeline?: readonly number[];
}

export const goldenFolder = new URL('../golden/shots/', import.meta.url);
const cases: Record<string, Case> = JSON.parse(readFileSync(new URL('cases.json', goldenFolder), 'utf8'));

export const caseNames: readonly string[] = Object.keys(cases);

interface FilmOfCase {
  readonly film: FilmInfo;
  readonly shots: readonly Shot[];
  /** First frame in the film and number of frames of each shot, as editing software is to see them. */
  readonly clips: readonly (readonly [number, number])[];
}

export function filmOfCase(caseName: string): FilmOfCase {
  const found = cases[caseName];
  if (found === undefined) throw new Error(`there is no case ${caseName}`);
  const { rate, dropsFrames = false, startFrame, name = `${caseName}.mp4`, cuts, timeline = cuts } = found;
  const [numerator, denominator] = rate;
  const { seconds = cuts.map((frame) => (frame * denominator) / numerator) } = found;
  const film: FilmInfo = {
    name,
    mediaUrl: `file:///films/${caseName}.mp4`,
    width: 1920,
    height: 1080,
    hasSound: true,
    startSeconds: seconds[0] ?? 0,
    frameRate: { numerator, denominator },
    dropsFrames,
    startFrame,
  };
  const clips = timeline
    .slice(1)
    .map((end, i) => [startFrame + (timeline[i] ?? 0), end - (timeline[i] ?? 0)] as const);
  return { film, shots: makeShots(cuts, seconds), clips };
}

/** Shots between frames, at the times when those are shown. */
export function makeShots(cuts: readonly number[], seconds: readonly number[]): Shot[] {
  return cuts.slice(1).map((endFrame, index) => {
    const [timestamp = 0, end = 0] = seconds.slice(index, index + 2);
    const kind = index === 0 ? 'start' : 'cut';
    const frames = { startFrame: cuts[index] ?? 0, endFrame };
    const time = { timestamp, durationSeconds: end - timestamp };
    return { type: 'shot', source: 'film.mp4', index, ...time, ...frames, kind, score: index === 0 ? 0 : 1 };
  });
}
