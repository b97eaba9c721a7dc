import {
  type Activation,
  type EncodedLabelSet,
  labelSetOf,
  type PromptSet,
  parseOptions,
  requireMembers,
} from '@deepffmpeg/core';
import * as z from 'zod';
import { fillTemplate } from './fill-template.js';

/** What of a model is needed to encode labels. Every model that reads has it, whatever else it sees or hears. */
export interface TextModel {
  /** Tells whose embeddings these are. */
  readonly id: string;
  /** Whether the labels of a group compete (CLIP) or each stands alone (SigLIP). */
  readonly activation: Activation;
  /** The trained scale: what cosines are multiplied with. */
  readonly logitScale: number;
  /** Added after that; 0 for softmax models. */
  readonly logitBias: number;
  /** Filled with a label that has no sentences of its own; `{}` stands for the label. */
  readonly promptTemplate: string;
  /** Returns float32, `[sentences, dimension]`, each row of L2 norm 1. */
  encodeTexts(
    sentences: readonly string[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<Float32Array>;
}

export interface EncodeLabelsOptions {
  /** For labels without sentences; `{}` stands for the label. @defaultValue the model's own */
  readonly template?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const settingsSchema = z.strictObject({ template: z.string().optional() }) satisfies z.ZodType<
  unknown,
  EncodeLabelsOptions
>;

/**
 * Has a model read a label set: sentences as they are, labels without any in the template.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, also for what is no model, for what are no prompts, and for a template without `{}`; what `encodeTexts` throws.
 */
export async function encodeLabels(
  model: TextModel,
  prompts: PromptSet,
  options: EncodeLabelsOptions = {},
): Promise<EncodedLabelSet> {
  requireMembers(model, ['encodeTexts'], 'model: expected what openClip or openClap gives');
  requireMembers(prompts, ['groups'], 'prompts: expected what makeLabels or parseCategories gives');
  const { signal, ...settings } = options;
  const { template = model.promptTemplate } = parseOptions(settingsSchema, settings);
  const sentences = prompts.groups.flatMap(({ labels }) =>
    labels.map(({ label, sentences = [] }) =>
      sentences.length > 0 ? sentences : [fillTemplate(template, label)],
    ),
  );
  return {
    labelSet: labelSetOf(prompts),
    model: model.id,
    vectors: await model.encodeTexts(sentences.flat(), { signal }),
    rowsPerLabel: sentences.map(({ length }) => length),
    activation: model.activation,
    logitScale: model.logitScale,
    logitBias: model.logitBias,
  };
}
