import type { AudioStreamInfo, MediaInfo, VideoStreamInfo } from '@deepffmpeg/ffmpeg-filters';

/** The first video that is no cover picture. */
export function mainVideo({ streams }: Pick<MediaInfo, 'streams'>): VideoStreamInfo | undefined {
  return streams.filter((stream) => stream.type === 'video').find((stream) => !stream.isAttachedPicture);
}

/** The first sound, as the original takes it. */
export function mainAudio({ streams }: MediaInfo): AudioStreamInfo | undefined {
  return streams.find((stream) => stream.type === 'audio');
}
