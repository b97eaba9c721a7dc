import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MediaError } from '@deepffmpeg/core';
import { MissingModelError } from './missing-model-error.js';
import type { KnownModel } from './registry/known-model.js';

/** A model's files: a folder in the Hugging Face ONNX layout. */
export interface ModelFolder {
  readonly path: string;
  /** The repository's name, or the folder's. */
  readonly name: string;
  /** The hub cache it was found in; absent for a folder that was named as such. */
  readonly hubCache?: string;
  /** What the registry knows about it. */
  readonly known?: KnownModel;
}

/** How exact the weights are: 32 or 16 bit floats, or 8 bit integers. */
export type Dtype = 'fp32' | 'fp16' | 'q8';

const suffixes: Record<Dtype, string> = { fp32: '', fp16: '_fp16', q8: '_quantized' };

/** The file of one part of a model, such as `onnx/vision_model_fp16.onnx`. */
export function onnxFileName(part: string, dtype: Dtype = 'fp32'): string {
  return `onnx/${part}${suffixes[dtype]}.onnx`;
}

/** Whether a file holds weights of a network that it stands beside: `model.onnx_data`, `model.onnx_data_1`, `model.onnx.data`. */
export const isWeightsOf = (network: string, name: string): boolean =>
  name.startsWith(`${network}_data`) || name.startsWith(`${network}.data`);

/** Returns the path of a model's file. @throws {MediaError} `ERR_MODEL_MISSING` if it is not there. */
export async function requireFile(model: ModelFolder, file: string): Promise<string> {
  const path = join(model.path, file);
  if (await isFile(path)) return path;
  throw missingFile(model, file);
}

/** The error for a file that a model lacks, with the ways on. */
export function missingFile(
  { name, path, hubCache }: ModelFolder,
  file: string,
  cause?: unknown,
): MediaError {
  if (hubCache !== undefined) return missingFromHub({ name, file, hubCache }, cause);
  return new MediaError(
    'ERR_MODEL_MISSING',
    `the model folder ${path} lacks ${file}; it should hold config.json, tokenizer.json and an onnx folder, ` +
      'as on the Hugging Face hub',
    { cause },
  );
}

/** The error for a file of a model that is not in the cache. @param about - `isFolder`: the name may be meant for a folder's. */
export function missingFromHub(
  about: {
    readonly name: string;
    readonly file: string;
    readonly hubCache: string;
    readonly isFolder?: boolean;
  },
  cause?: unknown,
): MissingModelError {
  const { name, file, hubCache, isFolder = false } = about;
  const dtype = (['fp16', 'q8'] as const).find((each) => file.endsWith(`${suffixes[each]}.onnx`));
  const folder = isFolder ? `there is no folder ${name}, and ` : '';
  const problem = `${folder}${file} of the model ${name} is not in the cache ${hubCache}`;
  return new MissingModelError({ problem, model: name, ...(dtype && { dtype }) }, { cause });
}

export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false; // what cannot be looked at is not there
}
