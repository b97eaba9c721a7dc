import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { MediaError, parseOptions, throwIfAborted } from '@deepffmpeg/core';
import * as z from 'zod';
import { cacheFolders } from '../cache-folders.js';
import { knownModels } from '../known-models.js';
import type { Dtype } from '../model-folder.js';
import type { KnownModel, ModelTask } from '../registry/known-model.js';
import { refuseUnusable } from '../registry/refuse-unusable.js';
import { writeWholeFile } from '../write-whole-file.js';
import { bringFiles, type PullProgress } from './bring-files.js';
import { cannotWrite } from './cannot-write.js';
import { chooseFiles } from './choose-files.js';
import { openHubClient } from './hub-client.js';
import { isCommit, readReference, repositoryFolder } from './hub-folders.js';
import { hubSettings } from './hub-settings.js';
import { defaultPatience, type Patience } from './hub-trouble.js';
import { parseModelName } from './model-name.js';
import { readRepository } from './read-repository.js';

export interface PullOptions {
  /** Which networks to bring. @defaultValue 'fp32' */
  readonly dtype?: Dtype | undefined;
  /** What the model is for, where its name does not tell. @defaultValue the registry's, else what its files look like */
  readonly task?: ModelTask | undefined;
  /** The hub's cache folder. @defaultValue `cacheFolders().hub` */
  readonly hubCache?: string | undefined;
  /** @defaultValue our own */
  readonly registry?: readonly KnownModel[] | undefined;
  readonly onProgress?: ((progress: PullProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface PulledModel {
  /** The repository's name. */
  readonly name: string;
  readonly commit: string;
  /** The folder of its files. */
  readonly path: string;
  readonly files: readonly string[];
  /** Of all these files. */
  readonly bytes: number;
  /** What of it was not there, or damaged, and came from the hub. */
  readonly downloadedBytes: number;
}

/** What tests replace. */
export interface PullSystem {
  readonly patience: Patience;
  /** Bytes that may be written in a folder. */
  freeBytes(folder: string): Promise<number>;
}

const realSystem: PullSystem = {
  patience: defaultPatience,
  async freeBytes(folder) {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};

const schema = z.strictObject({
  dtype: z.enum(['fp32', 'fp16', 'q8']).default('fp32'),
  task: z.enum(['clip', 'clap', 'detect']).optional(),
  hubCache: z.string().min(1).optional(),
}) satisfies z.ZodType<Pick<PullOptions, 'dtype' | 'task' | 'hubCache'>>;

/**
 * Brings a model from the Hugging Face hub into the cache that its clients share; only the files of one dtype. Each file
 * is checked against its digest, also those that are there: what is damaged comes anew, what is whole is not asked for.
 * An interrupted download goes on where it ended; processes that want the same file share one download.
 *
 * Follows `HF_HUB_CACHE`, `HF_HOME`, `HF_ENDPOINT`, `HF_TOKEN`, `HF_HUB_OFFLINE`, `HTTP_PROXY`, `HTTPS_PROXY` and
 * `NO_PROXY`. Memory does not grow with the size.
 *
 * @param name - `organisation/name` or a short name from the registry, either with `@revision`.
 * @throws {MediaError} `ERR_INVALID_OPTIONS`; `ERR_MODEL_MISSING` when it is not to be had: no such model, terms not
 * accepted, no network, offline; `ERR_OUTPUT` when the cache cannot be written: no right, no room. An `AbortError`.
 */
export async function pullModel(name: string, options: PullOptions = {}): Promise<PulledModel> {
  return pullModelWith(name, options, realSystem);
}

export async function pullModelWith(
  name: string,
  { onProgress = () => {}, signal, registry = knownModels, ...given }: PullOptions,
  system: PullSystem,
): Promise<PulledModel> {
  const { hubCache = cacheFolders().hub, ...settings } = parseOptions(schema, given);
  throwIfAborted(signal);
  const model = parseModelName(name, registry);
  refuseUnusable(model.known, settings.dtype);
  const hub = await hubSettings();
  if (hub.isOffline)
    throw new MediaError(
      'ERR_MODEL_MISSING',
      `HF_HUB_OFFLINE is set: unset it to bring ${name} from the hub`,
    );
  const client = await openHubClient(hub, system.patience);
  try {
    const { repository, revision } = model;
    const { commit, files } = await readRepository(client, model, signal);
    const wanted = chooseFiles(files, { ...settings, ...model });
    const { freeBytes } = system;
    const downloadedBytes = await bringFiles(wanted, {
      client,
      repository,
      commit,
      hubCache,
      freeBytes,
      onProgress,
      signal,
    });
    const folder = repositoryFolder(hubCache, repository);
    await writeReference(folder, revision, commit);
    return {
      name: repository,
      commit,
      path: join(folder, 'snapshots', commit),
      files: wanted.map((file) => file.name),
      bytes: wanted.reduce((sum, { bytes }) => sum + bytes, 0),
      downloadedBytes,
    };
  } catch (error) {
    throw cannotWrite(error, hubCache);
  } finally {
    await client.close();
  }
}

/** Last of all: who reads the cache meanwhile finds the commit before, which is whole. */
async function writeReference(folder: string, revision: string, commit: string): Promise<void> {
  if (isCommit(revision) || (await readReference(folder, revision)) === commit) return;
  await writeWholeFile(join(folder, 'refs', revision), commit);
}
