export { abortErrorOf } from './abort-error.js';
export { abortable, throwIfAborted } from './abortable.js';
export { type AverageRow, averagesFromCsv, averagesToCsv, streamIdOf } from './averages-csv.js';
export {
  applyCalibration,
  CALIBRATION_FORMAT,
  type Calibration,
  type CalibrationTarget,
  formatCalibration,
  parseCalibration,
} from './calibration/calibration.js';
export {
  type CalibrationExample,
  type CalibrationFit,
  type CalibrationMeasures,
  FEWEST_EXAMPLES,
  type FitCalibrationOptions,
  fitCalibration,
  type LabelCalibration,
} from './calibration/fit-calibration.js';
export { type FitTemperatureOptions, fitTemperature } from './calibration/fit-temperature.js';
export {
  type Agreement,
  type FitThresholdOptions,
  fitThreshold,
  measureAgreement,
} from './calibration/fit-threshold.js';
export { labelSetDigest } from './calibration/label-set-digest.js';
export { negativeLogLikelihood, type Observation } from './calibration/observation.js';
export {
  type Judgement,
  measureReliability,
  type Reliability,
  type ReliabilityBin,
} from './calibration/reliability.js';
export { chain } from './chain.js';
export { checkPicture } from './check-picture.js';
export type {
  AudioSamples,
  AudioWindow,
  Chunk,
  ChunkOf,
  Detection,
  Detections,
  Embedding,
  LabelAverage,
  LabelGroup,
  LabelSet,
  Measurement,
  MediaChunk,
  Modality,
  ObjectCount,
  Region,
  Scores,
  Segment,
  Shot,
  Timed,
  Track,
  VideoFrame,
} from './chunks.js';
export { closeable } from './closeable.js';
export { collect } from './collect.js';
export { type AveragerOptions, createAverager } from './create-averager.js';
export { createScorer, type ScorerOptions } from './create-scorer.js';
export { createSegmenter, type SegmenterOptions } from './create-segmenter.js';
export { createStage, type Outputs, type StageOptions, type StageSteps } from './create-stage.js';
export { createTimeline, type TimelineOptions } from './create-timeline.js';
export { createWindower, type WindowerOptions } from './create-windower.js';
export { describeValue } from './describe-value.js';
export { drained } from './drained.js';
export { embeddingScorer } from './embedding-scorer.js';
export {
  EMBEDDINGS_FORMAT,
  type EmbeddingsFile,
  type EmbeddingsHeader,
  type EmbeddingsModel,
  embeddingsFromJsonLines,
  embeddingsToJsonLines,
  formatEmbedding,
  formatOutcome,
  type InputOutcome,
} from './embeddings-json-lines.js';
export { fileProblem } from './file-problem.js';
export { inBatches } from './in-batches.js';
export type { TextSource } from './lines.js';
export { linkTarget } from './link-target.js';
export { isMediaError, MediaError, type MediaErrorCode } from './media-error.js';
export { type AtomicFile, openAtomicFile } from './open-atomic-file.js';
export { parallel } from './parallel.js';
export { makeLabels, parseCategories, parseLabels } from './parse-labels.js';
export { type OptionsSchema, parseOptions } from './parse-options.js';
export type { Picture, PictureSize, ResizeKernel } from './picture.js';
export { type Placement, placePicture } from './place-picture.js';
export { type LabelPrompts, labelSetOf, type PromptGroup, type PromptSet } from './prompt-set.js';
export { qualifiedLabel } from './qualified-label.js';
export { readBoundedFile } from './read-bounded-file.js';
export { type InputFileOptions, readInputFile } from './read-input-file.js';
export { readLabelFile } from './read-label-file.js';
export { refuseLonelyLabels } from './refuse-lonely-labels.js';
export { allLabels, type LabelScore, type ReportLabelsOptions, reportLabels } from './report-labels.js';
export { requireMembers } from './require-members.js';
export { resizePicture } from './resize-picture.js';
export {
  type Activation,
  type EncodedLabelSet,
  type LabelFit,
  labelLogits,
  scoreLabels,
} from './score-labels.js';
export {
  formatScores,
  type ScoresRecord,
  scoresFromJsonLines,
  scoresToJsonLines,
} from './scores-json-lines.js';
export { segmentsFromCsv, segmentsToCsv } from './segments-csv.js';
export { type SegmentRecord, segmentRecordOf, segmentsFromJson, segmentsToJson } from './segments-json.js';
export { type SegmentCue, segmentsFromWebVtt, segmentsToWebVtt } from './segments-web-vtt.js';
export type { AnyStage, Flow, InOf, OutOf, Stage } from './stage.js';
export { type Source, through } from './through.js';
export { BRIDGED_SECONDS, JITTER_SECONDS, TOLERANCE_SECONDS } from './time-limits.js';
export { tolerate } from './tolerate.js';
export { rememberUnfinished, removeUnfinished } from './unfinished.js';
export { writeAtomicFile } from './write-atomic-file.js';
