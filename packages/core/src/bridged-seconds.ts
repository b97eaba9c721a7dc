/**
 * A lost packet or two. Over a gap that long what was there goes on, as does a window, which hears silence in it; a clock that drifts leaves less
 * between windows. Where time runs back by more, something new begins.
 */
export const BRIDGED_SECONDS = 0.5;
