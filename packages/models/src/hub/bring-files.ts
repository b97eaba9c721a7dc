import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { downloadBlob, sizeOf } from './download-blob.js';
import type { HubClient } from './hub-client.js';
import { repositoryFolder } from './hub-folders.js';
import { isWhole } from './is-whole.js';
import { linkBlob } from './link-blob.js';
import type { HubFile } from './read-repository.js';

/** How far a download is. */
export interface PullProgress {
  /** What is being brought. */
  readonly file: string;
  /** Of all files together, with what was there before. */
  readonly bytes: number;
  readonly totalBytes: number;
  /** Undefined in the first second. */
  readonly secondsLeft?: number;
}

interface Bringing {
  readonly client: HubClient;
  readonly repository: string;
  readonly commit: string;
  readonly hubCache: string;
  freeBytes(folder: string): Promise<number>;
  readonly onProgress: (progress: PullProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Sees to it that files are in the cache, whole; returns how many bytes were not. Where all are, nothing is written.
 *
 * @throws {MediaError} `ERR_OUTPUT` when there is no room, before anything is brought; what `downloadBlob` throws.
 */
export async function bringFiles(files: readonly HubFile[], bringing: Bringing): Promise<number> {
  const { client, repository, commit, hubCache, signal } = bringing;
  const folder = repositoryFolder(hubCache, repository);
  const places = files.map((file) => ({
    file,
    path: join(folder, 'snapshots', commit, file.name),
    blob: join(folder, 'blobs', file.digest),
    partialBytes: 0,
  }));

  let bytesThere = 0;
  const unlinked: typeof places = [];
  const missing: typeof places = [];
  for (const place of places) {
    const { file, path, blob } = place;
    if (await isWhole(path, file, signal)) bytesThere += file.bytes;
    else if (await isWhole(blob, file, signal)) unlinked.push(place);
    else {
      const size = await sizeOf(`${blob}.incomplete`);
      missing.push({ ...place, partialBytes: size > file.bytes ? 0 : size }); // a longer one is something else
    }
  }
  const missingBytes = missing.reduce((sum, { file }) => sum + file.bytes, 0);
  const partialBytes = missing.reduce((sum, each) => sum + each.partialBytes, 0);
  if (missing.length > 0) await refuseFullDisk(missingBytes - partialBytes, bringing);

  for (const { blob, path, file } of unlinked) {
    await linkBlob(blob, path);
    bytesThere += file.bytes;
  }
  const totalBytes = bytesThere + missingBytes;
  const tell = createTeller(bytesThere + partialBytes, totalBytes, bringing);
  let bytesBehind = partialBytes; // of the files behind the one that is brought
  for (const place of missing) {
    const { file, path, blob } = place;
    bytesBehind -= place.partialBytes;
    await downloadBlob({
      client,
      source: `/${repository}/resolve/${commit}/${file.name}`,
      file,
      about: repository,
      path: blob,
      lockPath: join(hubCache, '.locks', basename(folder), `${file.digest}.deepffmpeg`), // `.lock` is Python's
      onBytes: (bytes) => tell(file.name, bytesThere + bytes + bytesBehind),
      signal,
    });
    await linkBlob(blob, path);
    bytesThere += file.bytes;
  }
  return missingBytes;
}

/** Tells how far it is, with the time that the rest takes at the mean speed so far. */
function createTeller(startBytes: number, totalBytes: number, { onProgress }: Bringing) {
  const start = performance.now();
  return (file: string, bytes: number) => {
    const seconds = (performance.now() - start) / 1000;
    const isTelling = seconds > 1 && bytes > startBytes;
    const secondsLeft = ((totalBytes - bytes) * seconds) / (bytes - startBytes);
    onProgress({ file, bytes, totalBytes, ...(isTelling && { secondsLeft }) });
  };
}

async function refuseFullDisk(neededBytes: number, { hubCache, freeBytes }: Bringing): Promise<void> {
  const free = await freeBytes(await existingFolder(hubCache)).catch(() => Infinity); // not all file systems tell
  if (free >= neededBytes) return;
  throw new MediaError(
    'ERR_OUTPUT',
    `${inMegabytes(neededBytes)} are needed in ${hubCache}, and ${inMegabytes(free)} are free: make room, ` +
      'take a smaller dtype, or name another folder in HF_HUB_CACHE',
  );
}

const inMegabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;

async function existingFolder(path: string): Promise<string> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  return isThere || dirname(path) === path ? path : existingFolder(dirname(path));
}
