import type { TechnicalAnalysis } from '../make-technical-analysis.js';
import { readSecondsOf } from '../read-seconds-of.js';
import type { AnalysisDocument } from './analysis-document.js';
import { makeAnalysisDocument } from './make-analysis-document.js';
import { scenesOf } from './scenes.js';

/** What a document tells of an analysis; all but metadata may be missing where it failed. */
export type DocumentedAnalysis = Pick<TechnicalAnalysis, 'metadata'> &
  Partial<Pick<TechnicalAnalysis, 'shots' | 'shotRule' | 'sound' | 'picture' | 'actionMoments' | 'hints'>>;

export interface DocumentOptions {
  /** As the user named it. */
  readonly inputFile: string;
  /** Told with every rule. @defaultValue 0.3 */
  readonly sceneThreshold?: number | undefined;
  /** Path of a contact sheet. */
  readonly thumbnailPath?: string | undefined;
}

/** The original's document of an analysis. */
export function analysisDocumentOf(
  analysis: DocumentedAnalysis,
  { inputFile, sceneThreshold = 0.3, thumbnailPath }: DocumentOptions,
): AnalysisDocument {
  const { metadata, shots = [], shotRule = 'keyframes', sound, actionMoments = [], hints } = analysis;
  return makeAnalysisDocument({
    inputFile,
    metadata,
    scenes: scenesOf(shots, shotRule, metadata.info),
    sceneThreshold,
    readSeconds: readSecondsOf(analysis),
    thumbnailPath,
    sound: sound && { ...sound, actionMoments },
    hints,
  });
}
