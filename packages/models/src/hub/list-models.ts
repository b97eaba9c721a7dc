import { lstat, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { cacheFolders } from '../cache-folders.js';
import { knownModels } from '../known-models.js';
import type { KnownModel } from '../registry/known-model.js';
import { isCommit, readReference } from './hub-folders.js';

/** A model in the hub's cache, brought by whatever client. */
export interface CachedModel {
  /** The repository's name. */
  readonly name: string;
  readonly path: string;
  /** The commits of its branches and tags. */
  readonly revisions: Readonly<Record<string, string>>;
  /** Commits of which there are files. */
  readonly commits: readonly string[];
  /** On the disk, with what is not whole. */
  readonly bytes: number;
  /** What the registry knows about it. */
  readonly known?: KnownModel;
}

/** Tells what models are in the hub's cache, by name. */
export async function listModels({
  hubCache = cacheFolders().hub,
  registry = knownModels,
}: {
  readonly hubCache?: string | undefined;
  readonly registry?: readonly KnownModel[] | undefined;
} = {}): Promise<CachedModel[]> {
  const folders = (await namesIn(hubCache)).filter((name) => /^models--.+--/.test(name)).toSorted();
  return Promise.all(
    folders.map(async (folder) => {
      const name = folder.slice('models--'.length).replace('--', '/');
      const path = join(hubCache, folder);
      const [revisions, commits, bytes] = await Promise.all([
        readRevisions(path),
        namesIn(join(path, 'snapshots')),
        bytesIn(path),
      ]);
      const known = registry.find(({ repository }) => repository === name);
      return { name, path, revisions, commits: commits.filter(isCommit), bytes, ...(known && { known }) };
    }),
  );
}

/** A folder that is not there is empty. */
const namesIn = (folder: string) => readdir(folder).catch(() => []);

const filesIn = async (folder: string) => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

async function readRevisions(path: string): Promise<Record<string, string>> {
  const folder = join(path, 'refs');
  const names = (await filesIn(folder)).map((file) => relative(folder, file).split(sep).join('/'));
  const pairs = await Promise.all(
    names.map(async (name) => [name, await readReference(path, name)] as const),
  );
  return Object.fromEntries(pairs.filter(([, commit]) => isCommit(commit)));
}

/** Links count nothing, nor what goes while this looks. */
async function bytesIn(path: string): Promise<number> {
  const found = await Promise.all((await filesIn(path)).map((file) => lstat(file).catch(() => undefined)));
  return found.reduce((sum, file) => sum + (file?.size ?? 0), 0);
}
