import { MediaError } from '@deepffmpeg/core';
import type { AudioPreprocessing } from './clap-model.js';
import { createLogMelWriter } from './create-log-mel-writer.js';
import { fillWindow } from './fill-window.js';
import { inputShape, windowLength } from './input-shape.js';

/**
 * Writes the samples of a window, float32, -1 to 1, at least one and at most as many as the network hears at once, into `target` from
 * `offset` on, in the shape that `inputShape` tells.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for none or more.
 */
export type InputWriter = (samples: Float32Array, target: Float32Array, offset: number) => void;

/** Makes the step from a window's samples to the network's input, by the model's own settings. */
export function createInputWriter(preprocessing: AudioPreprocessing): InputWriter {
  const { sampleRate, padding, logMel } = preprocessing;
  const length = windowLength(preprocessing);
  const fill = (samples: Float32Array) => {
    if (samples.length >= 1 && samples.length <= length) return fillWindow(samples, length, padding);
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      `a window of 1 to ${length} samples was expected, ${samples.length} came`,
    );
  };
  if (!logMel) return (samples, target, offset) => target.set(fill(samples), offset);

  const [channels = 1, frames = 0, bands = 0] = inputShape(preprocessing);
  const channelLength = frames * bands;
  const write = createLogMelWriter(logMel, sampleRate, length);
  return (samples, target, offset) => {
    write(fill(samples), target, offset);
    // Fusion wants a whole recording and three parts of it; where the window is the whole, all are the same.
    for (let channel = 1; channel < channels; channel++)
      target.copyWithin(offset + channel * channelLength, offset, offset + channelLength);
  };
}
