import { type Detection, type Detections, TOLERANCE_SECONDS } from '@deepffmpeg/core';
import * as z from 'zod';
import { hasAreaIn } from './cut-picture.js';

/** Which objects are looked at again. */
export interface CropChoice {
  /** Labels of the objects to look at. @defaultValue all */
  readonly targets?: readonly string[] | undefined;
  /** Looks at an object that a tracker follows once in so many seconds, 0 to 3600. @defaultValue 0: in each frame */
  readonly everySeconds?: number | undefined;
  /**
   * How much of what is around an object is cut out with it, on each side, as a share of its size, 0 to 2. Some models tell things better
   * with their surroundings: of a square that fills the picture only its colour is left. @defaultValue 0
   */
  readonly margin?: number | undefined;
}

export const cropChoiceFields = {
  targets: z.array(z.string().min(1)).min(1).optional(),
  everySeconds: z.number().min(0).max(3600).default(0),
  margin: z.number().min(0).max(2).default(0),
};

/** Tells which objects of a frame are due, for each input by itself. */
export class CropSchedule {
  readonly #targets: ReadonlySet<string> | undefined;
  readonly #everySeconds: number;
  readonly #lookedAt = new Map<string, Map<number, number>>();

  constructor({ targets, everySeconds = 0 }: Omit<CropChoice, 'margin'>) {
    this.#targets = targets && new Set(targets);
    this.#everySeconds = everySeconds;
  }

  /** The objects of the next frame that are due, in their order. */
  due(detections: Detections): Detection[] {
    const { source, timestamp, objects } = detections;
    const lookedAt = this.#lookedAt.get(source) ?? new Map<number, number>();
    this.#lookedAt.set(source, lookedAt);
    forgetOld(lookedAt, timestamp - this.#everySeconds);
    const due = objects.filter(
      (object) =>
        this.#isTarget(object) &&
        hasAreaIn(object.region, detections) &&
        this.#isDue(object, lookedAt, timestamp),
    );
    for (const { region } of due) if (region.trackId !== undefined) lookedAt.set(region.trackId, timestamp);
    return due;
  }

  #isTarget({ label }: Detection): boolean {
    return this.#targets?.has(label) ?? true;
  }

  #isDue(
    { region: { trackId } }: Detection,
    lookedAt: ReadonlyMap<number, number>,
    timestamp: number,
  ): boolean {
    const last = trackId === undefined ? undefined : lookedAt.get(trackId);
    return last === undefined || Math.abs(timestamp - last) >= this.#everySeconds - TOLERANCE_SECONDS;
  }
}

/** Drops tracks that are due anyway, so that the list stays short. */
function forgetOld(lookedAt: Map<number, number>, before: number): void {
  for (const [id, time] of lookedAt) if (time < before) lookedAt.delete(id);
}
