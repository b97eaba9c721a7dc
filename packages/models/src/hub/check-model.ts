import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { MissingModelError } from '../missing-model-error.js';
import { type ResolveModelOptions, resolveModel } from '../resolve-model.js';
import { isWhole } from './is-whole.js';

export interface CheckedFile {
  /** With slashes, relative to the model's folder. */
  readonly name: string;
  readonly bytes: number;
  /** `unknown` where nothing tells its digest: the file is no link to a blob. */
  readonly state: 'whole' | 'damaged' | 'missing' | 'unknown';
}

export interface CheckedModel {
  readonly name: string;
  readonly path: string;
  /** By name. */
  readonly files: readonly CheckedFile[];
}

/**
 * Compares a cached model's files with their digests, which are the names of their blobs. `pullModel` brings those anew
 * that are damaged or missing.
 *
 * @throws {MediaError} `ERR_MODEL_MISSING`
 */
export async function checkModel(
  nameOrFolder: string,
  {
    signal,
    ...options
  }: Pick<ResolveModelOptions, 'hubCache' | 'registry'> & { readonly signal?: AbortSignal | undefined } = {},
): Promise<CheckedModel> {
  const { name, path } = await resolveModel(nameOrFolder, { ...options, files: [] });
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []); // only its commit is known
  if (entries.length === 0) {
    throw new MissingModelError({ problem: `there are no files in ${path}`, model: name });
  }
  const files: CheckedFile[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const file = join(entry.parentPath, entry.name);
    files.push({ name: relative(path, file).split(sep).join('/'), ...(await checkFile(file, signal)) });
  }
  return { name, path, files: files.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

async function checkFile(file: string, signal?: AbortSignal): Promise<Omit<CheckedFile, 'name'>> {
  const real = await realpath(file).catch(() => undefined); // a link to a blob that is not there
  if (real === undefined) return { bytes: 0, state: 'missing' };
  const { size: bytes } = await stat(real);
  const digest = basename(real);
  if (basename(dirname(real)) !== 'blobs' || !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(digest))
    return { bytes, state: 'unknown' };
  return { bytes, state: (await isWhole(real, { bytes, digest }, signal)) ? 'whole' : 'damaged' };
}
