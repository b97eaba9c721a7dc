import type { Detection, Detections, Region } from '@deepffmpeg/core';
import { makeFrames } from '@deepffmpeg/test-kit';

/** An object of a label, somewhere. */
export const makeObject = (label: string, region: Partial<Region> = {}, confidence = 0.9): Detection => ({
  label,
  confidence,
  region: { x: 0, y: 0, width: 1, height: 1, ...region },
});

/** What was found in a frame of 2x2, which rides along. */
export const makeDetections = (
  timestamp: number,
  objects: readonly Detection[],
  source = 'made',
): Detections => ({
  type: 'detections',
  model: 'made',
  source,
  timestamp,
  durationSeconds: 1,
  width: 2,
  height: 2,
  objects,
  frame: { ...makeFrames(1)[0]!, source, timestamp }, // one was made
});
