import { MediaError } from '@deepffmpeg/core';
import { describeTensors, type Session } from '@deepffmpeg/models';
import type { DetectorSettings } from './detector-settings.js';

/** What a network takes: float32, `[batch, 3, height, width]`. */
export interface NetworkInput {
  readonly name: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Pictures at a time, where the file fixes it. */
  readonly fixedBatch?: number;
}

/** Finds the input for pictures and its size. @throws {MediaError} `ERR_MODEL_CONFIG` */
export function networkInput(
  { path, inputs }: Session,
  { inputSize }: Pick<DetectorSettings, 'inputSize'>,
): NetworkInput {
  const fail = (problem: string) => new MediaError('ERR_MODEL_CONFIG', `${path} ${problem}`);
  const [input, ...others] = inputs;
  const [batch, channels, height, width] = input?.shape ?? [];
  const isPicture = input?.type === 'float32' && input.shape.length === 4;
  if (!isPicture || others.length > 0 || (typeof channels === 'number' && channels !== 3)) {
    const declared = describeTensors(inputs) || 'nothing';
    throw fail(`takes ${declared}; one float32 input [batch, 3, height, width] was expected`);
  }
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
  return {
    name: input.name,
    width: sizes.width,
    height: sizes.height,
    ...(typeof batch === 'number' && { fixedBatch: batch }),
  };
}
