import type { PictureSize, Shot, VideoFrame } from '@deepffmpeg/core';
import { type DecodeOptions, decode } from '@deepffmpeg/ffmpeg-filters';
import { middleFrameOf } from './create-shot-sampler.js';

export interface ShotPicturesOptions
  extends Pick<DecodeOptions, 'signal' | 'ffmpeg' | 'info' | 'formats' | 'source'> {
  /** Pixels. @defaultValue as shown */
  readonly size?: PictureSize | undefined;
}

/**
 * Decodes an input once more, and gives the frame in the middle of each of its shots, in order.
 *
 * @param shots - of this input, from `createShotDetector`, in order.
 * @throws {MediaError} as `decode`; what is partial was told when the shots were found.
 */
export async function* shotPictures(
  input: string | URL,
  shots: readonly Shot[],
  { size, ...options }: ShotPicturesOptions = {},
): AsyncGenerator<VideoFrame, void, undefined> {
  const middles = new Set(shots.map(middleFrameOf));
  if (middles.size === 0) return;
  const plan = { frames: { sample: 'all', ...(size && { size }) } } as const;
  for await (const frame of decode(input, plan, { ...options, onPartial: () => {} })) {
    if (middles.delete(frame.index)) yield frame;
    if (middles.size === 0) return;
  }
}
