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

/** Which of the audio streams has this index among all streams, as a document's `audio_streams` are numbered, from 0; -1 for none. */
export function audioPlaceOf(
  streams: readonly { readonly type: string; readonly index: number }[],
  index: number | null | undefined,
): number {
  return streams.filter(({ type }) => type === 'audio').findIndex((stream) => stream.index === index);
}
