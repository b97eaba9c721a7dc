import { type Activation, MediaError } from '@deepffmpeg/core';
import { type ModelFolder, readModelFile, readSidecar, type Sidecar } from '@deepffmpeg/models';
import * as z from 'zod';

/** What the model's files say about its towers. */
export interface ClapConfig {
  readonly sidecar: Sidecar;
  readonly activation: Activation;
  readonly promptTemplate: string;
  /** Length of an embedding, where the files tell. */
  readonly dimension?: number;
  /** Mel bands, where config.json tells. */
  readonly bands?: number;
  /** Tokens that a text may have, and how shorter ones are filled up. */
  readonly maxPositions?: number;
  readonly padTo: 'longest';
}

const size = z.int().positive();

// Published configs differ in what they leave to defaults: all is optional, and checked against the ONNX files.
// logit_scale_init_value is not here on purpose: it is where training began.
const schema = z.looseObject({
  model_type: z.string().optional(),
  projection_dim: size.optional(),
  text_config: z
    .looseObject({
      model_type: z.string().optional(),
      max_position_embeddings: size.optional(),
      pad_token_id: z.int().min(0).nullish(),
    })
    .optional(),
  audio_config: z.looseObject({ num_mel_bins: size.optional() }).optional(),
});

type Config = z.infer<typeof schema>;

/** Reads `config.json` and `deepffmpeg.json`. @throws {MediaError} `ERR_MODEL_MISSING`, `ERR_MODEL_CONFIG` */
export async function readClapConfig(model: ModelFolder): Promise<ClapConfig> {
  const [config, sidecar] = await Promise.all([
    readModelFile(model, 'config.json', schema),
    readSidecar(model),
  ]);
  const { model_type, projection_dim, text_config, audio_config } = config;
  if (model_type !== 'clap' && sidecar.task !== 'clap') {
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${model.path}/config.json: model_type: clap was expected, ${model_type ?? 'none'} came; another model of sound ` +
        'and text says "task": "clap" in deepffmpeg.json',
    );
  }
  if (sidecar.embeddingSize && projection_dim && sidecar.embeddingSize !== projection_dim) {
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${model.path}: deepffmpeg.json has embeddingSize ${sidecar.embeddingSize}, config.json ${projection_dim}`,
    );
  }
  return {
    sidecar,
    activation: sidecar.activation ?? model.known?.activation ?? 'softmax',
    promptTemplate: sidecar.promptTemplate ?? model.known?.promptTemplate ?? 'This is a sound of {}.',
    dimension: sidecar.embeddingSize ?? projection_dim,
    bands: audio_config?.num_mel_bins,
    maxPositions: positionsOf(text_config, model_type === 'clap'),
    padTo: 'longest',
  };
}

/** RoBERTa's embeddings of positions begin after the one that stands for padding: of 514 a text may have 512. */
function positionsOf(text: Config['text_config'], isClap: boolean): number | undefined {
  const isRoberta = /^(clap_text_model|(xlm-)?roberta)$/.test(
    text?.model_type ?? (isClap ? 'clap_text_model' : ''),
  );
  if (!isRoberta) return text?.max_position_embeddings;
  return (text?.max_position_embeddings ?? 514) - (text?.pad_token_id ?? 1) - 1;
}
