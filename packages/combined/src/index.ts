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
export type {
  Curve,
  IntervalScores,
  MediaAnalysis,
  Part,
  PartOutcome,
  ShotThumbnail,
} from './media/media-analysis.js';
export { formatReport, type ReportOptions } from './report/format-report.js';
export { relativeHref } from './report/media-address.js';
export {
  formatReportIndex,
  type ReportIndexEntry,
  type ReportIndexFailure,
  type ReportIndexFilm,
  reportIndexFilm,
} from './report/report-index.js';
export type { ReportInput, ReportMedia } from './report/report-input.js';
export { writeReport, writeReportIndex } from './report/write-report.js';
