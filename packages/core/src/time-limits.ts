/** What is so near to a limit in seconds is within it: time stamps are rounded, 1.1 - 0.6 is a little more than a half, and sums of many durations are not exact. */
export const TOLERANCE_SECONDS = 1e-6;

/** Clocks of containers are rounded more: so far from where the last block of sound ended, a block still follows it. */
export const JITTER_SECONDS = 0.005;

/**
 * A lost packet or two. Over a gap that long what was there goes on, as does a window, which hears silence in it; a clock that drifts leaves less
 * between windows. Where time runs back by more, something new begins.
 */
export const BRIDGED_SECONDS = 0.5 + TOLERANCE_SECONDS;
