import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { MediaError, readBoundedFile, writeAtomicFile } from '@deepffmpeg/core';
import * as z from 'zod';
import { realPathOf } from './real-path.js';

/** One input that was done, and with what. */
export interface JournalEntry {
  /** As the user named it, made whole. */
  readonly path: string;
  /** Of the file and of all that its results depend on; see `fingerprintOf`. */
  readonly fingerprint: string;
  /** What the names of its files begin with. */
  readonly stem: string;
}

const entrySchema = z.strictObject({
  path: z.string(),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  stem: z.string().min(1),
}) satisfies z.ZodType<JournalEntry>;

/** Some hundred thousand inputs. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * What a run over many inputs has done, a line each, so that the next run goes on where it was interrupted. A line is written when all
 * files of its input are in their places.
 */
export class CombineJournal {
  readonly #path: string;
  readonly #entries: Map<string, JournalEntry>;

  private constructor(path: string, entries: Map<string, JournalEntry>) {
    this.#path = path;
    this.#entries = entries;
  }

  /** @throws {MediaError} `ERR_INPUT` when it cannot be read or is none, `ERR_OUTPUT` */
  static async open(path: string): Promise<CombineJournal> {
    return new CombineJournal(path, await readEntries(path));
  }

  /** The last entry of a file, whatever its fingerprint. */
  find(path: string): JournalEntry | undefined {
    return this.#entries.get(path);
  }

  get stems(): string[] {
    return [...this.#entries.values()].map(({ stem }) => stem);
  }

  /** @throws {MediaError} `ERR_OUTPUT` */
  async add(entry: JournalEntry): Promise<void> {
    this.#entries.set(entry.path, entry);
    try {
      const file = await open(this.#path, 'a');
      try {
        await file.write(`${JSON.stringify(entry)}\n`);
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

async function readEntries(path: string): Promise<Map<string, JournalEntry>> {
  const text = await readBoundedFile(path, MOST_BYTES).then(String, (cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '';
    const problem = `cannot read ${path}, which keeps what is done: ${cause.message}; remove it to do all again`;
    throw new MediaError('ERR_INPUT', problem, { cause });
  });
  const lines = text.split('\n');
  const torn = lines.pop(); // what was being written when the run was ended
  if (torn) await writeAtomicFile(path, lines.map((line) => `${line}\n`).join(''));
  const entries = lines.map((line, index) => {
    try {
      return entrySchema.parse(JSON.parse(line));
    } catch (cause) {
      const problem = `${path}:${index + 1}: this is no line of a run; remove the file to do all again`;
      throw new MediaError('ERR_INPUT', problem, { cause });
    }
  });
  return new Map(entries.map((entry) => [entry.path, entry]));
}

/**
 * A digest of a file, by path, size and time, and of what its results depend on.
 *
 * @param settings - JSON
 * @returns undefined for what is no file, such as an address: nothing tells whether it is still the same.
 */
export async function fingerprintOf(
  input: string,
  settings: string,
): Promise<{ path: string; fingerprint: string } | undefined> {
  const found = await stat(input).catch(() => undefined); // what cannot be read is told by whoever opens it
  if (!found?.isFile()) return undefined;
  const path = await realPathOf(input);
  const facts = JSON.stringify([path, found.size, found.mtimeMs, settings]);
  return { path, fingerprint: createHash('sha256').update(facts).digest('hex') };
}
