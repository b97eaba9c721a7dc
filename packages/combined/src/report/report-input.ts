import type { Shot } from '@deepffmpeg/core';
import type { CombinedDocument } from '../document/combined-document.js';
import type { Evidence } from '../insights/evidence.js';
import type { MediaAnalysis } from '../media/media-analysis.js';

/** What a report of one film is made of. */
export interface ReportInput {
  readonly document: CombinedDocument;
  readonly evidence: readonly Evidence[];
  /** Undefined where only stored results are known: then the report has no time line of labels and no curves. */
  readonly analysis: MediaAnalysis | undefined;
  /** When the film begins on its own clock, where `analysis` does not tell. @defaultValue 0 */
  readonly startSeconds?: number | undefined;
  /** Where `analysis` does not tell, as `readAnalysisDocument` has them. @defaultValue scenes that end where the next begins */
  readonly shots?: readonly Shot[] | undefined;
  /** How much was read of a film that broke off, or does not say how long it is, where there is no `analysis`, in seconds. @defaultValue its duration */
  readonly readSeconds?: number | undefined;
  readonly media: ReportMedia;
}

/** How the page comes to the film: by its place, relative to the page or whole, or as a part of it. */
export type ReportMedia =
  | { readonly kind: 'link'; readonly href: string; readonly isVideo: boolean }
  | { readonly kind: 'embed'; readonly mimeType: string; readonly path: string; readonly isVideo: boolean }
  | { readonly kind: 'none' };
