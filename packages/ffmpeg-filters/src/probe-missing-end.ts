import { collect } from '@deepffmpeg/core';
import { missingEnd } from './container-end.js';
import { type FfmpegPlace, locateFfmpeg } from './find-ffmpeg.js';
import type { MediaInfo, StreamInfo } from './media-info.js';
import { checkInput, type ResolvedInput, resolvePlace } from './media-input.js';
import { type ProbeOptions, probeInput } from './probe.js';
import { readFfprobe } from './read-ffprobe.js';
import { readObject } from './read-object.js';
import { claimedEnd, scanTail, TOLERANCE_SECONDS } from './stream-end.js';

/**
 * Looks whether a file or address ends before it says, without decoding: at the packets at its end, at all of them where those are
 * missing, and at what the container of a file tells by itself.
 *
 * @param streams From `probe`: those to look at.
 * @returns in words, as `decode` tells `onPartial`; undefined for an input that is whole, or that does not say when it ends.
 * @throws AbortError
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_INPUT`, `ERR_FFMPEG_MISSING`
 */
export async function probeMissingEnd(
  input: string | URL,
  streams: readonly StreamInfo[],
  {
    ffmpeg,
    formats,
    source,
    info: known,
    signal,
  }: ProbeOptions & { readonly info?: MediaInfo | undefined } = {},
): Promise<string | undefined> {
  const resolved = resolvePlace(input, { formats, source });
  await checkInput(resolved);
  const place = ffmpeg ?? (await locateFfmpeg());
  const info = known ?? (await probeInput(resolved, place, signal));
  const reasons: string[] = [];
  for (const stream of streams) {
    const claimed = claimedEnd(info, stream);
    if (claimed === undefined || claimed - (info.startSeconds ?? 0) <= TOLERANCE_SECONDS) continue;
    const reaches = async (fromSeconds: number | undefined) => {
      const tail = await scanTail(resolved, { info, stream, ffmpeg: place }, fromSeconds, signal);
      return { ...tail, isWhole: tail && Math.max(tail.anyEnd, tail.ownEnd) >= claimed - TOLERANCE_SECONDS };
    };
    // Not all formats and servers can be sought in: then all is read.
    const ahead = await reaches(claimed - TOLERANCE_SECONDS).catch(() => undefined);
    if (ahead?.isWhole) continue;
    const { ownEnd, isWhole } = await reaches(undefined);
    if (isWhole !== false) continue; // undefined: its packets have no times
    const ends = ownEnd === Number.NEGATIVE_INFINITY ? 'is missing to' : `ends at ${ownEnd?.toFixed(3)} s of`;
    reasons.push(`its ${stream.type} ${ends} ${claimed.toFixed(3)} s`);
  }
  if (reasons.length > 0 && (await guessesDuration(resolved, place, signal))) reasons.length = 0;
  const missing = await missingEnd(resolved, info.formatName);
  return [...reasons, ...(missing === undefined ? [] : [missing])].join('; ') || undefined;
}

/** Whether what an input says is made up from its bit rate, as for MP3 without a header; ffprobe tells it as a warning only. */
async function guessesDuration(
  input: ResolvedInput,
  place: FfmpegPlace,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const args = ['-loglevel', 'level+warning', '-show_entries', 'format=duration'];
  const logs = await collect(
    readFfprobe(place, input, args, signal, async function* ({ stdout, log }) {
      await readObject(stdout);
      yield log;
    }),
  );
  return logs.some((log) => log.guessesDuration);
}
