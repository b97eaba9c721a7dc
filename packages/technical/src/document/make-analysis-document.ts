import type { AudioStreamInfo, MediaInfo, Rational, VideoStreamInfo } from '@deepffmpeg/ffmpeg-filters';
import { type SystemHints, systemHints } from '../hints/system-hints.js';
import type { MediaMetadata } from '../metadata/read-metadata.js';
import type {
  ActionMomentSection,
  AnalysisDocument,
  AudioSection,
  AudioStreamSection,
  MetadataSection,
  SceneSection,
  SystemSection,
  VideoSection,
} from './analysis-document.js';
import type { Scenes } from './scenes.js';

/** What a document is made of. */
export interface AnalysisParts {
  /** As the user named it. */
  readonly inputFile: string;
  readonly metadata: MediaMetadata;
  readonly scenes: Scenes;
  /** 0 to 1; told, though keyframes do not depend on it. */
  readonly sceneThreshold: number;
  /** As `readSecondsOf` tells: scenes are measured by it. */
  readonly readSeconds?: number | undefined;
  /** Path of a contact sheet. */
  readonly thumbnailPath?: string | undefined;
  /** Undefined where there is no sound, or it was not analysed. */
  readonly sound: SoundPart | undefined;
  /** @defaultValue those of the sound that `findAudioStream` chooses */
  readonly hints?: SystemHints | undefined;
}

export interface SoundPart {
  /** Decibels to full scale; -Infinity for digital silence. */
  readonly meanVolumeDb: number | undefined;
  readonly maxVolumeDb: number | undefined;
  /** All of them, in order of time. */
  readonly actionMoments: readonly SoundMoment[];
}

/** A moment of which the middle counts. */
export interface SoundMoment {
  /** Seconds. */
  readonly timestamp: number;
  readonly durationSeconds: number;
  /** The original's name, such as `sound_section`. */
  readonly kind: string;
  /** 0 to 1. */
  readonly intensity: number;
  readonly maxVolumeDb?: number | undefined;
}

const MOST_MOMENTS = 15;

/** Puts together the original's document; reads nothing and measures nothing. */
export function makeAnalysisDocument(parts: AnalysisParts): AnalysisDocument {
  const { info } = parts.metadata;
  return {
    input_file: parts.inputFile,
    metadata: metadataSection(info),
    scene_analysis: sceneSection(parts),
    audio_analysis: audioSection(info, parts.sound),
    system_info: systemSection(parts.hints ?? systemHints(info)),
    analysis_parameters: { scene_threshold: parts.sceneThreshold },
  };
}

/** The text of the file: two blanks a level, no line break at the end, as the original has it; further fields come last. */
export function formatAnalysisDocument(
  document: AnalysisDocument & { readonly details?: object | undefined },
): string {
  return JSON.stringify(document, null, 2);
}

function metadataSection(info: MediaInfo): MetadataSection {
  return {
    format: info.formatName,
    duration: info.durationSeconds ?? null,
    size: info.sizeBytes ?? null,
    bitrate: info.bitRate ?? null,
    streams: info.streams.length,
    tags: info.tags,
    video_streams: info.streams.filter((stream) => stream.type === 'video').map(videoSection),
    audio_streams: info.streams.filter((stream) => stream.type === 'audio').map(audioStreamSection),
  };
}

function videoSection(stream: VideoStreamInfo): VideoSection {
  return {
    codec: stream.codec ?? null,
    width: stream.width,
    height: stream.height,
    fps: perSecond(stream.baseFrameRate),
    bit_depth: stream.bitDepth === undefined ? null : String(stream.bitDepth),
    pix_fmt: stream.pixelFormat ?? null,
    profile: stream.profile ?? null,
    color_space: stream.colorSpace ?? null,
  };
}

function audioStreamSection(stream: AudioStreamInfo): AudioStreamSection {
  return {
    codec: stream.codec ?? null,
    sample_rate: stream.sampleRate === 0 ? null : String(stream.sampleRate),
    channels: stream.channels,
    channel_layout: stream.channelLayout ?? null,
    bit_depth: stream.bitsPerSample ?? 0,
  };
}

function sceneSection({
  metadata,
  scenes,
  sceneThreshold,
  readSeconds,
  thumbnailPath,
}: AnalysisParts): SceneSection {
  const durationSeconds = readSeconds ?? metadata.info.durationSeconds;
  const { timestamps, method } = scenes;
  const isTimed = durationSeconds !== undefined && durationSeconds > 0;
  return {
    total_frames: metadata.packets?.packetCount ?? 0,
    scene_count: timestamps.length,
    scene_timestamps: timestamps,
    average_scene_duration: isTimed ? durationSeconds / Math.max(1, timestamps.length) : null,
    scene_frequency: isTimed ? timestamps.length / durationSeconds : null,
    threshold_used: sceneThreshold,
    detection_method: method,
    thumbnail_path: thumbnailPath ?? null,
  };
}

function audioSection({ streams }: MediaInfo, sound: SoundPart | undefined): AudioSection {
  const moments = sound?.actionMoments ?? [];
  return {
    has_audio: streams.some(({ type }) => type === 'audio'),
    mean_volume: volume(sound?.meanVolumeDb),
    max_volume: volume(sound?.maxVolumeDb),
    action_moment_count: moments.length,
    action_moments: moments.slice(0, MOST_MOMENTS).map(momentSection),
    analysis_method: sound === undefined ? null : 'silencedetect+volumedetect',
  };
}

function momentSection(moment: SoundMoment): ActionMomentSection {
  const { timestamp, durationSeconds, kind, intensity, maxVolumeDb } = moment;
  return {
    time: timestamp + durationSeconds / 2,
    type: kind,
    intensity,
    duration: kind === 'sound_section' ? durationSeconds : null,
    max_volume: volume(maxVolumeDb),
  };
}

/** As volumedetect prints it: it counts in 16 bits, and calls silence -91. */
function volume(levelDb: number | undefined): number | null {
  return levelDb === undefined ? null : Number(Math.max(-91, levelDb).toFixed(1));
}

function systemSection({ classification, tags, ...classes }: SystemHints): SystemSection {
  const { resolutionClass, frameRateClass, audioClass } = classes;
  const details: Record<string, string | undefined> = {
    resolution_class: resolutionClass,
    frame_rate_class: frameRateClass,
    audio_class: audioClass,
  };
  return {
    classification,
    details: { ...tags, ...Object.fromEntries(Object.entries(details).filter(isTold)) },
  };
}

const isTold = (entry: [string, string | undefined]): entry is [string, string] => entry[1] !== undefined;
const perSecond = (rate: Rational | undefined) => (rate ? rate.numerator / rate.denominator : null);
