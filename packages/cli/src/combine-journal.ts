import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { MediaError } from '@deepffmpeg/core';
import { isAddress, shownName } from '@deepffmpeg/ffmpeg-filters';
import { type Claim, type JournalEntry, JournalLines } from './combine-journal-lines.js';
import { OutputNames } from './output-names.js';
import { realPathOf } from './real-path.js';

/**
 * What runs into one folder do, a line each, so that the next run goes on where one was interrupted, and no input takes the files of
 * another. Before the work an input claims the beginning of its files' names; the first claim counts, also among runs at once. A second
 * line is written when all its files are in their places. Lines are added, and none is ever changed.
 */
export class CombineJournal {
  readonly #path: string;
  #lines: JournalLines;

  private constructor(path: string, lines: JournalLines) {
    this.#path = path;
    this.#lines = lines;
  }

  /** @throws {MediaError} `ERR_INPUT` when it cannot be read or is none */
  static async open(path: string): Promise<CombineJournal> {
    return new CombineJournal(path, await JournalLines.read(path));
  }

  /** What was done of an input last; undefined when nothing was, or work on it began since. */
  find(path: string): JournalEntry | undefined {
    return this.#lines.findDone(path);
  }

  /** What the input's files begin with, or would, as far as claims are known. */
  stemOf(path: string, input: string): string {
    return this.#lines.stemOf(path, input);
  }

  /**
   * Tells other runs that work on an input begins.
   *
   * @returns what its files begin with.
   * @throws {MediaError} `ERR_INPUT`, `ERR_OUTPUT`
   */
  async claim(path: string, input: string): Promise<string> {
    for (;;) {
      const stem = this.stemOf(path, input);
      await this.#append({ path, stem });
      this.#lines = await this.#lines.readOn();
      if (this.#lines.ownerOf(stem) === path) return stem;
    }
  }

  /** @throws {MediaError} `ERR_OUTPUT` */
  async add(entry: JournalEntry): Promise<void> {
    await this.#append(entry);
    this.#lines.setDone(entry);
  }

  async #append(line: Claim): Promise<void> {
    try {
      const file = await open(this.#path, 'a+');
      try {
        const { size } = await file.stat();
        const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: Math.max(0, size - 1) });
        const isTorn = size > 0 && String(buffer) !== '\n';
        await file.appendFile(`${isTorn ? '\n' : ''}${JSON.stringify(line)}\n`);
        await file.sync(); // after a power cut, too
      } finally {
        await file.close();
      }
    } catch (cause) {
      const problem = `cannot write ${this.#path}, which keeps what is done: ${(cause as Error).message}`;
      throw new MediaError('ERR_OUTPUT', problem, { cause });
    }
  }
}

/** By what the journal knows an input: a file's one name, an address as it is shown. */
export const journalPathOf = async (input: string): Promise<string> =>
  input === '-' || isAddress(input) ? shownName(input) : realPathOf(input);

/** What the names of a film's files will begin with. @param journal - undefined where the folder has none */
export const stemOfFilm = async (input: string, journal: CombineJournal | undefined): Promise<string> =>
  journal?.stemOf(await journalPathOf(input), input) ?? new OutputNames().stemOf(input);

/**
 * A digest of a file, by path, size and time, and of what its results depend on.
 *
 * @param path - as of `journalPathOf`. @param settings - JSON
 * @returns undefined for what is no file, such as an address: nothing tells whether it is still the same.
 */
export async function fingerprintOf(path: string, settings: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined); // what cannot be read is told by whoever opens it
  if (!found?.isFile()) return undefined;
  const facts = JSON.stringify([path, found.size, found.mtimeMs, settings]);
  return createHash('sha256').update(facts).digest('hex');
}
