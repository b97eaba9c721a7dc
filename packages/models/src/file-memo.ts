import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MediaError, throwIfAborted } from '@deepffmpeg/core';
import * as z from 'zod';
import { readJsonFile } from './read-model-file.js';
import { emitWarning, type OnWarning } from './warnings.js';
import { writeWholeFile } from './write-whole-file.js';

export interface CacheOptions {
  /** Where it is remembered, such as `cacheFolders().deepffmpeg`. */
  readonly cacheFolder: string;
  /** @defaultValue Node's `process.emitWarning` */
  readonly onWarning?: OnWarning | undefined;
}

/** More files than anyone has models. */
const limit = 256;

const stampSchema = z.object({
  size: z.number(),
  mtimeMs: z.number(),
  ctimeMs: z.number(),
  value: z.unknown(),
});
const memoSchema = z.record(z.string(), stampSchema);

/**
 * Remembers what was found out about a large file, for as long as its size and times stay the same. A cache that
 * cannot be written is told to `onWarning`, and a damaged one is made anew.
 *
 * @param name - of the file in the cache folder, one for each kind of finding.
 */
export async function rememberFile<Value>(
  path: string,
  name: string,
  schema: z.ZodType<Value>,
  find: (path: string) => Promise<Value>,
  {
    cacheFolder,
    onWarning = emitWarning,
    signal,
  }: CacheOptions & { readonly signal?: AbortSignal | undefined },
): Promise<Value> {
  const real = await realpath(path);
  const memoPath = join(cacheFolder, `${name}.json`);
  const { size, mtimeMs, ctimeMs } = await stat(real);
  const known = (await readMemo(memoPath))[real];
  if (known && known.size === size && known.mtimeMs === mtimeMs && known.ctimeMs === ctimeMs) {
    const result = schema.safeParse(known.value);
    if (result.success) return result.data;
  }
  const value = await find(real);
  throwIfAborted(signal);
  try {
    await inTurn(memoPath, async () => {
      const { [real]: _, ...others } = await readMemo(memoPath); // again: `find` may have taken long
      const entries = [...Object.entries(others), [real, { size, mtimeMs, ctimeMs, value }]];
      const kept = Object.fromEntries(entries.slice(-limit));
      await writeWholeFile(memoPath, `${JSON.stringify(kept, undefined, 1)}\n`);
    });
  } catch (cause) {
    onWarning(unwritable(cacheFolder, cause));
  }
  return value;
}

/** The last work on each memo; the next waits for it. */
const lastWork = new Map<string, Promise<void>>();

/** Lets one after the other change a memo, or what one of them adds would be lost to the others. */
async function inTurn(memoPath: string, work: () => Promise<void>): Promise<void> {
  const before = lastWork.get(memoPath)?.catch(() => {}); // whoever began it hears of it
  const mine = (before ?? Promise.resolve()).then(work);
  lastWork.set(memoPath, mine);
  try {
    await mine;
  } finally {
    if (lastWork.get(memoPath) === mine) lastWork.delete(memoPath);
  }
}

/** The warning that a cache cannot be written. */
export function unwritable(cacheFolder: string, cause: unknown): MediaError {
  const { message } = cause as Error;
  return new MediaError(
    'ERR_OUTPUT',
    `the cache ${cacheFolder} cannot be written, so its work will be repeated: ${message}`,
    { cause },
  );
}

/** What is missing or damaged counts as empty. */
async function readMemo(path: string): Promise<z.infer<typeof memoSchema>> {
  return readJsonFile(path, memoSchema).catch(() => ({}));
}
