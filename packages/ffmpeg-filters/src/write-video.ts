import { MediaError, openAtomicFile, parseOptions, type VideoFrame } from '@deepffmpeg/core';
import * as z from 'zod';
import { type AudioTrack, audioEncoderFor, encodeCommand } from './encode-command.js';
import { checkFrame } from './feed-frames.js';
import { feedProcess } from './feed-process.js';
import { type Ffmpeg, findFfmpeg } from './find-ffmpeg.js';
import { FramePuller } from './frame-puller.js';
import type { MediaInfo } from './media-info.js';
import { resolvePlace } from './media-input.js';
import { startProcess } from './media-process.js';
import { chooseAudio } from './prepare-decode.js';
import { probeInput } from './probe.js';
import { requireEncoders } from './require-encoders.js';
import { withoutPasswords } from './shown-name.js';
import { type VideoContainer, videoContainerOf } from './video-container.js';

export interface WriteVideoOptions {
  readonly signal?: AbortSignal | undefined;
  /** From `findFfmpeg`. @defaultValue looked for and run once */
  readonly ffmpeg?: Ffmpeg | undefined;
  /**
   * The path or address that the frames were decoded from: its sound goes into the file, at the times it had beside them. A stream cannot be read
   * a second time. @defaultValue no sound
   */
  readonly audioFrom?: string | URL | undefined;
  /** From `probe`, to save a second look at `audioFrom`. */
  readonly info?: MediaInfo | undefined;
  /** Further formats to read `audioFrom` in, as for `decode`. */
  readonly formats?: readonly string[] | undefined;
  /** Place among all streams of `audioFrom`. @defaultValue the audio stream that is marked as default, else the first */
  readonly audioStream?: number | undefined;
}

const settingsSchema = z.strictObject({
  audioStream: z.int().min(0).optional(),
});

/**
 * Writes frames as a video: H.264 in .mp4, .mov and .mkv, VP9 in .webm. Each is shown until the next one's time, the last for its duration.
 *
 * In: RGB24 frames of one input, tap and size, in order of time; they are closed at the end. A slow ffmpeg holds them back; one is held. Times are kept to
 * 1/90000 s (.mkv and .webm: 1 ms), counted from where `audioFrom` begins, else from the first frame. Odd sizes get a black row or column.
 * Sound is copied where such a file usually holds its codec, else encoded as AAC (.webm: Opus); an input without sound gives a video without.
 * Out: the file, which appears complete or not at all.
 *
 * @throws AbortError, and what the frames throw
 * @throws {MediaError} `ERR_INVALID_OPTIONS` (another ending), `ERR_MISMATCH` (size or order of the frames), `ERR_OUTPUT` (no room, no right),
 * `ERR_INPUT` (no frames; `audioFrom` cannot be read), `ERR_FFMPEG_MISSING` (also an encoder), `ERR_FFMPEG_EXIT`.
 */
export async function writeVideo(
  path: string,
  frames: AsyncIterable<VideoFrame> | Iterable<VideoFrame>,
  options: WriteVideoOptions = {},
): Promise<void> {
  const {
    signal = new AbortController().signal,
    ffmpeg: given,
    audioFrom,
    info,
    formats,
    ...settings
  } = options;
  const puller = new FramePuller(frames);
  try {
    const { audioStream } = parseOptions(settingsSchema, settings);
    const container = videoContainerOf(path);
    const ffmpeg = given ?? (await findFfmpeg({ signal }));
    const audio =
      audioFrom === undefined
        ? undefined
        : await findAudio(audioFrom, { ffmpeg, info, formats, audioStream, signal });
    const audioEncoder = audio?.track && audioEncoderFor(audio.track, container);
    const encoders = [container.videoEncoder, ...(audioEncoder === undefined ? [] : [audioEncoder])];
    await requireEncoders(ffmpeg, encoders, signal);
    await encode(puller, path, { ffmpeg, container, audio, signal });
  } finally {
    await puller.close();
  }
}

interface FoundAudio {
  /** None where the input has no sound. */
  readonly track: AudioTrack | undefined;
  /** When the input begins, on the clock of its frames. */
  readonly startSeconds: number;
}

async function findAudio(
  audioFrom: string | URL,
  {
    ffmpeg,
    info: known,
    formats,
    audioStream,
    signal,
  }: Omit<WriteVideoOptions, 'audioFrom'> & { readonly ffmpeg: Ffmpeg },
): Promise<FoundAudio> {
  const input = resolvePlace(audioFrom, { formats });
  const info = known ?? (await probeInput(input, ffmpeg, signal));
  const startSeconds = info.startSeconds ?? 0;
  const isSilent = audioStream === undefined && !info.streams.some(({ type }) => type === 'audio');
  if (isSilent) return { track: undefined, startSeconds };
  const stream = chooseAudio(input.name, info, audioStream);
  if (stream instanceof MediaError) throw stream;
  return { track: { input, stream }, startSeconds };
}

interface Encoding {
  readonly ffmpeg: Ffmpeg;
  readonly container: VideoContainer;
  readonly audio: FoundAudio | undefined;
  readonly signal: AbortSignal;
}

async function encode(
  frames: FramePuller<VideoFrame>,
  path: string,
  { ffmpeg, container, audio, signal }: Encoding,
): Promise<void> {
  const file = await openAtomicFile(path, { signal });
  try {
    const first = await frames.next(signal);
    if (first === undefined)
      throw new MediaError('ERR_INPUT', `there is nothing to write to ${path}: no frame came`);
    checkFrame(first);
    const { width, height, timestamp } = first;
    const originSeconds = Math.min(audio?.startSeconds ?? timestamp, timestamp);
    const args = encodeCommand({
      container,
      width,
      height,
      audio: audio?.track,
      originSeconds,
      path: file.path,
    });
    const process = startProcess(ffmpeg.path, args, { stdin: true });
    const { exitCode, signal: killer } = await feedProcess(process, frames, first, originSeconds, signal);
    if (exitCode !== 0)
      throw encodeError(path, killer ?? `status ${exitCode}`, process.log.tail.slice(-1500), audio?.track);
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** What the system says when a file cannot grow. */
const NO_ROOM = /No space left on device|Disk quota exceeded|File too large|Input\/output error/;
/** As ffmpeg from 6 on begins what it says of an input, but for the errors of its demuxer. */
const OF_INPUT = /^\[in#|^Error opening input/;

function encodeError(path: string, end: string, said: string, audio: AudioTrack | undefined): MediaError {
  // The disk of the sound's input may be the one that fails; ffmpeg 5 begins with what it was given.
  const inputName = withoutPasswords(audio?.input.args.at(-1) ?? 'pipe:0');
  const lines = said.split('\n').filter((line) => !OF_INPUT.test(line) && !line.startsWith(`${inputName}: `));
  const [reason] = NO_ROOM.exec(lines.join('\n')) ?? [];
  if (reason !== undefined)
    return new MediaError('ERR_OUTPUT', `cannot write ${path}: ${reason}`, { cause: new Error(said) });
  return new MediaError('ERR_FFMPEG_EXIT', `ffmpeg ended with ${end} while it wrote ${path}: ${said}`);
}
