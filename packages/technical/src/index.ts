export { analyseTechnical, type TechnicalOptions } from './analyse-technical.js';
export {
  createTechnicalAnalyser,
  type TechnicalAnalyserOptions,
  type TechnicalFinding,
} from './create-technical-analyser.js';
export type {
  ActionMomentSection,
  AnalysisDocument,
  AudioSection,
  AudioStreamSection,
  MetadataSection,
  SceneSection,
  SystemSection,
  VideoSection,
} from './document/analysis-document.js';
export {
  analysisDocumentOf,
  type DocumentedAnalysis,
  type DocumentOptions,
} from './document/analysis-document-of.js';
export {
  type AnalysisParts,
  formatAnalysisDocument,
  makeAnalysisDocument,
  type SoundMoment,
  type SoundPart,
} from './document/make-analysis-document.js';
export { type Scenes, scenesOf } from './document/scenes.js';
export { type FilmInfo, filmInfo } from './exports/film-info.js';
export { shotsToCsv } from './exports/shots-csv.js';
export { shotsToEdl } from './exports/shots-edl.js';
export { shotsToFcpxml } from './exports/shots-fcpxml.js';
export { shotsToFfmetadata } from './exports/shots-ffmetadata.js';
export { shotsToOtio } from './exports/shots-otio.js';
export { shotsToQpFile } from './exports/shots-qp-file.js';
export { shotsToWebVtt } from './exports/shots-web-vtt.js';
export {
  type ProductionMeasures,
  type ProductionReason,
  type ProductionValue,
  rateProduction,
} from './hints/rate-production.js';
export { type SystemHints, systemHints } from './hints/system-hints.js';
export {
  makeTechnicalAnalysis,
  type TechnicalAnalysis,
  type TechnicalSubject,
} from './make-technical-analysis.js';
export { audioPlaceOf } from './metadata/audio-place-of.js';
export type { GopLengths, PacketSummary } from './metadata/packet-meter.js';
export { type MediaMetadata, type MetadataOptions, readMetadata } from './metadata/read-metadata.js';
export {
  createPictureAnalyser,
  type PictureAnalyserOptions,
  pictureFrames,
  pictureMeasurements,
} from './picture/create-picture-analyser.js';
export type { PictureSummary } from './picture/picture-summary.js';
export {
  type MeasuredLengths,
  type MeasuredSpan,
  mostMissingSeconds,
  readSecondsOf,
} from './read-seconds-of.js';
export type { ShotRule } from './shot-rule.js';
export { contactSheet } from './shots/contact-sheet.js';
export { createShotDetector, type ShotDetectorOptions, shotFrames } from './shots/create-shot-detector.js';
export { createShotSampler, type ShotSamplerOptions } from './shots/create-shot-sampler.js';
export { keyframeShots } from './shots/keyframe-shots.js';
export { type ShotPicturesOptions, shotPictures } from './shots/shot-pictures.js';
export {
  type ActionFinderOptions,
  type ActionMoment,
  createActionFinder,
} from './sound/create-action-finder.js';
export { createSoundAnalyser, soundMeasurements } from './sound/create-sound-analyser.js';
export type { ChannelSummary } from './sound/level-meter.js';
export { sceneMoments } from './sound/scene-moments.js';
export type { SoundSummary } from './sound/sound-summary.js';
export type { TechnicalEvent, TechnicalEventKind } from './technical-event.js';
export { type TechnicalPlan, technicalPlan } from './technical-plan.js';
