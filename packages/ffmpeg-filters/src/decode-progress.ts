/** How far a decode has come. */
export interface DecodeProgress {
  /** Presentation time in seconds of what was decoded last, wanted or not. */
  readonly timestamp: number;
  /** Of the whole input; undefined when that is not known. */
  readonly durationSeconds: number | undefined;
  /** Seconds on the input's own clock at which it begins. */
  readonly startSeconds: number;
  /** Frames of all taps so far. */
  readonly frames: number;
}
