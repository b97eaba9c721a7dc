import type { TechnicalAnalysis } from './make-technical-analysis.js';

/** What ends earlier than it says by more has broken off; `decode` goes by the same. */
export const mostMissingSeconds = 1;

/**
 * How much was read of an input that broke off, or does not say how long it is, in seconds; undefined for one that is as long as it says, and where
 * nothing was decoded.
 */
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
  const isTold = told !== undefined && told - read <= mostMissingSeconds;
  return read > 0 && !isTold ? read : undefined;
}
