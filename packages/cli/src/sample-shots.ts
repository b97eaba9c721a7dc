import {
  type AudioSamples,
  collect,
  MediaError,
  type Scores,
  type Shot,
  through,
  type VideoFrame,
} from '@deepffmpeg/core';
import { decode, findVideoStream, probe } from '@deepffmpeg/ffmpeg-filters';
import { isPicture } from './sniff-input.js';

/**
 * Of all frames of an input, those that stand for its shots, which a decode before finds; a still stands for itself.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` for stdin.
 */
export async function sampleShots(
  input: string,
  media: AsyncIterable<VideoFrame | AudioSamples | Scores>,
  signal: AbortSignal,
): Promise<AsyncIterable<VideoFrame | AudioSamples | Scores>> {
  if (input === '-')
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      '--sample shots reads an input twice, which stdin cannot be: name a file',
    );
  if (await isPicture(input, { signal })) return media;
  const { createShotDetector, createShotSampler, shotFrames } = await import('@deepffmpeg/technical');
  const info = await probe(input, { signal });
  if (findVideoStream(info) === undefined) return media; // sound alone: that pictures are missing is told with it
  // What is partial is told when it is decoded for good.
  const small = decode(input, { frames: shotFrames }, { info, signal, onPartial: () => {} });
  const found = await collect(through(small, createShotDetector({ signal })));
  const shots = found.filter((chunk): chunk is Shot => chunk.type === 'shot');
  return through(media, createShotSampler({ shots, signal }));
}
