import type { Shot } from '@deepffmpeg/core';
import type { PacketInfo } from '@deepffmpeg/ffmpeg-filters';

/** Nearer keyframes belong to the shot before. */
const LEAST_SECONDS = 1;
/** Packets lie in the order of decoding, which no format lets differ from that of showing by more frames (16 of two fields). */
const MOST_REORDERED = 32;

/**
 * Makes shots of keyframes that are at least a second apart, without decoding: quick, and as true as the encoder's choice of
 * keyframes. In: the packets of a video stream, from `probePackets`. Out: shots in order, each when the next begins. Frames before
 * the first keyframe are counted and in no shot, as no decoder shows them. Holds some packets.
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
  for await (const { timestamp, durationSeconds, isKeyframe } of inOrder(packets)) {
    if (isKeyframe && (start === undefined || timestamp - start.timestamp >= LEAST_SECONDS)) {
      yield* shotUntil(timestamp);
      start = { timestamp, frame };
    }
    frame++;
    endSeconds = Math.max(endSeconds, timestamp + durationSeconds);
  }
  yield* shotUntil(endSeconds);
}

async function* inOrder(
  packets: AsyncIterable<PacketInfo> | Iterable<PacketInfo>,
): AsyncGenerator<PacketInfo> {
  const held: PacketInfo[] = [];
  for await (const packet of packets) {
    // From the end: most come in order.
    let at = held.length;
    while (at > 0 && held[at - 1]!.timestamp > packet.timestamp) at--; // within the list
    held.splice(at, 0, packet);
    if (held.length > MOST_REORDERED) yield held.shift()!; // there are more
  }
  yield* held;
}
