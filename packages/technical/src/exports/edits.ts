import type { Shot } from '@deepffmpeg/core';
import type { FilmInfo } from './film-info.js';

/** A shot on the timeline of editing software, whose rate is constant. */
export interface Edit {
  /** Its number, from 1. */
  readonly number: number;
  /** Its first frame, and the one after its last; counted from the film's own time code. */
  readonly startFrame: number;
  readonly endFrame: number;
}

/**
 * Puts shots where editing software puts their film: each at its time, rounded to frames of the timeline. At a constant rate these are the
 * film's own frames; at a variable one its frames have no numbers there. Shots too short for a frame are left out.
 *
 * @param shots All of the film, in order.
 */
export function editsOf(shots: readonly Shot[], { frameRate, startFrame }: FilmInfo): Edit[] {
  const origin = shots[0]?.timestamp ?? 0;
  const frameAt = (seconds: number) =>
    startFrame + Math.round(((seconds - origin) * frameRate.numerator) / frameRate.denominator);
  const edits = shots.map(({ index, timestamp, durationSeconds }) => ({
    number: index + 1,
    startFrame: frameAt(timestamp),
    endFrame: frameAt(timestamp + durationSeconds),
  }));
  return edits.filter((edit) => edit.endFrame > edit.startFrame);
}
