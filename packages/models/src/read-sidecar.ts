import type { Activation } from '@deepffmpeg/core';
import * as z from 'zod';
import type { ModelFolder } from './model-folder.js';
import type { Padding } from './open-tokenizer.js';
import { readOptionalModelFile } from './read-model-file.js';

/** How a network that takes samples, not features, wants its sound. */
export interface AudioInput {
  /** Hz. */
  readonly sampleRate: number;
  /** How much it hears at once. */
  readonly windowSeconds: number;
  /**
   * How a shorter sound is filled up: by silence (`pad`), by itself again and again (`repeat`), or by itself as often
   * as it fits wholly, then by silence (`repeatpad`).
   */
  readonly padding: 'pad' | 'repeat' | 'repeatpad';
}

/** What a model's own files leave open; a `deepffmpeg.json` beside `config.json` may say it. */
export interface Sidecar {
  readonly task?: string;
  readonly activation?: Activation;
  /** The trained scale, already exponentiated. */
  readonly logitScale?: number;
  readonly logitBias?: number;
  readonly embeddingSize?: number;
  /** `{}` stands for the label. */
  readonly promptTemplate?: string;
  /** To what length texts are filled up. */
  readonly padTo?: Padding;
  /** Of a network that takes samples. */
  readonly audio?: AudioInput;
}

const schema = z.looseObject({
  task: z.string().optional(),
  activation: z.enum(['softmax', 'sigmoid']).optional(),
  logitScale: z.number().positive().optional(),
  logitBias: z.number().optional(),
  embeddingSize: z.int().positive().optional(),
  promptTemplate: z.string().includes('{}', 'must hold {} in the place of the label').optional(),
  padTo: z.enum(['longest', 'max-length']).optional(),
  audio: z
    .object({
      sampleRate: z.int().min(1).max(384_000),
      windowSeconds: z.number().positive().max(600),
      padding: z.enum(['pad', 'repeat', 'repeatpad']),
    })
    .optional(),
}) satisfies z.ZodType<Sidecar>;

/** Reads a model's `deepffmpeg.json`; without one, all is open. @throws {MediaError} `ERR_MODEL_CONFIG` */
export async function readSidecar(model: ModelFolder): Promise<Sidecar> {
  return (await readOptionalModelFile(model, 'deepffmpeg.json', schema)) ?? {};
}
