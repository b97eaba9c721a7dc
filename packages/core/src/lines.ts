import { MediaError } from './media-error.js';

/** Text as a file, a pipe or a program gives it. */
export type TextSource = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Far above any line of ours (an embedding of 4096 numbers has 60 kB), far below what would hurt. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** A line and where it stands, from 1. */
export interface Line {
  readonly text: string;
  readonly number: number;
}

/**
 * Splits UTF-8 text into lines, however it was cut on its way; empty lines and a byte order mark are left out.
 *
 * @throws {MediaError} `ERR_INPUT` for a line longer than 16 Mi characters.
 */
export async function* readLines(source: TextSource): AsyncGenerator<Line, void, undefined> {
  const decoder = new TextDecoder(); // it leaves out the mark of bytes, not that of a text
  let rest = '';
  let number = 0;
  for await (const piece of source) {
    const lines = (typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true })).split('\n');
    lines[0] = rest + lines[0]; // behind the split, or a long line would be looked through anew with each of its pieces
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE)
      throw new MediaError(
        'ERR_INPUT',
        `line ${number + lines.length + 1} is longer than ${LONGEST_LINE} characters`,
      );
    for (const line of lines) {
      number++;
      const text = endsLeftOut(line, number);
      if (text !== '') yield { text, number };
    }
  }
  rest += decoder.decode();
  const text = endsLeftOut(rest, number + 1);
  if (text !== '') yield { text, number: number + 1 };
}

const endsLeftOut = (line: string, number: number) =>
  (number === 1 ? line.replace(/^\uFEFF/, '') : line).replace(/\r$/, '');
