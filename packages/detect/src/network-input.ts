import { MediaError } from '@deepffmpeg/core';
import { describeTensors, type Session } from '@deepffmpeg/models';
import type { DetectorSettings } from './detector-settings.js';

/** What a network takes: float32, `[batch, 3, height, width]` or `[batch, height, width, 3]`. */
export interface NetworkInput {
  readonly name: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Red, green and blue plane after plane, or side by side. */
  readonly isChannelsFirst: boolean;
  /** Pictures at a time, where the file fixes it. */
  readonly fixedBatch?: number;
}

/** Finds the input for pictures and its size. @throws {MediaError} `ERR_MODEL_CONFIG` */
export function networkInput(
  { path, inputs }: Pick<Session, 'path' | 'inputs'>,
  { inputSize }: Pick<DetectorSettings, 'inputSize'>,
): NetworkInput {
  const fail = (problem: string) => new MediaError('ERR_MODEL_CONFIG', `${path} ${problem}`);
  const [input, ...others] = inputs;
  const layout = layoutOf(input?.shape ?? []);
  if (input?.type !== 'float32' || !layout || others.length > 0) {
    const declared = describeTensors(inputs) || 'nothing';
    throw fail(
      `takes ${declared}; one float32 input [batch, 3, height, width] or [batch, height, width, 3] was expected`,
    );
  }
  const { batch, height, width, isChannelsFirst } = layout;
  const sizes = {
    width: typeof width === 'number' ? width : inputSize?.width,
    height: typeof height === 'number' ? height : inputSize?.height,
  };
  if (sizes.width === undefined || sizes.height === undefined)
    throw fail('leaves the size of its pictures open: give inputSize, { width, height } in pixels');
  if (inputSize && (inputSize.width !== sizes.width || inputSize.height !== sizes.height)) {
    throw fail(
      `takes pictures of ${sizes.width}x${sizes.height}, but inputSize is ${inputSize.width}x${inputSize.height}: leave it out`,
    );
  }
  const largest = Math.max(sizes.width, sizes.height);
  if (largest > MOST_PIXELS || Math.min(sizes.width, sizes.height) < 1)
    throw fail(
      `takes pictures of ${sizes.width}x${sizes.height}; 1 to ${MOST_PIXELS} pixels a side were expected`,
    );
  if (typeof batch === 'number' && (batch < 1 || batch > MOST_PICTURES))
    throw fail(`takes ${batch} pictures at a time; 1 to ${MOST_PICTURES} were expected`);
  return {
    name: input.name,
    width: sizes.width,
    height: sizes.height,
    isChannelsFirst,
    ...(typeof batch === 'number' && { fixedBatch: batch }),
  };
}

/** A file may declare anything. */
const MOST_PIXELS = 8192;
const MOST_PICTURES = 256;

/** Tells the layout by the place of the 3; where the file leaves all open, channels come first. */
function layoutOf([batch, a, b, c, ...more]: readonly (number | string)[]) {
  if (c === undefined || more.length > 0) return undefined;
  if (a === 3 || (typeof a === 'string' && c !== 3))
    return { batch, height: b, width: c, isChannelsFirst: true };
  return c === 3 ? { batch, height: a, width: b, isChannelsFirst: false } : undefined;
}
