import { type EncodedLabelSet, labelSetOf, type PromptSet } from '@deepffmpeg/core';
import type { ClipModel } from './clip-model.js';
import { fillTemplate } from './fill-template.js';

/** What of a model is needed to encode labels. */
export type TextModel = Pick<
  ClipModel,
  'id' | 'activation' | 'logitScale' | 'logitBias' | 'promptTemplate' | 'encodeTexts'
>;

export interface EncodeLabelsOptions {
  /** For labels without sentences; `{}` stands for the label. @defaultValue the model's own */
  readonly template?: string;
  readonly signal?: AbortSignal;
}

/**
 * Has a model read a label set: sentences as they are, labels without any in the template.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS` when the template lacks `{}`; what `encodeTexts` throws.
 */
export async function encodeLabels(
  model: TextModel,
  prompts: PromptSet,
  { template = model.promptTemplate, signal }: EncodeLabelsOptions = {},
): Promise<EncodedLabelSet> {
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
