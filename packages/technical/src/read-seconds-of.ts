import type { Shot } from '@deepffmpeg/core';
import type { MediaInfo } from '@deepffmpeg/ffmpeg-filters';

/** How long an input is, as its container tells and as it was measured; in a `TechnicalAnalysis`, and in what is stored of one. */
export interface MeasuredLengths {
  readonly metadata: { readonly info: Pick<MediaInfo, 'durationSeconds' | 'startSeconds'> };
  readonly picture?: MeasuredSpan | undefined;
  readonly shots?: readonly Pick<Shot, 'timestamp' | 'durationSeconds'>[] | undefined;
  readonly sound?: MeasuredSpan | undefined;
}

/** The time that a summary of pictures or of sound is of. */
export interface MeasuredSpan {
  /** What was stored without it began with the input. @defaultValue where the input begins */
  readonly startSeconds?: number | undefined;
  readonly durationSeconds: number;
}

/** What ends earlier than it says by more has broken off; `decode` goes by the same. */
export const mostMissingSeconds = 1;

/**
 * How much was read of an input that broke off, or does not say how long it is, in seconds; undefined for one that is as long as it says, and where
 * nothing was decoded.
 */
export function readSecondsOf({ metadata, picture, shots = [], sound }: MeasuredLengths): number | undefined {
  const { durationSeconds: told, startSeconds = 0 } = metadata.info;
  const endOf = (span: MeasuredSpan) => (span.startSeconds ?? startSeconds) + span.durationSeconds;
  // Where pictures were not measured their shots tell: sound may be shorter than they.
  const ends = [
    ...(picture ? [endOf(picture)] : shots.map((shot) => shot.timestamp + shot.durationSeconds)),
    ...(sound ? [endOf(sound)] : []),
  ];
  const read = ends.reduce((last, end) => Math.max(last, end), startSeconds) - startSeconds;
  const isTold = told !== undefined && told - read <= mostMissingSeconds;
  return read > 0 && !isTold ? read : undefined;
}
