import { MediaError } from '@deepffmpeg/core';

/**
 * Scales each row to L2 norm 1, in place.
 *
 * @param origin - the file the numbers come from, for the error.
 * @throws {MediaError} `ERR_MODEL_OUTPUT` when a number is not finite or a row is zero.
 */
export function normaliseRows(rows: Float32Array, dimension: number, origin: string): Float32Array {
  for (let start = 0; start < rows.length; start += dimension) {
    let sum = 0;
    for (let i = start; i < start + dimension; i++) sum += rows[i]! * rows[i]!; // in range
    const norm = Math.sqrt(sum);
    if (!Number.isFinite(norm) || norm === 0) {
      throw new MediaError(
        'ERR_MODEL_OUTPUT',
        `${origin} gave an embedding ${norm === 0 ? 'of zeros' : 'that is not finite'} (row ${start / dimension})`,
      );
    }
    for (let i = start; i < start + dimension; i++) rows[i]! /= norm;
  }
  return rows;
}
