import type { FfmpegPlace } from './find-ffmpeg.js';
import { frameSecondsOf } from './frame-seconds.js';
import type { MediaInfo, VideoStreamInfo } from './media-info.js';
import type { ResolvedInput } from './media-input.js';
import { scanPackets } from './probe-packets.js';
import { AUTO_MOST_SECONDS } from './sample-filters.js';
import { statedStreamEnd } from './stream-end.js';

/**
 * Whether `auto` takes nothing but keyframes of this file, so that the decoder can skip all else (about ten times as
 * fast). Stops at the first gap that needs other frames.
 */
export async function hasDenseKeyframes(
  input: ResolvedInput,
  place: FfmpegPlace,
  info: MediaInfo,
  stream: VideoStreamInfo,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const frameSeconds = frameSecondsOf(stream);
  const most = AUTO_MOST_SECONDS + frameSeconds; // a keyframe is itself the first frame after the gap
  let lastKey: number | undefined;
  let lastTime = Number.NEGATIVE_INFINITY;
  for await (const { timestamp, isKeyframe } of scanPackets(input, place, { streams: [stream], signal })) {
    lastTime = Math.max(lastTime, timestamp);
    if (lastKey === undefined && !isKeyframe) return false; // it begins in the middle
    if (lastKey !== undefined && timestamp - lastKey >= most) return false;
    if (isKeyframe) lastKey = timestamp;
  }
  const end = statedStreamEnd(info, stream) ?? lastTime + frameSeconds;
  return lastKey !== undefined && end - lastKey < most;
}
