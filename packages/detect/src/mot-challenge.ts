import type { Detections } from '@deepffmpeg/core';

/**
 * Writes the objects that a tracker follows as MOTChallenge has it, a line each:
 * `frame,id,left,top,width,height,confidence,-1,-1,-1`. Frames count from 1, all that come, also those without objects; so
 * do pixels. Numbers have 2 decimals. The format is for one input.
 *
 * @see Milan et al. 2016, arXiv:1603.00831, section 4
 */
export async function* tracksToMotChallenge(
  all: Iterable<Detections> | AsyncIterable<Detections>,
): AsyncGenerator<string, void, undefined> {
  let frame = 1;
  for await (const detections of all) yield formatMotLines(detections, frame++);
}

/** The lines of one frame. @param frame - from 1 */
export function formatMotLines({ objects }: Detections, frame: number): string {
  return objects
    .flatMap(({ confidence, region: { x, y, width, height, trackId } }) => {
      if (trackId === undefined) return [];
      const numbers = [x + 1, y + 1, width, height].map((value) => Number(value.toFixed(2)));
      return `${[frame, trackId, ...numbers, Number(confidence.toFixed(4)), -1, -1, -1].join()}\n`;
    })
    .join('');
}
