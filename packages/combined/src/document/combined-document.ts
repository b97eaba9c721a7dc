import type { AnalysisDocument } from '@deepffmpeg/technical';

/** The combined analysis as the original writes it to a file, with its names in their order. What is not known is null. */
export interface CombinedDocument {
  readonly file_info: FileSection;
  readonly technical_analysis: AnalysisDocument;
  /** By count, the most first. */
  readonly ai_classifications: {
    readonly video: readonly ClassificationSection[];
    readonly audio: readonly ClassificationSection[];
  };
  readonly combined_insights: InsightSections;
}

/** The file that was analysed. */
export interface FileSection {
  readonly filename: string;
  /** As the user named it. */
  readonly path: string;
  /** In units of 1024 times 1024 bytes. */
  readonly size_mb: number | null;
  /** `YYYY-MM-DD HH:MM:SS`, local time. */
  readonly created_date: string;
}

/** A label, and how often and how surely it was reported. */
export interface ClassificationSection {
  readonly label: string;
  /** Mean over the frames or windows that it was reported for, 0 to 1. */
  readonly probability: number;
  readonly count: number;
}

/** What follows from labels and measurements, by rules. */
export interface InsightSections {
  readonly content_type: ContentTypeSection;
  readonly quality_assessment: QualitySection;
  readonly mood: MoodSection;
  readonly storytelling_metrics: StorytellingSection;
}

/** What kind of film or recording it is. */
export interface ContentTypeSection {
  readonly primary_type: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly subtypes: readonly string[];
  readonly format_info: {
    /** Seconds. */
    readonly duration: number | null;
    /** Such as `1280x720`. */
    readonly resolution: string | null;
    readonly frame_rate: number | null;
    /** Only of video. */
    readonly resolution_class?: string;
  };
}

/** How good pictures and sound are, and how they are stored. */
export interface QualitySection {
  readonly video_quality: RatingSection;
  readonly audio_quality: RatingSection;
  readonly technical_quality: {
    /** Bits per second. */
    readonly bitrate: number | null;
    readonly codec_info: {
      readonly video?: {
        readonly codec: string | null;
        readonly profile: string | null;
        readonly bit_depth: string | null;
        readonly color_space: string | null;
      };
      readonly audio?: {
        readonly codec: string | null;
        readonly sample_rate: string | null;
        readonly channels: number;
        readonly channel_layout: string | null;
      };
    };
  };
}

/** One rating, and what it goes by, in words; null where there is nothing to rate. */
export interface RatingSection {
  readonly rating: string | null;
  readonly factors: readonly string[];
}

/** The mood of the whole, and how it changes over time. */
export interface MoodSection {
  /** Null where neither labels nor the duration are known. */
  readonly primary_mood: string | null;
  /** 0 to 1. */
  readonly mood_confidence: number;
  readonly mood_elements: readonly { readonly type: string; readonly strength: number }[];
  readonly mood_progression: readonly {
    /** Such as `0.0s - 203.9s`. */
    readonly time_range: string;
    readonly intensity: number;
    readonly action_count: number;
  }[];
  /** Both only where there is more than one scene. */
  readonly mood_consistency?: string;
  readonly scene_rhythm_variation?: number;
}

/** How the film tells: its scenes, moments, structure and pace. */
export interface StorytellingSection {
  readonly scene_analysis: {
    readonly count: number;
    /** Seconds. */
    readonly average_duration: number | null;
    readonly scenes_per_minute: number | null;
  };
  readonly key_moments: readonly {
    /** Such as `7.93s`. */
    readonly time: string;
    readonly description: string;
    readonly intensity: number;
    readonly type: string;
  }[];
  /** Both null where the duration is not known. */
  readonly narrative_structure: string | null;
  readonly pacing: string | null;
}
