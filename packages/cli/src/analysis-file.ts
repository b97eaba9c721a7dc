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

/** What the original does not have. */
export function analysisDetails(analysis: TechnicalAnalysis): object {
  const { metadata, shots, detector, isLevelsOnly, sound, events, picture, production } = analysis;
  const { info, packets } = metadata;
  return {
    media: info,
    packets,
    detector,
    ...(isLevelsOnly && { isLevelsOnly }),
    shots,
    events,
    sound,
    picture,
    production,
  };
}
