import type { HdrInfo } from './hdr-info.js';
import type { Rational } from './rational.js';

/** What ffprobe tells about an input. Times are on the input's own clock; what it does not know is undefined. */
export interface MediaInfo {
  /** ffprobe's names of the format, such as `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly formatName: string;
  /** Seconds, of the longest stream. */
  readonly durationSeconds: number | undefined;
  /** Seconds, of the earliest stream. */
  readonly startSeconds: number | undefined;
  /** Bits per second. */
  readonly bitRate: number | undefined;
  readonly sizeBytes: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly streams: readonly StreamInfo[];
  readonly chapters: readonly ChapterInfo[];
}

/** A chapter; times in seconds on the input's own clock. */
export interface ChapterInfo {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly title: string | undefined;
}

export type StreamInfo = VideoStreamInfo | AudioStreamInfo | OtherStreamInfo;

interface CommonStreamInfo {
  /** Place among all streams of the input, from 0. */
  readonly index: number;
  /** ffmpeg's name, such as `h264`; undefined for one that it does not know. */
  readonly codec: string | undefined;
  readonly profile: string | undefined;
  /** Seconds per tick, exact. */
  readonly timeBase: Rational | undefined;
  /** Exact: whole ticks of the time base, where the container has them. */
  readonly startSeconds: number | undefined;
  readonly durationSeconds: number | undefined;
  /** Bits per second. */
  readonly bitRate: number | undefined;
  /** As the container spells it, as a rule ISO 639-2 such as `ger`; undefined where it says `und`. */
  readonly language: string | undefined;
  readonly isDefault: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** A stream of pictures: a video, or the cover of a recording. */
export interface VideoStreamInfo extends CommonStreamInfo {
  readonly type: 'video';
  /** Pixels as coded: before rotation, and before pixels that are not square are stretched. */
  readonly width: number;
  readonly height: number;
  /** Width of a pixel by its height. */
  readonly sampleAspectRatio: Rational | undefined;
  /** Width of the picture by its height, as it is shown: upright; pixels of unknown shape are taken for square. */
  readonly displayAspectRatio: Rational | undefined;
  /** Degrees counter-clockwise that the picture is to be turned by, -180 to 180. */
  readonly rotationDegrees: number;
  /** Frames per second on average. */
  readonly averageFrameRate: Rational | undefined;
  /** The lowest rate that all time stamps fit; a guess. */
  readonly baseFrameRate: Rational | undefined;
  readonly frameCount: number | undefined;
  /** ffmpeg's name, such as `yuv420p`. */
  readonly pixelFormat: string | undefined;
  readonly bitDepth: number | undefined;
  readonly colorRange: string | undefined;
  readonly colorSpace: string | undefined;
  /** `smpte2084` and `arib-std-b67` are HDR. */
  readonly colorTransfer: string | undefined;
  readonly colorPrimaries: string | undefined;
  /** As the container tells; what only the pictures tell is for `probeHdr`. Undefined for ordinary video. */
  readonly hdr: HdrInfo | undefined;
  /** Which of the two fields of an interlaced frame is shown first. */
  readonly fieldOrder: 'progressive' | 'top-first' | 'bottom-first' | undefined;
  /** A cover picture, not a video. */
  readonly isAttachedPicture: boolean;
}

/** A stream whose frames can be decoded and timed. */
export type TimedVideoStream = VideoStreamInfo & { readonly timeBase: Rational };

/** A stream whose samples can be decoded and timed. */
export type TimedAudioStream = AudioStreamInfo & { readonly timeBase: Rational };

export type TimedStream = TimedVideoStream | TimedAudioStream;

/** A stream of sound. */
export interface AudioStreamInfo extends CommonStreamInfo {
  readonly type: 'audio';
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** ffmpeg's name, such as `stereo`. */
  readonly channelLayout: string | undefined;
  readonly sampleFormat: string | undefined;
  readonly bitsPerSample: number | undefined;
}

/** A stream that is not decoded. */
export interface OtherStreamInfo extends CommonStreamInfo {
  readonly type: 'subtitle' | 'data' | 'attachment' | 'unknown';
}
