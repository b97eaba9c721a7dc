/** The technical analysis as the original writes it to a file, with its names in their order. What is not known is null. */
export interface AnalysisDocument {
  readonly input_file: string;
  readonly metadata: MetadataSection;
  readonly scene_analysis: SceneSection;
  readonly audio_analysis: AudioSection;
  readonly system_info: SystemSection;
  readonly analysis_parameters: { readonly scene_threshold: number };
}

/** What the file says of itself. */
export interface MetadataSection {
  readonly format: string;
  /** Seconds. */
  readonly duration: number | null;
  /** Bytes. */
  readonly size: number | null;
  /** Bits per second. */
  readonly bitrate: number | null;
  readonly streams: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly video_streams: readonly VideoSection[];
  readonly audio_streams: readonly AudioStreamSection[];
}

/** A video stream; cover pictures are among them. */
export interface VideoSection {
  readonly codec: string | null;
  readonly width: number;
  readonly height: number;
  /** ffprobe's `r_frame_rate`. */
  readonly fps: number | null;
  readonly bit_depth: string | null;
  readonly pix_fmt: string | null;
  readonly profile: string | null;
  readonly color_space: string | null;
}

/** An audio stream, as the file tells of it. */
export interface AudioStreamSection {
  readonly codec: string | null;
  /** Hz. */
  readonly sample_rate: string | null;
  readonly channels: number;
  readonly channel_layout: string | null;
  /** 0 for codecs that have none. */
  readonly bit_depth: number;
}

/** Scenes: the shots, or marks at even distances where there are none. */
export interface SceneSection {
  /** Packets of the first video. */
  readonly total_frames: number;
  readonly scene_count: number;
  readonly scene_timestamps: readonly number[];
  /** The duration where there is no scene. */
  readonly average_scene_duration: number | null;
  /** Scenes per second. */
  readonly scene_frequency: number | null;
  readonly threshold_used: number;
  readonly detection_method: string;
  /** Not in older files. */
  readonly thumbnail_path?: string | null;
}

/** The levels of the sound that was measured, and moments of action. */
export interface AudioSection {
  readonly has_audio: boolean;
  /** dB. */
  readonly mean_volume: number | null;
  readonly max_volume: number | null;
  /** All of them; the list ends with the 15th. */
  readonly action_moment_count: number;
  readonly action_moments: readonly ActionMomentSection[];
  /** Not in older files. */
  readonly analysis_method?: string | null;
}

/** A moment of action, told by the sound or, where that tells none, by the shots. */
export interface ActionMomentSection {
  /** Seconds. */
  readonly time: number;
  readonly type: string;
  /** 0 to 1. */
  readonly intensity: number;
  readonly duration: number | null;
  readonly max_volume: number | null;
}

/** What system it may have been recorded with, by the original's rules. */
export interface SystemSection {
  readonly classification: string;
  /** Tags, then `resolution_class`, `frame_rate_class` and `audio_class` as far as there are any. */
  readonly details: Readonly<Record<string, string>>;
}
