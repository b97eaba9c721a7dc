import { stripVTControlCharacters } from 'node:util';

/** Makes text from outside, such as a file's name, safe to print: no colours, no cursor moves, one line. */
export function terminalText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: to take them out is the purpose
  return stripVTControlCharacters(text).replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
}

/** The same for a message, whose lines, such as those of ffmpeg, are joined. */
export function messageText(message: string): string {
  return terminalText(message.trim().replaceAll(/\s*[\r\n]+\s*/g, '; '));
}
