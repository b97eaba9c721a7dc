import { LOW_CONFIDENCE, type TrackerOptions } from './create-tracker.js';

/**
 * The tracker's settings with which every object that reaches a confidence has a track: ByteTrack's own begin none just above it. The
 * detector has to report objects down to `lowConfidence`.
 */
export function trackerConfidences(confidence: number) {
  return {
    confidence,
    newConfidence: confidence,
    lowConfidence: Math.min(LOW_CONFIDENCE, confidence),
  } satisfies TrackerOptions;
}
