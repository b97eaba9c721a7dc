import type { AnalysisDocument } from '@deepffmpeg/technical';
import * as z from 'zod';

const textOrNull = z.string().nullable();
const numberOrNull = z.number().nullable();
const texts = z.record(z.string(), z.string());

/** What every file has; it may have more. */
export const analysisDocumentSchema = z.looseObject({
  input_file: z.string(),
  metadata: z.looseObject({
    format: z.string(),
    duration: numberOrNull,
    size: numberOrNull,
    bitrate: numberOrNull,
    streams: z.number(),
    tags: texts,
    video_streams: z.array(
      z.looseObject({
        codec: textOrNull,
        width: z.number(),
        height: z.number(),
        fps: numberOrNull,
        bit_depth: textOrNull,
        pix_fmt: textOrNull,
        profile: textOrNull,
        color_space: textOrNull,
      }),
    ),
    audio_streams: z.array(
      z.looseObject({
        codec: textOrNull,
        sample_rate: textOrNull,
        channels: z.number(),
        channel_layout: textOrNull,
        bit_depth: z.number(),
      }),
    ),
  }),
  scene_analysis: z.looseObject({
    total_frames: z.number(),
    scene_count: z.number(),
    scene_timestamps: z.array(z.number()),
    average_scene_duration: numberOrNull,
    scene_frequency: numberOrNull,
    threshold_used: z.number(),
    detection_method: z.string(),
    thumbnail_path: textOrNull.optional(),
  }),
  audio_analysis: z.looseObject({
    has_audio: z.boolean(),
    mean_volume: numberOrNull,
    max_volume: numberOrNull,
    action_moment_count: z.number(),
    action_moments: z.array(
      z.looseObject({
        time: z.number(),
        type: z.string(),
        intensity: z.number(),
        duration: numberOrNull,
        max_volume: numberOrNull,
      }),
    ),
    analysis_method: textOrNull.optional(),
  }),
  system_info: z.looseObject({ classification: z.string(), details: texts }),
  analysis_parameters: z.looseObject({ scene_threshold: z.number() }),
}) satisfies z.ZodType<AnalysisDocument>;
