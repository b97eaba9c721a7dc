import type { Region } from '@deepffmpeg/core';
import type { Box } from './candidate.js';
import type { Fit } from './detector-settings.js';
import { roundHalfToEven } from './round-half-to-even.js';

interface Size {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Where a picture lies in a network's input: resized to `width` x `height`, its corner at `left`, `top`. In pixels. */
export interface InputPlacement extends Size {
  readonly left: number;
  readonly top: number;
  /** Pixels of the input a pixel of the picture. */
  readonly scaleX: number;
  readonly scaleY: number;
}

/**
 * Works out where a picture goes in the network's input. A letterbox keeps proportions: with the picture in the corner sides
 * are rounded down, as YOLOX does; centred, they are rounded, a half to the even side, and an odd border is wider at the end, as
 * Ultralytics does.
 */
export function placeInInput(picture: Size, input: Size, fit: Fit): InputPlacement {
  const [scaleX, scaleY] = [input.width / picture.width, input.height / picture.height];
  if (fit === 'stretch') return { ...input, left: 0, top: 0, scaleX, scaleY };

  const scale = Math.min(scaleX, scaleY);
  const isCentred = fit === 'letterbox-centre';
  const round = (size: number) => (isCentred ? roundHalfToEven(size) : Math.floor(size + 1e-9)); // 3 * (416 / 3) must not fall below 416
  const resized = (size: number) => Math.max(1, round(size * scale));
  const [width, height] = [resized(picture.width), resized(picture.height)];
  return {
    width,
    height,
    left: isCentred ? Math.floor((input.width - width) / 2) : 0,
    top: isCentred ? Math.floor((input.height - height) / 2) : 0,
    scaleX: scale,
    scaleY: scale,
  };
}

/**
 * Takes a box from the network's input back to the picture, in its pixels, and clips it to the picture.
 *
 * @returns nothing where no area of the box lies in the picture.
 */
export function regionOf(box: Box, placement: InputPlacement, picture: Size): Region | undefined {
  const { left, top, scaleX, scaleY } = placement;
  const clip = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const x = clip((box.left - left) / scaleX, picture.width);
  const y = clip((box.top - top) / scaleY, picture.height);
  const width = clip((box.right - left) / scaleX, picture.width) - x;
  const height = clip((box.bottom - top) / scaleY, picture.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}
