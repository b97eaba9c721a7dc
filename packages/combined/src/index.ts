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
export { labelPackFile } from './label-packs/label-pack-file.js';
export { type LabelPack, labelPacks } from './label-packs/label-packs.js';
export { readLabelPack } from './label-packs/read-label-pack.js';
export type {
  Curve,
  IntervalScores,
  MediaAnalysis,
  Part,
  PartOutcome,
  ShotThumbnail,
} from './media/media-analysis.js';
export type { ReportInput, ReportMedia } from './report/report-input.js';
