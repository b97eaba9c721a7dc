import type { Shot } from '@deepffmpeg/core';

/**
 * Writes the frames at which an encoder is to begin anew, one a line, as x264's `--qpfile` and x265's read them: the number of the frame from 0,
 * `I` for a frame that nothing after it looks beyond, and -1 to leave the quantiser to the encoder.
 *
 * @see x264 --fullhelp
 */
export function shotsToQpFile(shots: readonly Shot[]): string {
  return shots.map(({ startFrame }) => `${startFrame} I -1\n`).join('');
}
