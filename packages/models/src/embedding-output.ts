import { MediaError } from '@deepffmpeg/core';
import { normaliseRows } from './normalise-rows.js';
import type { Session } from './open-session.js';
import type { TensorInfo, Tensors } from './tensors.js';

/** The output of a tower that holds its embedding: `text_embeds`, `image_embeds`, `audio_embeds` or SigLIP's `pooler_output`. */
export function embeddingOutput({ path, outputs }: Session): TensorInfo {
  const found =
    outputs.find(({ name }) => name.endsWith('_embeds')) ??
    outputs.find(({ name }) => name === 'pooler_output');
  if (found && found.type === 'float32' && found.shape.length === 2) return found;
  throw new MediaError(
    'ERR_MODEL_CONFIG',
    `${path} has no output of embeddings ("..._embeds" or "pooler_output", float32, [batch, dimension]); ` +
      `it has ${describeTensors(outputs)}`,
  );
}

/**
 * The length of a tower's embeddings, as its file declares it or, where that is open, as the model's other files say.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG` when neither tells, or they contradict each other.
 */
export function embeddingLength({ path }: Session, output: TensorInfo, configured?: number): number {
  const declared = output.shape[1];
  const dimension = typeof declared === 'number' ? declared : configured;
  if (dimension === undefined) {
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${path} does not declare the length of its embeddings: write "embeddingSize" into deepffmpeg.json`,
    );
  }
  if (configured !== undefined && configured !== dimension) {
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${path} gives embeddings of ${dimension} numbers, but the model's config says ${configured}`,
    );
  }
  return dimension;
}

/** Inputs or outputs as a message shows them. */
export function describeTensors(tensors: readonly TensorInfo[]): string {
  return tensors.map(({ name, type, shape }) => `${name}: ${type} [${shape.join(', ')}]`).join('; ');
}

/** Takes the embeddings out of a run and normalises them. @throws {MediaError} `ERR_MODEL_OUTPUT` */
export function embeddingsOf(
  results: Tensors,
  { name }: TensorInfo,
  rows: number,
  dimension: number,
  path: string,
): Float32Array {
  const { data, shape } = results[name] ?? {};
  if (!(data instanceof Float32Array) || shape?.length !== 2 || shape[0] !== rows || shape[1] !== dimension) {
    throw new MediaError(
      'ERR_MODEL_OUTPUT',
      `${path} gave ${name} of shape [${shape?.join(', ')}]; [${rows}, ${dimension}] was expected`,
    );
  }
  return normaliseRows(data, dimension, path);
}
