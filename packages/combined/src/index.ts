export type {
  ClassificationSection,
  CombinedDocument,
  ContentTypeSection,
  FileSection,
  InsightSections,
  MoodSection,
  QualitySection,
  RatingSection,
  StorytellingSection,
} from './document/combined-document.js';
export type { Conclusion, Evidence, Reason, Span } from './insights/evidence.js';
export { type AnalyseMediaOptions, analyseMedia } from './media/analyse-media.js';
export {
  type CurveChunk,
  type CurveSamplerOptions,
  type CurveSource,
  createCurveSampler,
  technicalCurves,
} from './media/create-curve-sampler.js';
export {
  createLabelTimeline,
  type IntervalChunk,
  type LabelTimelineOptions,
} from './media/create-label-timeline.js';
export { createShotPicker, type ShotPickerOptions } from './media/create-shot-picker.js';
export {
  createThumbnailer,
  type ThumbnailChunk,
  type ThumbnailerOptions,
  thumbnailFrames,
} from './media/create-thumbnailer.js';
export { candidateSample } from './media/frame-candidates.js';
export type {
  Curve,
  IntervalScores,
  MediaAnalysis,
  Part,
  PartOutcome,
  ShotThumbnail,
} from './media/media-analysis.js';
export type { AudioPart, MediaParts, ObjectsPart, TechnicalPart, VisionPart } from './media/media-parts.js';
export type { ReportInput, ReportMedia } from './report/report-input.js';
