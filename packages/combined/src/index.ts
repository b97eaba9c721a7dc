export { type Combination, type CombineOptions, combineAnalysis } from './combine-analysis.js';
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
export { fixedText } from './document/fixed-text.js';
export {
  type CombinedParts,
  formatCombinedDocument,
  makeCombinedDocument,
} from './document/make-combined-document.js';
export {
  parseAnalysisDocument,
  readAnalysisDocument,
  type StoredAnalysis,
} from './document/read-analysis-document.js';
export { defaultRules } from './insights/default-rules.js';
export { drawInsights, type Insights } from './insights/draw-insights.js';
export type { Conclusion, Evidence, Reason, Span } from './insights/evidence.js';
export { hasPictures, type InsightFacts } from './insights/insight-facts.js';
export type { InsightRules } from './insights/insight-rules.js';
export { labelsOfRules } from './insights/labels-of-rules.js';
export { parseInsightRules, readInsightRules } from './insights/read-insight-rules.js';
export { labelPackFile } from './label-packs/label-pack-file.js';
export { type LabelPack, labelPacks } from './label-packs/label-packs.js';
export { readLabelPack } from './label-packs/read-label-pack.js';
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
  PartName,
  PartOutcome,
  ShotThumbnail,
} from './media/media-analysis.js';
export type { AudioPart, MediaParts, ObjectsPart, TechnicalPart, VisionPart } from './media/media-parts.js';
export { formatReport, MOST_EMBEDDED_BYTES, type ReportOptions } from './report/format-report.js';
export { relativeHref } from './report/media-address.js';
export { asksTinyModels } from './report/models-used.js';
export {
  formatReportIndex,
  type IndexedDocument,
  type ReportIndexEntry,
  type ReportIndexFailure,
  type ReportIndexFilm,
  reportIndexFilm,
} from './report/report-index.js';
export type { ReportInput, ReportMedia } from './report/report-input.js';
export { writeReport, writeReportIndex } from './report/write-report.js';
