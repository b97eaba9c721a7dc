import { collect } from '@deepffmpeg/core';
import * as z from 'zod';
import { locateFfmpeg } from './find-ffmpeg.js';
import { HDR_SIDE_DATA, type HdrInfo, parseHdr, sideDataSchema } from './hdr-info.js';
import type { VideoStreamInfo } from './media-info.js';
import { checkInput, resolvePlace } from './media-input.js';
import { parsePrinted } from './parse-printed.js';
import type { ProbeOptions } from './probe.js';
import { readFfprobe } from './read-ffprobe.js';
import { readObject } from './read-object.js';

const frameSchema = z.object({ side_data_list: z.array(sideDataSchema).default([]) });
const outputSchema = z.object({ frames: z.array(frameSchema).default([]) });

/**
 * Tells of HDR what the container leaves to the pictures, as MP4 and MPEG-TS mostly do: decodes the first one.
 *
 * @param stream From `probe`.
 * @returns Undefined for ordinary video.
 * @throws AbortError
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_INPUT`, `ERR_FFMPEG_MISSING`
 */
export async function probeHdr(
  input: string | URL,
  stream: VideoStreamInfo,
  { ffmpeg, formats, source, signal }: ProbeOptions = {},
): Promise<HdrInfo | undefined> {
  const resolved = resolvePlace(input, { formats, source });
  await checkInput(resolved);
  const args = ['-select_streams', String(stream.index), '-read_intervals', '%+#1'];
  const entries = ['-show_entries', `frame_side_data=${HDR_SIDE_DATA}`];
  const place = ffmpeg ?? (await locateFfmpeg());
  const objects = readFfprobe(place, resolved, [...args, ...entries], signal, async function* ({ stdout }) {
    yield await readObject(stdout);
  });
  const [object] = await collect(objects);
  const { frames } = parsePrinted(outputSchema, object);
  return parseHdr(
    stream.colorTransfer,
    frames.flatMap((frame) => frame.side_data_list),
  );
}
