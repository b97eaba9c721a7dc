import { withoutPasswords } from './shown-name.js';

/** Longest part of a line that is kept, and of all lines together. */
const MAX_LINE = 2048;
const MAX_TAIL = 16_384;
/** Parts of ffmpeg that write or scale: what they complain about is not the input. */
const OUTPUT_PARTS =
  /^\[(nut|out#|vost|aost|enc|rawvideo|Parsed_|AVFilterGraph|fc#|vf#|swscaler|null|AVIOContext)/;

const LINE_BREAKS = /[\r\n]+/;

interface FfmpegLogOptions {
  readonly isOpenEnded?: boolean | undefined;
  readonly path?: string | undefined;
}

/** Follows what ffmpeg prints on stderr with `-loglevel level+info`; keeps a bounded tail and counts. */
export class FfmpegLog {
  #partOfLine = '';
  #tail = '';
  #inputErrors = 0;
  #firstInputError: string | undefined;
  readonly #stepsBack = new Map<number, number>();
  #guessesDuration = false;
  /** Whether the last message was for information; further lines of one are indented, as the summary of ebur128. */
  #isInformed = false;
  #isFrozen = false;
  #isOpenEnded: boolean;
  readonly #nameLines: readonly string[];
  /** Which line of the name comes next; 0 if it has not begun. */
  #nextOfName = 0;
  readonly #decoder = new TextDecoder();

  /**
   * @param options.isOpenEnded - whether the input does not say how long it is: its last packet may well be short.
   * @param options.path - of the input, if it is a file: ffmpeg prints it as it is, and one with line breaks could pass for messages.
   */
  constructor({ isOpenEnded = false, path = '' }: FfmpegLogOptions = {}) {
    this.#isOpenEnded = isOpenEnded;
    this.#nameLines = `file:${path}`.split(LINE_BREAKS); // as it is given to ffmpeg
  }

  /** Takes no more: what comes now is of our own doing. */
  freeze(): void {
    this.#isFrozen = true;
  }

  write(chunk: Uint8Array): void {
    if (this.#isFrozen) return;
    const lines = (this.#partOfLine + this.#decoder.decode(chunk, { stream: true })).split(LINE_BREAKS);
    this.#partOfLine = (lines.pop() ?? '').slice(0, MAX_LINE);
    for (const line of lines) this.#readLine(line);
  }

  end(): void {
    if (this.#isFrozen) return;
    this.#readLine(this.#partOfLine);
    this.#partOfLine = '';
  }

  /** The last errors and warnings, or else the last lines; for messages. */
  get tail(): string {
    return this.#tail.trim();
  }

  /** How many errors demuxers and decoders reported. */
  get inputErrors(): number {
    return this.#inputErrors;
  }

  /** The same in words, with the first; undefined without any. */
  get inputErrorsText(): string | undefined {
    const [count, first] = [this.#inputErrors, this.#firstInputError];
    if (first === undefined) return undefined;
    return count === 1
      ? `ffmpeg reported an error in it: ${first}`
      : `ffmpeg reported ${count} errors in it, the first: ${first}`;
  }

  /** Whether ffmpeg made up the duration from the bit rate, as for MP3 without a header that tells it. */
  get guessesDuration(): boolean {
    return this.#guessesDuration;
  }

  /** How far time stamps ran backwards at most in one of the outputs, from 0, in its own ticks; ffmpeg replaced those. */
  largestStepBack(output: number): number {
    return this.#stepsBack.get(output) ?? 0;
  }

  #readLine(printed: string): void {
    if (printed === '') return;
    const line = withoutPasswords(printed);
    if (this.#goesOnWithName(printed)) {
      if (!this.#isInformed) this.#tell(line);
      return;
    }
    const [, parts = '', level, message = ''] =
      /^((?:\[[^\]]*\] )*)\[(panic|fatal|error|warning|info)\] (.*)$/.exec(line) ?? [];
    if (line.trim() === '' || (level === undefined && this.#isInformed && /^\s/.test(line))) return;
    this.#isInformed = level === 'info';
    if (level === 'info') return;
    const text = parts.replace(/ @ 0x[0-9a-f]+/g, '') + message;
    this.#tell(level === undefined ? line : text);
    if (/Estimating duration from bitrate/.test(message)) this.#guessesDuration = true;
    if (/Ignoring maximum wav data size/.test(message)) this.#isOpenEnded = true;
    const [, previous, current] =
      /on-monoton\w+ DTS.* previous: (-?\d+), current: (-?\d+)/.exec(message) ?? [];
    if (previous !== undefined) {
      const [, output = '0'] = /(?:output stream |[va]ost#)(\d+):/.exec(parts + message) ?? [];
      const before = this.largestStepBack(Number(output));
      this.#stepsBack.set(Number(output), Math.max(before, Number(previous) - Number(current)));
    } else if (this.#isDamage(level, parts, message) && !OUTPUT_PARTS.test(parts)) {
      this.#inputErrors += 1;
      this.#firstInputError ??= text;
    }
  }

  #tell(line: string): void {
    this.#tail = `${this.#tail}${line}\n`.slice(-MAX_TAIL);
  }

  /** Whether a line is a further one of the input's name: the line before it then ends with what the name has before the break. */
  #goesOnWithName(line: string): boolean {
    const [first = '', ...more] = this.#nameLines;
    if (more.length === 0) return false;
    const isLast = this.#nextOfName === more.length;
    const part = more[this.#nextOfName - 1];
    const goesOn = part !== undefined && (isLast ? line.startsWith(part) : line === part);
    const begins = line.endsWith(first) ? 1 : 0;
    this.#nextOfName = goesOn && !isLast ? this.#nextOfName + 1 : begins;
    return goesOn;
  }

  /**
   * A packet that a demuxer knows to be cut is only a warning of ffmpeg's; not all decoders complain about it. That of MPEG-TS takes each
   * last packet before a change of programme for one, and those of WAV and CAF the last one before an end that no header told.
   */
  #isDamage(level: string | undefined, parts: string, message: string): boolean {
    if (level === 'error' || level === 'fatal') return true;
    return /^Packet corrupt/.test(message) && !parts.includes('mpegts') && !this.#isOpenEnded;
  }
}
