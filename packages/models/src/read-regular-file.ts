import { stat } from 'node:fs/promises';
import { readBoundedFile } from '@deepffmpeg/core';

/**
 * Reads a whole file of at most `mostBytes`. Pipes and devices, which may never end or never begin, are refused
 * unopened.
 *
 * @throws Error, that of the file system or one that says what is wrong with the file.
 */
export async function readRegularFile(path: string, mostBytes: number): Promise<Buffer> {
  const found = await stat(path);
  if (!found.isFile()) throw new Error(found.isDirectory() ? 'it is a folder' : 'it is no regular file');
  return readBoundedFile(path, mostBytes); // bounded: a file may grow, and some under /proc tell no size
}
