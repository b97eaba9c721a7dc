import { type AtomicFile, type Detections, openAtomicFile } from '@deepffmpeg/core';
import { cocoImageId, cocoResultsFormatter, formatMotLines } from '@deepffmpeg/detect';
import type { PerInputPaths } from './per-input-paths.js';

/** Where the objects of one input are written. One of `commit` and `discard` must be called. */
export interface DetectionFile {
  write(detections: Detections): Promise<void>;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** Where the objects of all inputs are written. */
export interface DetectionFiles {
  open(input: string): Promise<DetectionFile>;
  /** Ends what all inputs share. */
  finish(): Promise<void>;
}

interface DetectionPlaces {
  readonly detections: AtomicFile | undefined;
  readonly tracks: PerInputPaths | undefined;
}

/** Writes objects as COCO has them, all inputs in one file, and as MOTChallenge has them, a file for each input. */
export function createDetectionFiles(
  { detections: file, tracks }: DetectionPlaces,
  labels: readonly string[],
  inputs: readonly string[],
  signal: AbortSignal,
): DetectionFiles {
  // Two pictures of one number, or some that are named by one beside others that count, would have one id.
  const numbers = inputs.map(cocoImageId).filter((number) => number !== undefined);
  const areNumbered = new Set(numbers).size === inputs.length;
  const byName = ({ source }: Detections, index: number) => cocoImageId(source) ?? index + 1;
  const coco = cocoResultsFormatter({ labels, ...(areNumbered && { imageIdOf: byName }) });
  return {
    async open(input) {
      const trackFile = tracks && (await openAtomicFile(tracks.pathFor(input, '.txt'), { signal }));
      let frame = 1;
      return {
        async write(detections) {
          await file?.write(coco.add(detections));
          await trackFile?.write(formatMotLines(detections, frame++));
        },
        commit: async () => trackFile?.commit(),
        discard: async () => trackFile?.discard(),
      };
    },
    finish: async () => file?.write(coco.end()),
  };
}
