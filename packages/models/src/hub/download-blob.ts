import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { throwIfAborted } from '../abortable.js';
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
    if (start === file.bytes) return;
    const from = start < file.bytes ? start : 0; // a longer one is something else
    const answer = await client.get(source, about, { from, signal });
    await save(answer, from, { file, about, partial, count, signal });
  };
  await retry(attempt, client.patience, signal, () => bytes);
}

interface Saving {
  readonly file: HubFile;
  readonly about: string;
  readonly partial: string;
  readonly count: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/** Writes what comes at its place: were another process to write there too, it would write the same. */
async function save({ status, headers, body }: HubAnswer, from: number, saving: Saving): Promise<void> {
  const { file, about, partial, count, signal } = saving;
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
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > file.bytes) throw new HubTrouble(`${file.name} of ${about} is longer than the hub said`);
      yield chunk;
      count(bytes);
    }
  };
  const output = createWriteStream(partial, { flags: start > 0 ? 'r+' : 'w', start, flush: true });
  await pipeline(body, counted, output, { signal }).catch((error) => {
    throwIfAborted(signal);
    throw error instanceof HubTrouble || isOfDisk(error) ? error : brokeOff(saving, bytes, error);
  });
  if (bytes < file.bytes) throw brokeOff(saving, bytes);
}

function brokeOff({ file, about }: Saving, bytes: number, cause?: unknown): HubTrouble {
  const message = `${file.name} of ${about} broke off after ${bytes} of ${file.bytes} bytes; what is there is kept for the next try`;
  return new HubTrouble(message, { cause, retryAfterMs: 0 });
}

/** Reading from the network fails too, but these it does not do. */
function isOfDisk({ syscall = '' }: NodeJS.ErrnoException): boolean {
  return ['open', 'write', 'fsync', 'close'].includes(syscall);
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0; // not there yet
}
