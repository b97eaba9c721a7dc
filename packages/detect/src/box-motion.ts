import type { Region } from '@deepffmpeg/core';
import { type AxisNoise, correctAxis, type KalmanAxis, predictAxis, startAxis } from './kalman-axis.js';

/** Where a box is and how it moves: centre, width over height, height. In pixels and steps of 1/30 s. */
export interface BoxMotion {
  readonly x: KalmanAxis;
  readonly y: KalmanAxis;
  readonly aspect: KalmanAxis;
  readonly height: KalmanAxis;
}

/** ByteTrack counts frames; its noise was chosen for 30 a second. */
const STEPS_A_SECOND = 30;

/** ByteTrack's shares of the height, and its fixed noise of the aspect. */
const POSITION_SHARE = 1 / 20;
const VELOCITY_SHARE = 1 / 160;
const ASPECT_NOISE: AxisNoise = { position: 1e-2, velocity: 1e-5 };
const SEEN_ASPECT_DEVIATION = 1e-1;

const noiseOf = (height: number): AxisNoise => ({
  position: POSITION_SHARE * height,
  velocity: VELOCITY_SHARE * height,
});

/** Begins at a box that was seen, at rest. */
export function startMotion(region: Region): BoxMotion {
  const { x, y, aspect, height } = measuresOf(region);
  const noise = { position: 2 * POSITION_SHARE * height, velocity: 10 * VELOCITY_SHARE * height };
  return {
    x: startAxis(x, noise),
    y: startAxis(y, noise),
    aspect: startAxis(aspect, ASPECT_NOISE),
    height: startAxis(height, noise),
  };
}

/** Moves on in time. A box that is not seen keeps its size: growth that was seen last would run away. */
export function predictMotion(motion: BoxMotion, seconds: number, isSeen: boolean): BoxMotion {
  const steps = seconds * STEPS_A_SECOND;
  const noise = noiseOf(motion.height.position);
  const height = isSeen ? motion.height : { ...motion.height, velocity: 0 };
  return {
    x: predictAxis(motion.x, steps, noise),
    y: predictAxis(motion.y, steps, noise),
    aspect: predictAxis(motion.aspect, steps, ASPECT_NOISE),
    height: predictAxis(height, steps, noise),
  };
}

/** Takes in a box that was seen. */
export function correctMotion(motion: BoxMotion, region: Region): BoxMotion {
  const { x, y, aspect, height } = measuresOf(region);
  const deviation = POSITION_SHARE * motion.height.position;
  return {
    x: correctAxis(motion.x, x, deviation),
    y: correctAxis(motion.y, y, deviation),
    aspect: correctAxis(motion.aspect, aspect, SEEN_ASPECT_DEVIATION),
    height: correctAxis(motion.height, height, deviation),
  };
}

/** Where the box should be. */
export function regionOfMotion({ x, y, aspect, height }: BoxMotion): Region {
  const width = aspect.position * height.position;
  return {
    x: x.position - width / 2,
    y: y.position - height.position / 2,
    width,
    height: height.position,
  };
}

function measuresOf({ x, y, width, height }: Region) {
  return { x: x + width / 2, y: y + height / 2, aspect: width / height, height };
}
