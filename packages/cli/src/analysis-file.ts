import {
  type AnalysisDocument,
  makeAnalysisDocument,
  scenesOf,
  type TechnicalAnalysis,
} from '@deepffmpeg/technical';

/** What the original says when nothing is said; it is told with every detector. */
const DEFAULT_THRESHOLD = 0.3;

interface FileSettings {
  /** As the user named it. */
  readonly input: string;
  readonly sceneThreshold?: number | undefined;
  /** Path of a contact sheet. */
  readonly thumbnailPath?: string | undefined;
}

export type AnalysisFile = AnalysisDocument & { readonly details: object };

/** What must be known of a film to be stored. */
type Stored = Pick<TechnicalAnalysis, 'metadata' | 'shots' | 'detector' | 'events' | 'actionMoments'> &
  Partial<TechnicalAnalysis>;

/** What a technical analysis is stored as. The original's fields come first, in its order; what it does not have is one field more. */
export function analysisFileOf(
  { metadata, shots, detector, sound, actionMoments, events, picture, production }: Stored,
  { input, sceneThreshold = DEFAULT_THRESHOLD, thumbnailPath }: FileSettings,
): AnalysisFile {
  const { info, packets } = metadata;
  const document = makeAnalysisDocument({
    inputFile: input,
    metadata,
    scenes: scenesOf(shots, detector, info.durationSeconds),
    sceneThreshold,
    thumbnailPath,
    sound: sound && { ...sound, actionMoments },
  });
  return {
    ...document,
    details: { media: info, packets, detector, shots, events, sound, picture, production },
  };
}
