/**
 * A lost packet or two. Over a gap that long what was there goes on, as does a window, which hears silence in it; a clock that drifts leaves less
 * between windows. Where time runs back by more, something new begins. Half a second, and room for rounding: 1.1 - 0.6 is a little more.
 */
export const BRIDGED_SECONDS = 0.5 + 1e-6;
