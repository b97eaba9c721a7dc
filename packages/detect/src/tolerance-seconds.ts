/** Time stamps are rounded: what is so near to a limit in seconds is within it. */
export const TOLERANCE_SECONDS = 1e-6;
