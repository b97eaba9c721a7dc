import { stripVTControlCharacters } from 'node:util';

/** Control characters, ends of lines and paragraphs, and marks that turn the direction of what follows. */
export const UNSAFE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Makes text from outside, such as a file's name, safe to print: no colours, no cursor moves, one line, read as it is. */
export const terminalText = (text: string): string =>
  stripVTControlCharacters(text).replaceAll(UNSAFE, '\ufffd');

/** The same for a message, whose lines, such as those of ffmpeg, are joined. */
export function messageText(message: string): string {
  return terminalText(message.trim().replaceAll(/\s*[\r\n]+\s*/g, '; '));
}
