import type { VideoFrame } from '@deepffmpeg/core';

/** Frames of one colour each at these times; each lasts until the next, the last for `lastSeconds`. */
export function makeVideo(
  times: readonly number[],
  {
    width = 64,
    height = 48,
    lastSeconds = 0.04,
    colour = () => [128, 128, 128] as const,
  }: {
    readonly width?: number;
    readonly height?: number;
    readonly lastSeconds?: number;
    readonly colour?: (index: number) => readonly [red: number, green: number, blue: number];
  } = {},
): VideoFrame[] {
  return times.map((timestamp, index) => ({
    type: 'video-frame',
    source: 'made',
    tap: 'overlay',
    timestamp,
    durationSeconds: (times[index + 1] ?? timestamp + lastSeconds) - timestamp,
    index,
    width,
    height,
    data: Buffer.alloc(width * height * 3, Uint8Array.from(colour(index))),
  }));
}
