import type { Picture } from '@deepffmpeg/core';
import type { PicturePreprocessing } from './clip-model.js';

/** Writes a picture's pixels, plane after plane (red, green, blue), into `target` from `offset` on. */
export type PixelWriter = (picture: Picture, target: Float32Array, offset: number) => void;

/** Makes the step from uint8 RGB24 to normalised float32 planes: a table has all 256 values of each channel. */
export function createPixelWriter({ rescale, mean, std }: Omit<PicturePreprocessing, 'resize'>): PixelWriter {
  const tables = [0, 1, 2].map((channel) =>
    Float32Array.from({ length: 256 }, (_, value) =>
      // Rounded to float32 in between, as the reference computes.
      Math.fround(
        Math.fround(Math.fround(value * rescale) - Math.fround(mean[channel]!)) / Math.fround(std[channel]!),
      ),
    ),
  );
  const [red, green, blue] = tables as [Float32Array, Float32Array, Float32Array]; // one a channel

  return ({ width, height, data }, target, offset) => {
    const plane = width * height;
    for (let i = 0, pixel = 0, at = offset; i < plane; i++, pixel += 3, at++) {
      target[at] = red[data[pixel]!]!; // a picture has three bytes a pixel
      target[at + plane] = green[data[pixel + 1]!]!;
      target[at + 2 * plane] = blue[data[pixel + 2]!]!;
    }
  };
}
