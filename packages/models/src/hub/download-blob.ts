import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withFileLock } from './file-lock.js';
import type { HubAnswer, HubClient } from './hub-client.js';
import { HubTrouble, retry } from './hub-trouble.js';
import { isWhole } from './is-whole.js';
import type { HubFile } from './read-repository.js';

export interface BlobDownload {
  readonly client: HubClient;
  /** On the hub, below the endpoint. */
  readonly source: string;
  readonly file: HubFile;
  /** Name of the model, for messages. */
  readonly about: string;
  /** Where the blob goes; while it is not whole, it stands beside it as `.incomplete`. */
  readonly path: string;
  readonly lockPath: string;
  /** Hears how much of the file is there, as it comes, whoever brings it. */
  readonly onBytes: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Brings a blob into the cache: goes on where an earlier try ended, waits while another process brings it, and lets it
 * take its place only when the digest is right. One that is wrong, there or fresh, is brought once more from its start.
 *
 * @throws {HubTrouble}
 */
export async function downloadBlob(download: BlobDownload): Promise<void> {
  const { file, path, lockPath, onBytes, signal } = download;
  const partial = `${path}.incomplete`;
  await mkdir(dirname(path), { recursive: true });
  const onWait = async () => onBytes(Math.min(await sizeOf(partial), file.bytes));
  const work = async () => {
    if (await isWhole(path, file, signal)) return; // another process has brought it
    for (let attempt = 0; attempt < 2; attempt++) {
      await fetchRest(download, partial);
      if (await isWhole(partial, file, signal)) return rename(partial, path);
      await rm(partial, { force: true });
    }
    throw new HubTrouble(
      `${file.name} of ${download.about} came twice with another content than its digest ${file.digest} says: ` +
        'something on the way changes it, such as a proxy; try another network, or later',
    );
  };
  await withFileLock(lockPath, work, { signal, onWait });
}

async function fetchRest({ client, source, file, about, onBytes, signal }: BlobDownload, partial: string) {
  let bytes = await sizeOf(partial);
  const count = (size: number) => {
    bytes = size;
    onBytes(size);
  };
  const attempt = async () => {
    const start = await sizeOf(partial);
    if (start === file.bytes && start > 0) return; // of an empty file there may be none yet
    const from = start < file.bytes ? start : 0; // a longer one is something else
    const answer = await client.get(source, about, { from, signal });
    await save(answer, from, { file, about, partial, count });
  };
  await retry(attempt, client.patience, signal, () => bytes);
}

interface Saving {
  readonly file: HubFile;
  readonly about: string;
  readonly partial: string;
  readonly count: (bytes: number) => void;
}

/** Writes what comes at its place: were another process to write there too, it would write the same. */
async function save({ status, headers, body }: HubAnswer, from: number, saving: Saving): Promise<void> {
  const { file, about, partial, count } = saving;
  const isPart = status === 206 && String(headers['content-range']).startsWith(`bytes ${from}-`);
  if (status !== 200 && !isPart) {
    body.destroy();
    await rm(partial, { force: true });
    throw new HubTrouble(`${file.name} of ${about}: the hub gave another part than asked for`, {
      retryAfterMs: 0,
    });
  }
  const start = isPart ? from : 0; // some do not know ranges and begin anew
  let bytes = start;
  const output = await open(partial, start > 0 ? 'r+' : 'w');
  try {
    for await (const chunk of arriving(body, (cause) => brokeOff(saving, bytes, cause))) {
      if (bytes + chunk.length > file.bytes)
        throw new HubTrouble(`${file.name} of ${about} is longer than the hub said`);
      await writeAll(output, chunk, bytes);
      bytes += chunk.length;
      count(bytes);
    }
    await output.sync(); // or a blob might be empty after the power went
  } finally {
    await output.close();
  }
  if (bytes < file.bytes) throw brokeOff(saving, bytes);
}

/** The chunks of a body, whose own errors only are replaced. */
async function* arriving(
  body: AsyncIterable<Buffer>,
  toError: (cause: unknown) => Error,
): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch (cause) {
    throw toError(cause);
  }
}

/** A nearly full disk may take a part. */
async function writeAll(output: FileHandle, chunk: Buffer, position: number): Promise<void> {
  for (let done = 0; done < chunk.length; ) {
    done += (await output.write(chunk, done, chunk.length - done, position + done)).bytesWritten;
  }
}

function brokeOff({ file, about }: Saving, bytes: number, cause?: unknown): HubTrouble {
  const message = `${file.name} of ${about} broke off after ${bytes} of ${file.bytes} bytes; what is there is kept for the next try`;
  return new HubTrouble(message, { cause, retryAfterMs: 0 });
}

/** In bytes; 0 where there is none. */
export async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
