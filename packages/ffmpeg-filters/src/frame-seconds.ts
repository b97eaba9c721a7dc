import type { StreamInfo } from './media-info.js';

/** How long a frame of a video lasts on average; 0 where nothing tells, and for sound. */
export function frameSecondsOf(stream: StreamInfo): number {
  const rate = stream.type === 'video' ? stream.averageFrameRate : undefined;
  return rate === undefined ? 0 : rate.denominator / rate.numerator;
}
