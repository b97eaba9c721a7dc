import { join } from 'node:path';
import { readRegularFile } from '../read-regular-file.js';

/** Where the hub's clients keep one repository. @see https://huggingface.co/docs/huggingface_hub/guides/manage-cache */
export function repositoryFolder(hubCache: string, repository: string): string {
  return join(hubCache, `models--${repository.replace('/', '--')}`);
}

export const isCommit = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);

/** The folder of a revision's files, if its commit is known; it need not hold all of them. */
export async function findSnapshot(
  hubCache: string,
  repository: string,
  revision: string,
): Promise<string | undefined> {
  const folder = repositoryFolder(hubCache, repository);
  const commit = isCommit(revision) ? revision : await readReference(folder, revision);
  return isCommit(commit) ? join(folder, 'snapshots', commit) : undefined;
}

/** The commit that a branch or tag was at; empty when that is not known. */
export async function readReference(folder: string, revision: string): Promise<string> {
  const text = await readRegularFile(join(folder, 'refs', revision), 1024).catch(() => ''); // what cannot be read is not there
  return text.toString().trim();
}
