import type { AverageRow, Modality, Segment, Shot } from '@deepffmpeg/core';
import type { AnalysisDocument, AudioStreamSection } from '@deepffmpeg/technical';

/** What is known of an input, as its files hold it. */
export interface InsightFacts {
  readonly technical: AnalysisDocument;
  /** As a CSV of averages tells them, of sight and sound or of one of them, in any order; of rows with equal counts the first goes first. */
  readonly classifications: readonly AverageRow[];
  /** When labels held; without them the evidence of labels has no times. */
  readonly segments?: readonly Segment[] | undefined;
  /** When the input begins on its own clock, which moments and scenes are told by. @defaultValue 0 */
  readonly startSeconds?: number | undefined;
  /** How much was read of an input that broke off, or does not say how long it is, in seconds: it is judged by that. @defaultValue its duration */
  readonly readSeconds?: number | undefined;
  /** Place of the sound that labels and levels are of among the `audio_streams` of the technical analysis; -1 for none. @defaultValue 0 */
  readonly audioPlace?: number | undefined;
  /** Whether there is video that is no cover picture. @defaultValue what the technical analysis lets one guess */
  readonly hasPictures?: boolean | undefined;
  /** The shots that the scenes were counted by; without them scenes end where the next begins. */
  readonly shots?: readonly Shot[] | undefined;
}

/** The rows of one stream, by count, the most first; equal ones keep their order. */
export function rankedRows(
  classifications: readonly AverageRow[],
  modality: Modality,
): readonly AverageRow[] {
  return classifications
    .filter((row) => row.modality === modality)
    .toSorted((first, second) => second.count - first.count);
}

/** The stream that labels and levels of sound are of. */
export const heardStream = ({ technical, audioPlace = 0 }: InsightFacts): AudioStreamSection | undefined =>
  technical.metadata.audio_streams[audioPlace];

/** Codecs of the pictures that ffmpeg takes from tags. */
const coverCodecs = new Set(['mjpeg', 'png', 'gif', 'bmp', 'tiff', 'webp', 'jpegxl']);

/** Whether there may be scenes. The original marks some in sound alone, and its files do not tell a cover picture from a film. */
export function hasPictures({
  technical: { metadata, scene_analysis },
  hasPictures: told,
}: Pick<InsightFacts, 'technical' | 'hasPictures'>): boolean {
  const mayBeCover = scene_analysis.scene_count === 0;
  return told ?? metadata.video_streams.some(({ codec }) => !(mayBeCover && coverCodecs.has(codec ?? '')));
}
