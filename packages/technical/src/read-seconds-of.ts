import type { Shot } from '@deepffmpeg/core';
import type { MediaInfo } from '@deepffmpeg/ffmpeg-filters';
import type { PictureSummary } from './picture/picture-summary.js';
import type { SoundSummary } from './sound/sound-summary.js';

/** How long an input is, as its container tells and as it was measured; in a `TechnicalAnalysis`, and in what is stored of one. */
export interface MeasuredLengths {
  readonly metadata: { readonly info: Pick<MediaInfo, 'durationSeconds' | 'startSeconds'> };
  readonly picture?: Pick<PictureSummary, 'durationSeconds'> | undefined;
  readonly shots?: readonly Pick<Shot, 'timestamp' | 'durationSeconds'>[] | undefined;
  readonly sound?: Pick<SoundSummary, 'durationSeconds'> | undefined;
}

/** What ends earlier than it says by more has broken off; `decode` goes by the same. */
export const mostMissingSeconds = 1;

/**
 * How much was read of an input that broke off, or does not say how long it is, in seconds; undefined for one that is as long as it says, and where
 * nothing was decoded.
 */
export function readSecondsOf({ metadata, picture, shots = [], sound }: MeasuredLengths): number | undefined {
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
