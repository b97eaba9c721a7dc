import type { AudioStreamInfo, MediaInfo } from './media-info.js';

/**
 * The audio stream that is decoded: the one that players would choose, or the first.
 *
 * @param index - place among all streams, where one is asked for. @returns undefined where there is none.
 */
export function findAudioStream(
  { streams }: Pick<MediaInfo, 'streams'>,
  index?: number | undefined,
): AudioStreamInfo | undefined {
  const candidates = streams.filter((stream) => stream.type === 'audio');
  return index === undefined
    ? (candidates.find(({ isDefault }) => isDefault) ?? candidates[0])
    : candidates.find((candidate) => candidate.index === index);
}
