import type { TechnicalAnalysis } from './make-technical-analysis.js';

/** What ends earlier than it says by more has broken off; `decode` goes by the same. */
export const MOST_MISSING_SECONDS = 1;

/** How much of an input was read that broke off, in seconds; undefined for a whole one, and where nothing was decoded. */
export function readSecondsOf({
  metadata,
  picture,
  sound,
}: Pick<TechnicalAnalysis, 'metadata'> & Partial<TechnicalAnalysis>): number | undefined {
  const told = metadata.info.durationSeconds;
  const read = Math.max(picture?.durationSeconds ?? 0, sound?.durationSeconds ?? 0);
  return told !== undefined && read > 0 && told - read > MOST_MISSING_SECONDS ? read : undefined;
}
