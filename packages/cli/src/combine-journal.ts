import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { MediaError, readBoundedFile } from '@deepffmpeg/core';
import { isAddress, shownName } from '@deepffmpeg/ffmpeg-filters';
import * as z from 'zod';
import { foldName, OutputNames } from './output-names.js';
import { realPathOf } from './real-path.js';

/** Whose files begin with what. */
interface Claim {
  /** Of the input; see `journalPathOf`. */
  readonly path: string;
  /** What the names of its files begin with. */
  readonly stem: string;
}

/** One input that was done, and with what. */
export interface JournalEntry extends Claim {
  /** Of the file and of all that its results depend on; see `fingerprintOf`. */
  readonly fingerprint: string;
  /** SHA-256 of the combined analysis that was written. */
  readonly combined: string;
}

const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** The beginning of a name, and no way out of the folder. */
const stemSchema = z.string().regex(/^(?!\.{1,2}$)[^/\\]+$/);
const claimSchema = z.strictObject({ path: z.string().min(1), stem: stemSchema });
const lineSchema = z.union([claimSchema, claimSchema.extend({ fingerprint: digest, combined: digest })]);

/** Some hundred thousand inputs. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * What runs into one folder do, a line each, so that the next run goes on where one was interrupted, and no input takes the files of
 * another. Before the work an input claims the beginning of its files' names; the first claim counts, also among runs at once. A second
 * line is written when all its files are in their places. Lines are added, and none is ever changed.
 */
export class CombineJournal {
  readonly #path: string;
  #lines: Lines;

  private constructor(path: string, lines: Lines) {
    this.#path = path;
    this.#lines = lines;
  }

  /** @throws {MediaError} `ERR_INPUT` when it cannot be read or is none */
  static async open(path: string): Promise<CombineJournal> {
    return new CombineJournal(path, await readLines(path));
  }

  /** What was done of an input last; undefined when nothing was, or work on it began since. */
  find(path: string): JournalEntry | undefined {
    return this.#lines.done.get(path);
  }

  /** What the input's files begin with, or would, as far as claims are known. */
  stemOf(path: string, input: string): string {
    const { owners } = this.#lines;
    for (const { path: owner, stem } of owners.values()) if (owner === path) return stem;
    return new OutputNames(owners.keys()).stemOf(input);
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
      this.#lines = await readLines(this.#path);
      if (this.#lines.owners.get(foldName(stem))?.path === path) return stem;
    }
  }

  /** @throws {MediaError} `ERR_OUTPUT` */
  async add(entry: JournalEntry): Promise<void> {
    await this.#append(entry);
    this.#lines.done.set(entry.path, entry);
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

interface Lines {
  /** By folded stem. */
  readonly owners: Map<string, Claim>;
  /** By path. */
  readonly done: Map<string, JournalEntry>;
}

async function readLines(path: string): Promise<Lines> {
  const text = await readBoundedFile(path, MOST_BYTES).then(String, (cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '';
    const problem = `cannot read ${path}, which keeps what is done: ${cause.message}; remove it to do all again`;
    throw new MediaError('ERR_INPUT', problem, { cause });
  });
  const owners = new Map<string, Claim>();
  const done = new Map<string, JournalEntry>();
  for (const [index, each] of text.split('\n').entries()) {
    const line = parseLine(each, `${path}:${index + 1}`);
    if (line === undefined) continue;
    const key = foldName(line.stem);
    if (!owners.has(key)) owners.set(key, line);
    if ('fingerprint' in line) done.set(line.path, line);
    else done.delete(line.path);
  }
  return { owners, done };
}

/** How each line begins. */
const BEGIN = '{"path":"';

/** @returns undefined for a line that was being written when its run was ended. */
function parseLine(text: string, place: string): z.infer<typeof lineSchema> | undefined {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof SyntaxError && (text.startsWith(BEGIN) || BEGIN.startsWith(text))) return undefined;
    throw new MediaError('ERR_INPUT', `${place}: this is no line of a run; remove the file to do all again`, {
      cause,
    });
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
