import type { AudioStreamInfo, MediaInfo, VideoStreamInfo } from './media-info.js';

/**
 * The video stream that is decoded: the first that is no cover picture.
 *
 * @param index - place among all streams, where one is asked for; it may be a cover picture. @returns undefined where there is none.
 */
export function findVideoStream(
  { streams }: Pick<MediaInfo, 'streams'>,
  index?: number | undefined,
): VideoStreamInfo | undefined {
  const candidates = streams.filter((stream) => stream.type === 'video');
  return index === undefined
    ? candidates.find(({ isAttachedPicture }) => !isAttachedPicture)
    : candidates.find((candidate) => candidate.index === index);
}

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
