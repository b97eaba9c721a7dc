import { type Picture, resizePicture } from '@deepffmpeg/core';
import type { DetectorSettings } from './detector-settings.js';
import type { InputPlacement } from './place-in-input.js';

/** Writes a picture as the network takes it, float32 `[3, height, width]`, into `target` from `offset` on. */
export type InputWriter = (
  picture: Picture,
  placement: InputPlacement,
  target: Float32Array,
  offset: number,
) => void;

type Settings = Pick<DetectorSettings, 'channels' | 'scale' | 'mean' | 'std' | 'letterboxValue'>;

/** Makes the step from uint8 RGB24 to the network's input: resized by bicubic, bordered; a table has all 256 values of each channel. */
export function createInputWriter(
  { channels, scale, mean, std, letterboxValue }: Settings,
  input: { readonly width: number; readonly height: number },
): InputWriter {
  const tables = [0, 1, 2].map((channel) =>
    Float32Array.from({ length: 256 }, (_, value) => (value * scale - mean[channel]!) / std[channel]!),
  );
  const sources = channels === 'RGB' ? [0, 1, 2] : [2, 1, 0];
  const plane = input.width * input.height;

  return (picture, { width, height, left, top }, target, offset) => {
    const { data } = resizePicture(picture, { width, height });
    tables.forEach((table, channel) => {
      const start = offset + channel * plane;
      target.fill(table[letterboxValue]!, start, start + plane); // a table has 256 values
      for (let row = 0; row < height; row++) {
        let pixel = row * width * 3 + sources[channel]!; // one for each table
        let at = start + (top + row) * input.width + left;
        for (let column = 0; column < width; column++, pixel += 3) target[at++] = table[data[pixel]!]!;
      }
    });
  };
}
