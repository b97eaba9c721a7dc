import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  findAudioStream,
  findVideoStream,
  isAddress,
  type MediaInfo,
  type Rational,
} from '@deepffmpeg/ffmpeg-filters';
import { canDropFrames, parseTimecode, timecodeBase } from './timecode.js';
import { timelineRate } from './timeline-rate.js';

/** What files of shots tell of the film. */
export interface FilmInfo {
  /** To be shown, such as the name of the file. */
  readonly name: string;
  /** Where editing software finds it; undefined for a stream. */
  readonly mediaUrl: string | undefined;
  /** Pixels, as it is shown: upright and square. */
  readonly width: number;
  readonly height: number;
  readonly hasSound: boolean;
  /** When its earliest stream begins, in seconds. */
  readonly startSeconds: number;
  /** Frames per second of the timeline that the film is laid on: one that editing software knows. */
  readonly frameRate: Rational;
  /** Whether time codes leave numbers out to keep up with the clock: at 29.97 and 59.94 frames a second only. */
  readonly dropsFrames: boolean;
  /** What its own time code gives its first frame, counted in frames of the timeline; 0 for a film without one. */
  readonly startFrame: number;
}

/**
 * Gathers what the exports need. Numbers are dropped where they can be, unless the film's own time code (the tag `timecode`) does not; a
 * tag that is no time code of this rate counts for none.
 *
 * @param input Path or address; undefined for a stream, which is best given a `name`.
 */
export function filmInfo(
  info: MediaInfo,
  input: string | URL | undefined,
  name: string = nameOf(input),
): FilmInfo {
  const video = findVideoStream(info);
  const { numerator, denominator } = video?.displayAspectRatio ?? { numerator: 16, denominator: 9 };
  const lies = Math.abs(video?.rotationDegrees ?? 0) % 180 === 90;
  const height = (lies ? video?.width : video?.height) ?? 0;
  const frameRate = timelineRate(video?.averageFrameRate ?? video?.baseFrameRate);
  const timecode = timecodeOf(info);
  const dropsFrames = canDropFrames(frameRate) && (timecode === undefined || timecode.includes(';'));
  return {
    name,
    mediaUrl: input === undefined ? undefined : urlOf(input),
    width: Math.round((height * numerator) / denominator),
    height,
    hasSound: findAudioStream(info) !== undefined,
    startSeconds: info.startSeconds ?? 0,
    frameRate,
    dropsFrames,
    startFrame: parseTimecode(timecode ?? '', timecodeBase(frameRate, dropsFrames)) ?? 0,
  };
}

/** Containers put it beside the film, the video, or a stream of its own. */
function timecodeOf(info: MediaInfo): string | undefined {
  return [info, ...info.streams].map(({ tags }) => tags['timecode']).find((code) => code !== undefined);
}

function urlOf(input: string | URL): string {
  if (!isAddress(input)) return (input instanceof URL ? input : pathToFileURL(input)).href;
  const url = new URL(input);
  url.username = ''; // credentials have no place in files that are handed on
  url.password = '';
  return url.href;
}

function nameOf(input: string | URL | undefined): string {
  if (input === undefined) return 'film';
  if (!isAddress(input)) return basename(input instanceof URL ? fileURLToPath(input) : input);
  const name = basename(new URL(input).pathname);
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // its bytes are no UTF-8
  }
}
