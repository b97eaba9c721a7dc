import { findAudioStream } from '@deepffmpeg/ffmpeg-filters';
import {
  type AnalysisDocument,
  analysisDocumentOf,
  type DocumentOptions,
  type TechnicalAnalysis,
} from '@deepffmpeg/technical';

/** What a technical analysis is stored as. The original's fields come first, in its order; what it does not have is one field more. */
export function analysisFileOf(
  analysis: TechnicalAnalysis,
  options: DocumentOptions,
): AnalysisDocument & { readonly details: object } {
  return { ...analysisDocumentOf(analysis, options), details: analysisDetails(analysis) };
}

/**
 * What the original does not have.
 *
 * @param audioStream - place among all streams of the sound that was asked for. @defaultValue as `findAudioStream` chooses
 */
export function analysisDetails(analysis: TechnicalAnalysis, audioStream?: number | undefined): object {
  const { metadata, shots, shotRule, isLevelsOnly, sound, events, picture, production } = analysis;
  const { info, packets } = metadata;
  return {
    media: info,
    audioStream: findAudioStream(info, audioStream)?.index ?? null,
    packets,
    detector: shotRule,
    ...(isLevelsOnly && { isLevelsOnly }),
    shots,
    events,
    sound,
    picture,
    production,
  };
}
