export { type DecodeOptions, decode, describeDecode } from './decode.js';
export type {
  AudioPlan,
  ChunksOf,
  DecodePlan,
  FramePlan,
  MeasurementPlan,
  MeasuringFilterName,
} from './decode-plan.js';
export type { DecodeProgress } from './decode-progress.js';
export { type Ffmpeg, type FfmpegPlace, type FindFfmpegOptions, findFfmpeg } from './find-ffmpeg.js';
export { findAudioStream, findVideoStream } from './find-streams.js';
export type {
  Chromaticity,
  ContentLight,
  DolbyVision,
  HdrInfo,
  MasteringDisplay,
} from './hdr-info.js';
export { isAddress } from './is-address.js';
export { measuredMiddle } from './measurement-looks.js';
export type {
  AudioStreamInfo,
  ChapterInfo,
  MediaInfo,
  OtherStreamInfo,
  StreamInfo,
  VideoStreamInfo,
} from './media-info.js';
export type { MediaInput } from './media-input.js';
export { nativeFfmpegPath, nativeFolder } from './native-build.js';
export { formatNativeTexts, type PictureInput, type SoundInput } from './native-texts.js';
export { type PlayVideoOptions, playVideo } from './play-video.js';
export { type ProbeOptions, probe } from './probe.js';
export { probeHdr } from './probe-hdr.js';
export { probeMissingEnd } from './probe-missing-end.js';
export { type PacketInfo, probePackets } from './probe-packets.js';
export type { Rational } from './rational.js';
export { type ReadAddressOptions, readAddress } from './read-address.js';
export { listFilters } from './require-filters.js';
export { parseSample, type Sample } from './sample.js';
export type { PictureScoring, ScoringPlan, SoundScoring } from './scoring-plan.js';
export { shownName } from './shown-name.js';
export { type WriteVideoOptions, writeVideo } from './write-video.js';
