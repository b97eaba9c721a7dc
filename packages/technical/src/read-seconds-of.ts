import type { TechnicalAnalysis } from './make-technical-analysis.js';

/** What ends earlier than it says by more has broken off; `decode` goes by the same. */
export const mostMissingSeconds = 1;

/** How much of an input was read that broke off, in seconds; undefined for a whole one, and where nothing was decoded. */
export function readSecondsOf({
  metadata,
  picture,
  shots = [],
  sound,
}: Pick<TechnicalAnalysis, 'metadata'> & {
  readonly [Part in 'picture' | 'shots' | 'sound']?: TechnicalAnalysis[Part] | undefined;
}): number | undefined {
  const { durationSeconds: told, startSeconds = 0 } = metadata.info;
  // Where pictures were not measured their shots tell: sound may be shorter than they.
  const seen =
    picture?.durationSeconds ??
    shots.reduce((end, shot) => Math.max(end, shot.timestamp + shot.durationSeconds), startSeconds) -
      startSeconds;
  const read = Math.max(seen, sound?.durationSeconds ?? 0);
  return told !== undefined && read > 0 && told - read > mostMissingSeconds ? read : undefined;
}
