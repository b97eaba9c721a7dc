import { withoutPasswords } from './shown-name.js';

/** Longest part of a line that is kept, and of all lines together. */
const MAX_LINE = 2048;
const MAX_TAIL = 16_384;
/** Parts of ffmpeg that write or scale: what they complain about is not the input. */
const OUTPUT_PARTS =
  /^\[(nut|out#|vost|aost|enc|rawvideo|Parsed_|AVFilterGraph|fc#|vf#|swscaler|null|AVIOContext)/;

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
  readonly #decoder = new TextDecoder();

  /** @param options.isOpenEnded - whether the input does not say how long it is: its last packet may well be short. */
  constructor({ isOpenEnded = false }: { readonly isOpenEnded?: boolean } = {}) {
    this.#isOpenEnded = isOpenEnded;
  }

  /** Takes no more: what comes now is of our own doing. */
  freeze(): void {
    this.#isFrozen = true;
  }

  write(chunk: Uint8Array): void {
    if (this.#isFrozen) return;
    const lines = (this.#partOfLine + this.#decoder.decode(chunk, { stream: true })).split(/[\r\n]+/);
    this.#partOfLine = (lines.pop() ?? '').slice(0, MAX_LINE);
    for (const line of lines) this.#readLine(withoutPasswords(line));
  }

  end(): void {
    if (this.#isFrozen) return;
    this.#readLine(withoutPasswords(this.#partOfLine));
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

  #readLine(line: string): void {
    const [, parts = '', level, message = ''] =
      /^((?:\[[^\]]*\] )*)\[(panic|fatal|error|warning|info)\] (.*)$/.exec(line) ?? [];
    if (line.trim() === '' || (level === undefined && this.#isInformed && /^\s/.test(line))) return;
    this.#isInformed = level === 'info';
    if (level === 'info') return;
    const text = parts.replace(/ @ 0x[0-9a-f]+/g, '') + message;
    this.#tail = `${this.#tail}${level === undefined ? line : text}\n`.slice(-MAX_TAIL);
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

  /**
   * A packet that a demuxer knows to be cut is only a warning of ffmpeg's; not all decoders complain about it. That of MPEG-TS takes each
   * last packet before a change of programme for one, and those of WAV and CAF the last one before an end that no header told.
   */
  #isDamage(level: string | undefined, parts: string, message: string): boolean {
    if (level === 'error' || level === 'fatal') return true;
    return /^Packet corrupt/.test(message) && !parts.includes('mpegts') && !this.#isOpenEnded;
  }
}
