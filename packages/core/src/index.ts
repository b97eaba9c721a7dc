export { chain } from './chain.js';
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
  Region,
  Scores,
  Segment,
  Shot,
  Timed,
  VideoFrame,
} from './chunks.js';
export { collect } from './collect.js';
export { createAverager } from './create-averager.js';
export { createScorer, type ScorerOptions } from './create-scorer.js';
export { createStage, type Outputs, type StageOptions, type StageSteps } from './create-stage.js';
export { inBatches } from './in-batches.js';
export { isMediaError, MediaError, type MediaErrorCode } from './media-error.js';
export { parallel } from './parallel.js';
export { type OptionsSchema, parseOptions } from './parse-options.js';
export type { Picture, PictureSize } from './picture.js';
export { type Placement, placePicture } from './place-picture.js';
export { type LabelPrompts, labelSetOf, type PromptGroup, type PromptSet } from './prompt-set.js';
export { resizePicture } from './resize-picture.js';
export { type EncodedLabelSet, type LabelFit, scoreLabels } from './score-labels.js';
export type { AnyStage, Flow, InOf, OutOf, Stage } from './stage.js';
export { type Source, through } from './through.js';
