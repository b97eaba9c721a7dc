/** Limits in seconds are reached so near to them, too: in floating point 1.003 - 0.003 is less than 1, and sums of many durations are not exact. */
export const TOLERANCE_SECONDS = 1e-6;
