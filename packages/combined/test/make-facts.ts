import type { AverageRow, Modality, Segment, Shot } from '@deepffmpeg/core';
import type {
  ActionMomentSection,
  AnalysisDocument,
  AudioSection,
  MetadataSection,
  SceneSection,
} from '@deepffmpeg/technical';

/** What a test says of a film; the rest is that of a small one with sight and sound. */
export interface FilmFacts {
  readonly metadata?: Partial<MetadataSection>;
  readonly scenes?: Partial<SceneSection>;
  readonly audio?: Partial<AudioSection>;
}

export function makeTechnical({ metadata = {}, scenes = {}, audio = {} }: FilmFacts = {}): AnalysisDocument {
  return {
    input_file: 'clips/film.mp4',
    metadata: {
      format: 'mov,mp4,m4a,3gp,3g2,mj2',
      duration: 60,
      size: 1_048_576,
      bitrate: 2_000_000,
      streams: 2,
      tags: {},
      video_streams: [
        {
          codec: 'h264',
          width: 640,
          height: 360,
          fps: 25,
          bit_depth: '8',
          pix_fmt: 'yuv420p',
          profile: 'High',
          color_space: null,
        },
      ],
      audio_streams: [
        { codec: 'aac', sample_rate: '44100', channels: 2, channel_layout: 'stereo', bit_depth: 0 },
      ],
      ...metadata,
    },
    scene_analysis: {
      total_frames: 1500,
      scene_count: scenes.scene_timestamps?.length ?? 0,
      scene_timestamps: [],
      average_scene_duration: 60,
      scene_frequency: 0,
      threshold_used: 0.3,
      detection_method: 'adaptive',
      thumbnail_path: null,
      ...scenes,
    },
    audio_analysis: {
      has_audio: true,
      mean_volume: -25,
      max_volume: -5,
      action_moment_count: audio.action_moments?.length ?? 0,
      action_moments: [],
      analysis_method: 'silencedetect+volumedetect',
      ...audio,
    },
    system_info: { classification: 'Unknown system', details: {} },
    analysis_parameters: { scene_threshold: 0.3 },
  };
}

export const makeRow = (modality: Modality, label: string, probability = 0.5, count = 1): AverageRow => ({
  modality,
  label,
  probability,
  count,
});

export const makeMoment = (
  time: number,
  intensity = 0.5,
  duration: number | null = null,
): ActionMomentSection => ({
  time,
  type: duration === null ? 'volume_peak' : 'sound_section',
  intensity,
  duration,
  max_volume: null,
});

export const makeSegment = (
  label: string,
  timestamp: number,
  probability: number,
  more: Partial<Segment> = {},
): Segment => ({
  type: 'segment',
  source: 'film.mp4',
  modality: 'vision',
  model: 'tiny',
  labelSet: 'looks',
  group: 'Mood',
  label,
  timestamp,
  durationSeconds: 1,
  probability,
  peak: probability,
  ...more,
});

export const makeShot = (index: number, timestamp: number, durationSeconds: number): Shot => ({
  type: 'shot',
  source: 'film.mp4',
  timestamp,
  durationSeconds,
  index,
  startFrame: index,
  endFrame: index + 1,
  kind: index === 0 ? 'start' : 'cut',
  score: 0,
});
