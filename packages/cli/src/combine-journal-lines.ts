import { open } from 'node:fs/promises';
import { MediaError, readBoundedFile } from '@deepffmpeg/core';
import * as z from 'zod';
import { foldName, OutputNames } from './output-names.js';

/** Whose files begin with what. */
export interface Claim {
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

/** What a journal says, as far as it was read. Runs at once add to it, so each reads on where it stopped. */
export class JournalLines {
  readonly #path: string;
  /** Path by folded stem. */
  readonly #owners = new Map<string, string>();
  /** Stem by path. */
  readonly #stems = new Map<string, string>();
  readonly #names = new OutputNames();
  /** By path. */
  readonly #done = new Map<string, JournalEntry>();
  /** Where the last line begins, which may not be whole yet, and how many are before it. */
  #position = 0;
  #count = 0;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Reads all. @throws {MediaError} `ERR_INPUT` when it cannot be read or is none */
  static async read(path: string): Promise<JournalLines> {
    const lines = new JournalLines(path);
    lines.#take(await readWhole(path));
    return lines;
  }

  /** Reads what has come since, or all where the file is another. @throws {MediaError} `ERR_INPUT` */
  async readOn(): Promise<JournalLines> {
    const bytes = await readFrom(this.#path, this.#position);
    if (!bytes) return JournalLines.read(this.#path);
    this.#take(bytes);
    return this;
  }

  findDone(path: string): JournalEntry | undefined {
    return this.#done.get(path);
  }

  setDone(entry: JournalEntry): void {
    this.#done.set(entry.path, entry);
  }

  /** The input whose files begin so. */
  ownerOf(stem: string): string | undefined {
    return this.#owners.get(foldName(stem));
  }

  /** What the input's files begin with, or would. */
  stemOf(path: string, input: string): string {
    return this.#stems.get(path) ?? this.#names.freeStemOf(input);
  }

  /** The last line is taken again next time, which changes nothing where it was whole. */
  #take(bytes: Buffer): void {
    const texts = bytes.toString().split('\n');
    for (const [index, text] of texts.entries()) {
      const line = parseLine(text, `${this.#path}:${this.#count + index + 1}`);
      if (line) this.#add(line);
    }
    this.#position += bytes.lastIndexOf('\n') + 1;
    this.#count += texts.length - 1;
  }

  #add(line: z.infer<typeof lineSchema>): void {
    const { path, stem } = line;
    if (this.ownerOf(stem) === undefined) {
      this.#owners.set(foldName(stem), path);
      this.#names.take(stem);
      if (!this.#stems.has(path)) this.#stems.set(path, stem);
    }
    if ('fingerprint' in line) this.#done.set(path, line);
    else this.#done.delete(path);
  }
}

async function readWhole(path: string): Promise<Buffer> {
  return readBoundedFile(path, MOST_BYTES).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return Buffer.alloc(0);
    const problem = `cannot read ${path}, which keeps what is done: ${cause.message}; remove it to do all again`;
    throw new MediaError('ERR_INPUT', problem, { cause });
  });
}

/** @returns undefined where the file is no longer the same or cannot be read: reading all of it tells what is wrong. */
async function readFrom(path: string, position: number): Promise<Buffer | undefined> {
  const file = await open(path).catch(() => undefined);
  try {
    const size = (await file?.stat())?.size ?? 0;
    if (!file || size <= position || size > MOST_BYTES) return undefined;
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - position), position });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file?.close();
  }
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
