import { type Activation, MediaError } from '@deepffmpeg/core';
import { type ModelFolder, readModelFile, readSidecar, type Sidecar } from '@deepffmpeg/models';
import * as z from 'zod';

/** What the model's files say about its towers. */
export interface ClipConfig {
  readonly sidecar: Sidecar;
  readonly activation: Activation;
  readonly promptTemplate: string;
  /** Length of an embedding, where the files tell. */
  readonly dimension?: number;
  /** Side of the pictures, where config.json tells. */
  readonly imageSize?: number;
  /** Tokens that a text may have, and how shorter ones are filled up. */
  readonly maxPositions?: number;
  readonly padTo: 'longest' | 'max-length';
}

const size = z.int().positive();

// Published configs differ in what they leave to defaults: all is optional, and checked against the ONNX files.
// logit_scale_init_value is not here on purpose: it is where training began.
const schema = z.looseObject({
  model_type: z.string(),
  projection_dim: size.optional(),
  text_config: z.looseObject({ max_position_embeddings: size.optional() }).optional(),
  vision_config: z.looseObject({ image_size: size.optional(), hidden_size: size.optional() }).optional(),
});

const families = {
  clip: { activation: 'softmax', promptTemplate: 'a photo of a {}', padTo: 'longest', positions: 77 },
  siglip: {
    activation: 'sigmoid',
    promptTemplate: 'This is a photo of {}.',
    padTo: 'max-length',
    positions: 64,
  },
} as const;

/** Reads `config.json` and `deepffmpeg.json`. @throws {MediaError} `ERR_MODEL_MISSING`, `ERR_MODEL_CONFIG` */
export async function readClipConfig(model: ModelFolder): Promise<ClipConfig> {
  const [config, sidecar] = await Promise.all([
    readModelFile(model, 'config.json', schema),
    readSidecar(model),
  ]);
  const { model_type, projection_dim, text_config, vision_config } = config;
  const isSigmoid = model_type.startsWith('siglip');
  if (!isSigmoid && model_type !== 'clip') {
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${model.path}/config.json: model_type: clip or siglip was expected, ${model_type} came`,
    );
  }
  const family = isSigmoid ? families.siglip : families.clip;
  const fromConfig = isSigmoid ? vision_config?.hidden_size : projection_dim;
  if (sidecar.embeddingSize && fromConfig && sidecar.embeddingSize !== fromConfig) {
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${model.path}: deepffmpeg.json has embeddingSize ${sidecar.embeddingSize}, config.json ${fromConfig}`,
    );
  }
  return {
    sidecar,
    activation: sidecar.activation ?? model.known?.activation ?? family.activation,
    promptTemplate: sidecar.promptTemplate ?? model.known?.promptTemplate ?? family.promptTemplate,
    dimension: sidecar.embeddingSize ?? fromConfig,
    imageSize: vision_config?.image_size,
    maxPositions: text_config?.max_position_embeddings ?? family.positions,
    padTo: sidecar.padTo ?? model.known?.padTo ?? family.padTo,
  };
}
