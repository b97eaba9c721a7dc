import { type Shot, TOLERANCE_SECONDS } from '@deepffmpeg/core';
import type { PacketInfo } from '@deepffmpeg/ffmpeg-filters';
import { ReorderBuffer } from '../metadata/reorder-buffer.js';

/** Nearer keyframes belong to the shot before. */
const LEAST_SECONDS = 1 - TOLERANCE_SECONDS;

/**
 * Makes shots of keyframes that are at least a second apart, without decoding: quick, and as true as the encoder's choice of
 * keyframes. In: the packets of a video stream, from `probePackets`. Out: shots in order, each when the next begins. Frames before
 * the first keyframe are not counted and in no shot, as no decoder shows them; where an edit hides that keyframe, the first shot begins with
 * the first frame that is shown. Holds some packets.
 */
export async function* keyframeShots(
  packets: AsyncIterable<PacketInfo> | Iterable<PacketInfo>,
  source: string,
): AsyncGenerator<Shot, void, undefined> {
  let index = 0;
  let frame = 0;
  let endSeconds = 0;
  let start: { readonly timestamp: number; readonly frame: number } | undefined;
  const shotUntil = (timestamp: number): Shot[] => {
    if (start === undefined) return [];
    const { timestamp: begin, frame: startFrame } = start;
    const kind = index === 0 ? ('start' as const) : ('keyframe' as const);
    const place = {
      source,
      timestamp: begin,
      durationSeconds: timestamp - begin,
      startFrame,
      endFrame: frame,
    };
    return [{ type: 'shot', ...place, index: index++, kind, score: kind === 'start' ? 0 : 1 }];
  };
  let isHidden = false;
  for await (const { timestamp, durationSeconds, isKeyframe, isDiscarded } of inOrder(packets)) {
    if (isDiscarded) {
      isHidden ||= isKeyframe;
      continue;
    }
    const begins = start === undefined ? isKeyframe || isHidden : isKeyframe;
    if (begins && (start === undefined || timestamp - start.timestamp >= LEAST_SECONDS)) {
      yield* shotUntil(timestamp);
      start = { timestamp, frame };
    }
    if (start !== undefined) frame++;
    endSeconds = Math.max(endSeconds, timestamp + durationSeconds);
  }
  yield* shotUntil(endSeconds);
}

async function* inOrder(
  packets: AsyncIterable<PacketInfo> | Iterable<PacketInfo>,
): AsyncGenerator<PacketInfo> {
  const order = new ReorderBuffer<PacketInfo>();
  for await (const packet of packets) {
    const next = order.add(packet);
    if (next !== undefined) yield next;
  }
  yield* order.finish();
}
