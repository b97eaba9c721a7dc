import { extname } from 'node:path';
import { MediaError } from '@deepffmpeg/core';

/** A kind of video file, and what ffmpeg is to make of pictures and sound for it. */
export interface VideoContainer {
  /** ffmpeg's name of the muxer. */
  readonly format: string;
  readonly videoEncoder: string;
  readonly videoArgs: readonly string[];
  readonly audioEncoder: string;
  readonly audioArgs: readonly string[];
  /** Codecs of sound that go in as they are: those that players look for in such a file. */
  readonly copied: readonly string[];
}

const H264 = {
  videoEncoder: 'libx264',
  videoArgs: [
    ...['-preset', 'veryfast', '-crf', '20'],
    // With B-frames, the durations that a file tells are those between decoding times: wrong where frames come irregularly.
    ...['-bf', '0'],
    // x264 takes the time base for the frame rate, and declares a level that no player has.
    ...['-x264-params', 'fps=60'],
  ],
};
const AAC = { audioEncoder: 'aac', audioArgs: ['-b:a', '192k'] };
const MP4_SOUND = ['aac', 'mp3', 'ac3', 'eac3', 'alac'];

const CONTAINERS: Readonly<Record<string, VideoContainer>> = {
  '.mp4': {
    format: 'mp4',
    ...H264,
    videoArgs: [...H264.videoArgs, '-movflags', '+faststart'],
    ...AAC,
    copied: [...MP4_SOUND, 'opus'],
  },
  '.mov': {
    format: 'mov',
    ...H264,
    videoArgs: [...H264.videoArgs, '-movflags', '+faststart'],
    ...AAC,
    copied: [...MP4_SOUND, 'pcm_s16le', 'pcm_s24le'],
  },
  '.mkv': {
    format: 'matroska',
    ...H264,
    ...AAC,
    copied: [...MP4_SOUND, 'opus', 'vorbis', 'flac', 'dts', 'truehd', 'pcm_s16le', 'pcm_s24le'],
  },
  '.webm': {
    format: 'webm',
    videoEncoder: 'libvpx-vp9',
    videoArgs: [
      ...['-deadline', 'realtime', '-cpu-used', '7', '-row-mt', '1', '-b:v', '0', '-crf', '28'],
      ...['-lag-in-frames', '0', '-auto-alt-ref', '0'], // no hidden frames beside the ones with times
    ],
    audioEncoder: 'libopus',
    // libopus refuses layouts that Opus has no name for, such as 5.1(side).
    audioArgs: ['-b:a', '160k', '-af', 'aformat=channel_layouts=mono|stereo|quad|5.0|5.1|6.1|7.1'],
    copied: ['opus', 'vorbis'],
  },
};

/** The kind of file that a path's ending asks for. @throws {MediaError} `ERR_INVALID_OPTIONS` */
export function videoContainerOf(path: string): VideoContainer {
  const container = CONTAINERS[extname(path).toLowerCase()];
  if (container !== undefined) return container;
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `${JSON.stringify(path)} does not say which kind of video to write: end its name with ${Object.keys(CONTAINERS).join(', ')}`,
  );
}
