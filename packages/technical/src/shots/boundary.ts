import type { Shot } from '@deepffmpeg/core';

/** Where a shot begins. */
export interface Boundary {
  readonly frame: number;
  readonly timestamp: number;
  readonly kind: Shot['kind'];
  readonly score: number;
}
