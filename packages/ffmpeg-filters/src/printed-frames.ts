import { MediaError } from '@deepffmpeg/core';
import type { Printed } from './measuring-filters.js';

/** What ffmpeg's `metadata` filter printed for one frame. */
export interface PrintedFrame {
  /** Counts from 0, and anew where ffmpeg builds its filters anew. */
  readonly number: number;
  /** In ticks of the link's time base; undefined for a frame without time. */
  readonly pts: number | undefined;
  readonly printed: Printed;
}

/** A number for each of 50 thousand labels; a longer line is not what was expected. */
const LONGEST_LINE = 1 << 20;
/** As is a frame with more of them. */
const MOST_LINES = 10_000;

/**
 * Reads the text of `metadata=mode=print`: a line for each frame, and then one for each value. Takes the bytes in chunks of any
 * length and holds one frame, which is whole when the next one begins.
 *
 * @throws {MediaError} `ERR_FFMPEG_EXIT` for other text.
 */
export async function* readPrintedFrames(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<PrintedFrame, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  let frame: Omit<PrintedFrame, 'printed'> | undefined;
  let printed = new Map<string, string>();
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw malformed(rest);
    for (const line of lines) {
      if (line.startsWith('frame:')) {
        if (frame !== undefined) yield { ...frame, printed };
        frame = readHeader(line);
        printed = new Map();
        continue;
      }
      const split = line.indexOf('=');
      if (frame === undefined || split < 1 || printed.size === MOST_LINES) throw malformed(line);
      printed.set(line.slice(0, split), line.slice(split + 1));
    }
  }
  // ffmpeg ends each line: what is left of one was cut off with its frame.
  if (frame !== undefined && rest === '') yield { ...frame, printed };
}

/** `frame:12   pts:480     pts_time:0.48` */
function readHeader(line: string): Omit<PrintedFrame, 'printed'> {
  const [, number, pts] = /^frame:(\d+) +pts:(-?\d+|NOPTS) +pts_time:\S+\r?$/.exec(line) ?? [];
  if (number === undefined) throw malformed(line);
  return { number: Number(number), pts: pts === 'NOPTS' ? undefined : Number(pts) };
}

function malformed(line: string): MediaError {
  const shown = JSON.stringify(line.slice(0, 80));
  return new MediaError(
    'ERR_FFMPEG_EXIT',
    `the measurements from ffmpeg are not the text that was expected: ${shown}`,
  );
}
