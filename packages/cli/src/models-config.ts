import { basename, dirname, extname, relative, resolve, sep } from 'node:path';
import { MediaError, type Modality, writeAtomicFile } from '@deepffmpeg/core';
import { readOptionalModelFile } from '@deepffmpeg/models';
import * as z from 'zod';

const entry = z.looseObject({
  /** A model's folder, relative to the file. */
  path: z.string().min(1),
  tokenizer_path: z.string().min(1).optional(),
});

const schema = z.looseObject({ clip_model: entry.optional(), clap_model: entry.optional() });

/** The original's `models_config.json`: which model sees and which hears. */
export type ModelsConfig = z.infer<typeof schema>;

const keys = { vision: 'clip_model', audio: 'clap_model' } as const satisfies Record<
  Modality,
  keyof ModelsConfig
>;

/** A model that such a file names, as absolute paths. */
export interface ConfiguredModel {
  readonly path: string;
  readonly tokenizer?: string;
}

/**
 * Reads which model a file names.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG`, `ERR_MODEL_MISSING` when the file is not there or names none.
 */
export async function readConfiguredModel(file: string, modality: Modality): Promise<ConfiguredModel> {
  const found = (await read(file))?.[keys[modality]];
  if (!found) {
    const task = modality === 'vision' ? 'clip' : 'clap';
    throw new MediaError(
      'ERR_MODEL_MISSING',
      `${file} is not there or names no ${keys[modality]}: "deepffmpeg models convert ${task}" writes it, or name the model with --${task}-model`,
    );
  }
  const at = (path: string) => resolve(dirname(file), path);
  const { path, tokenizer_path } = found;
  if (extname(path) === '.pt')
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${file}: ${keys[modality]}.path: a model's folder was expected, ${path} came, a TorchScript file as the original made it: ` +
        'convert its source anew with "deepffmpeg models convert"',
    );
  return { path: at(path), ...(tokenizer_path !== undefined && { tokenizer: at(tokenizer_path) }) };
}

/** What the models in a file can take; nothing where it is not there. @throws {MediaError} `ERR_MODEL_CONFIG` */
export async function configuredModalities(file: string): Promise<Modality[]> {
  const config = await read(file);
  return (['vision', 'audio'] as const).filter((modality) => config?.[keys[modality]] !== undefined);
}

/** Puts a model into such a file, and leaves all else in it as it is. @throws {MediaError} `ERR_MODEL_CONFIG`, `ERR_OUTPUT` */
export async function writeConfiguredModel(
  file: string,
  modality: Modality,
  folder: string,
  details: Readonly<Record<string, string>>,
): Promise<void> {
  const from = (path: string) =>
    relative(dirname(resolve(file)), path)
      .split(sep)
      .join('/') || '.';
  const own = {
    ...details,
    path: from(folder),
    tokenizer_path: from(resolve(folder, 'tokenizer.json')),
    tested: true, // what was not, is not kept
  };
  const config = { ...(await read(file)), [keys[modality]]: own };
  await writeAtomicFile(file, `${JSON.stringify(config, null, 2)}\n`);
}

const read = (file: string) =>
  readOptionalModelFile({ path: dirname(file), name: file }, basename(file), schema);
