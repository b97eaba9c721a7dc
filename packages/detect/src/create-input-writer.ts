import { type Picture, resizePicture } from '@deepffmpeg/core';
import type { DetectorSettings } from './detector-settings.js';
import type { NetworkInput } from './network-input.js';
import type { InputPlacement } from './place-in-input.js';
import { resizeBilinear } from './resize-bilinear.js';

/** Writes a picture as the network takes it, float32, `[3, height, width]` or `[height, width, 3]`, into `target` from `offset` on. */
export type InputWriter = (
  picture: Picture,
  placement: InputPlacement,
  target: Float32Array,
  offset: number,
) => void;

type Settings = Pick<DetectorSettings, 'channels' | 'scale' | 'mean' | 'std' | 'letterboxValue' | 'resize'>;
type Layout = Pick<NetworkInput, 'width' | 'height' | 'isChannelsFirst'>;
type Three<T> = [red: T, green: T, blue: T];

/** Makes the step from uint8 RGB24 to the network's input: resized, bordered; a table has all 256 values of each colour. */
export function createInputWriter(
  { channels, scale, mean, std, letterboxValue, resize }: Settings,
  input: Layout,
): InputWriter {
  const order = channels === 'RGB' ? [0, 1, 2] : [2, 1, 0]; // the channel of red, green and blue
  const [redTable, greenTable, blueTable] = order.map((channel) =>
    Float32Array.from({ length: 256 }, (_, value) => (value * scale - mean[channel]!) / std[channel]!),
  ) as Three<Float32Array>; // as `order`
  const area = input.width * input.height;
  const [channelStep, pixelStep] = input.isChannelsFirst ? [area, 1] : [1, 3];
  const [red, green, blue] = order.map((channel) => channel * channelStep) as Three<number>; // as `order`

  return (picture, { width, height, left, top }, target, offset) => {
    const { data } =
      resize === 'bilinear'
        ? resizeBilinear(picture, { width, height })
        : resizePicture(picture, { width, height, kernel: 'bilinear' });
    const border = (from: number, to: number) => {
      for (let i = from, at = offset + from * pixelStep; i < to; i++, at += pixelStep) {
        target[at + red] = redTable[letterboxValue]!; // a table has 256 values
        target[at + green] = greenTable[letterboxValue]!;
        target[at + blue] = blueTable[letterboxValue]!;
      }
    };
    border(0, top * input.width);
    for (let row = 0, pixel = 0; row < height; row++) {
      const start = (top + row) * input.width;
      border(start, start + left);
      for (
        let column = 0, at = offset + (start + left) * pixelStep;
        column < width;
        column++, pixel += 3, at += pixelStep
      ) {
        target[at + red] = redTable[data[pixel]!]!; // a picture has three bytes a pixel
        target[at + green] = greenTable[data[pixel + 1]!]!;
        target[at + blue] = blueTable[data[pixel + 2]!]!;
      }
      border(start + left + width, start + input.width);
    }
    border((top + height) * input.width, area);
  };
}
