import type { AudioStreamInfo, MediaInfo, VideoStreamInfo } from '@deepffmpeg/ffmpeg-filters';

const common = {
  index: 0,
  profile: undefined,
  startSeconds: 0,
  durationSeconds: undefined,
  bitRate: undefined,
  language: undefined,
  isDefault: true,
  tags: {},
} as const;

export function makeVideo(about: Partial<VideoStreamInfo> = {}): VideoStreamInfo {
  return {
    type: 'video',
    ...common,
    codec: 'h264',
    timeBase: { numerator: 1, denominator: 12_800 },
    width: 1920,
    height: 1080,
    sampleAspectRatio: undefined,
    displayAspectRatio: { numerator: 16, denominator: 9 },
    rotationDegrees: 0,
    averageFrameRate: { numerator: 25, denominator: 1 },
    baseFrameRate: { numerator: 25, denominator: 1 },
    frameCount: undefined,
    pixelFormat: undefined,
    bitDepth: undefined,
    colorRange: undefined,
    colorSpace: undefined,
    colorTransfer: undefined,
    colorPrimaries: undefined,
    hdr: undefined,
    fieldOrder: undefined,
    isAttachedPicture: false,
    ...about,
  };
}

export function makeAudio(about: Partial<AudioStreamInfo> = {}): AudioStreamInfo {
  return {
    type: 'audio',
    ...common,
    index: 1,
    codec: 'aac',
    timeBase: { numerator: 1, denominator: 48_000 },
    sampleRate: 48_000,
    channels: 2,
    channelLayout: 'stereo',
    sampleFormat: 'fltp',
    bitsPerSample: 0,
    ...about,
  };
}

export function makeInfo(about: Partial<MediaInfo> = {}): MediaInfo {
  return {
    formatName: 'mov,mp4,m4a,3gp,3g2,mj2',
    durationSeconds: 30,
    startSeconds: 0,
    bitRate: 1_000_000,
    sizeBytes: 3_750_000,
    tags: {},
    streams: [makeVideo(), makeAudio()],
    chapters: [],
    ...about,
  };
}
