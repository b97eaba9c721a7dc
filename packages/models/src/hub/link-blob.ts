import { mkdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname, relative } from 'node:path';

/** What systems say that have no symbolic links, or not for everybody. */
const withoutLinks = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'UNKNOWN'];

/**
 * Lets a file of a snapshot lead to its blob by a relative link, so that the cache may be moved. Where links cannot be
 * made, the blob takes the file's place, as with Python's client, so that nothing stands twice on the disk.
 */
export async function linkBlob(blob: string, file: string, link = symlink): Promise<void> {
  const target = relative(dirname(file), blob);
  if ((await readlink(file).catch(() => undefined)) === target) return; // is none, or not there
  await mkdir(dirname(file), { recursive: true });
  await rm(file, { force: true });
  try {
    await link(target, file);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return; // another process was faster
    if (!withoutLinks.includes(code)) throw error;
    await rename(blob, file);
  }
}
