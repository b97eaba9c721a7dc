import { join } from 'node:path';
import { MediaError, type OptionsSchema } from '@deepffmpeg/core';
import { type ModelFolder, missingFile } from './model-folder.js';
import { readRegularFile } from './read-regular-file.js';

/** Far above any real one; tokenizers are the large ones (Gemma's has 34 MB). */
const maxBytes = 64 * 2 ** 20;

/**
 * Reads one of a model's JSON files and checks what is used of it.
 *
 * @throws {MediaError} `ERR_MODEL_MISSING` if it is not there, `ERR_MODEL_CONFIG` naming the file and the field.
 */
export async function readModelFile<T>(
  model: ModelFolder,
  file: string,
  schema: OptionsSchema<T>,
): Promise<T> {
  try {
    return await readJsonFile(join(model.path, file), schema);
  } catch (error) {
    throw isNotFound(error) ? missingFile(model, file, error) : error;
  }
}

/** The same for a file that need not be there. */
export async function readOptionalModelFile<T>(
  model: ModelFolder,
  file: string,
  schema: OptionsSchema<T>,
): Promise<T | undefined> {
  try {
    return await readJsonFile(join(model.path, file), schema);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Reads and checks a JSON file; where there is none, Node's own error tells. */
export async function readJsonFile<T>(path: string, schema: OptionsSchema<T>): Promise<T> {
  const text = await readText(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MediaError('ERR_MODEL_CONFIG', `${path} is not valid JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`,
  );
  throw new MediaError('ERR_MODEL_CONFIG', `${path}: ${problems.join('; ')}`, { cause: result.error });
}

async function readText(path: string): Promise<string> {
  try {
    return (await readRegularFile(path, maxBytes)).toString('utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    if (isNotFound(cause)) throw cause;
    throw new MediaError('ERR_MODEL_CONFIG', `${path} cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
}

export function isNotFound(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
