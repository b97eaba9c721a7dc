import {
  type AudioStreamInfo,
  findAudioStream,
  type MediaInfo,
  type VideoStreamInfo,
} from '@deepffmpeg/ffmpeg-filters';

/** The first video that is no cover picture. */
export function mainVideo({ streams }: Pick<MediaInfo, 'streams'>): VideoStreamInfo | undefined {
  return streams.filter((stream) => stream.type === 'video').find((stream) => !stream.isAttachedPicture);
}

/** The sound that `decode` takes: that of an index among all streams, else the one marked as default, else the first. */
export function mainAudio(
  info: Pick<MediaInfo, 'streams'>,
  audioStream?: number | undefined,
): AudioStreamInfo | undefined {
  return findAudioStream(info, audioStream);
}
