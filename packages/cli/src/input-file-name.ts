import { basename } from 'node:path';
import { isAddress, shownName } from '@deepffmpeg/ffmpeg-filters';

/** Of 255 that file systems take; the rest is for a number, the ending and the name of the unfinished file. */
const MOST_BYTES = 200;

/** A name for a file about an input, without its ending: the last part of its path or address. */
export function inputFileName(input: string): string {
  const path = isAddress(input) ? shownName(input).replace(/[?#].*$/s, '') : input;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no file system of Windows takes them
  const name = basename(path).replaceAll(/[\u0000-\u001f<>:"/\\|?*]/g, '_');
  const bytes = Buffer.from(name);
  // A character that was cut through goes, too.
  return bytes.length <= MOST_BYTES ? name : bytes.toString('utf8', 0, MOST_BYTES).replace(/\ufffd+$/, '');
}
