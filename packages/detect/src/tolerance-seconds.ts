/** Time stamps are rounded: what is so near to a limit in seconds is within it. */
export const TOLERANCE_SECONDS = 1e-6;

/** As in `createSegmenter` of core: where time runs back by more, everything begins anew. */
export const BACK_SECONDS = 0.5 + TOLERANCE_SECONDS;
