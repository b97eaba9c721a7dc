import type { Shot } from '@deepffmpeg/core';
import {
  findVideoStream,
  type MediaInfo,
  type ProbeOptions,
  probe,
  probeHdr,
  probePackets,
  shownName,
  type VideoStreamInfo,
} from '@deepffmpeg/ffmpeg-filters';
import { keyframeShots } from '../shots/keyframe-shots.js';
import { PacketMeter, type PacketSummary } from './packet-meter.js';

/** All that is known of an input without decoding it, but for one picture of PQ video. */
export interface MediaMetadata {
  readonly info: MediaInfo;
  /** Of the first video that is no cover picture; undefined without one. */
  readonly packets: PacketSummary | undefined;
}

export interface MetadataOptions extends ProbeOptions {
  /** From `probe`, to save a second look at the same input. */
  readonly info?: MediaInfo | undefined;
  /** Called with the time of each keyframe of the video, in seconds on the input's own clock. */
  readonly onKeyframe?: ((timestamp: number) => void) | undefined;
  /** Called with each shot that `keyframeShots` makes of the packets. */
  readonly onKeyframeShot?: ((shot: Shot) => void) | undefined;
}

/**
 * Reads what a file or address says of itself, and counts its video packets. Reads all of it once, however long it is, and holds a few packets.
 *
 * @throws AbortError
 * @throws {MediaError} `ERR_INPUT` when it is no media, or of a format that is not read without asking; `ERR_FFMPEG_MISSING`.
 */
export async function readMetadata(
  input: string | URL,
  { info: known, onKeyframe, onKeyframeShot, ...options }: MetadataOptions = {},
): Promise<MediaMetadata> {
  const info = known ?? (await probe(input, options));
  const video = findVideoStream(info);
  if (video === undefined) return { info, packets: undefined };
  const meter = new PacketMeter(video.timeBase, onKeyframe);
  const watched = meter.watch(probePackets(input, video, options));
  for await (const shot of keyframeShots(watched, options.source ?? shownName(input))) onKeyframeShot?.(shot);
  const packets = meter.finish();
  if (!isHdrOpen(video)) return { info, packets };
  const found = await probeHdr(input, video, options);
  const hdr = found?.kind === 'pq' ? video.hdr : found; // it says no more than the container
  const streams = info.streams.map((stream) => (stream === video ? { ...video, hdr } : stream));
  return { info: { ...info, streams }, packets };
}

/** Whether the pictures may know more of PQ than the container does. */
function isHdrOpen({ hdr }: VideoStreamInfo): boolean {
  return hdr?.kind === 'pq' || hdr?.kind === 'hdr10';
}
