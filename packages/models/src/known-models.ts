/** What is known about a published model and does not stand in its own files. */
export interface KnownModel {
  /** Short name. */
  readonly name: string;
  /** Repository on the Hugging Face hub that holds the ONNX files. */
  readonly repository: string;
  readonly task: 'clip';
  /** The trained scale, already exponentiated. */
  readonly logitScale: number;
  /** The trained bias of a sigmoid model. */
  readonly logitBias?: number;
  readonly activation: 'softmax' | 'sigmoid';
  /** `{}` stands for the label. */
  readonly promptTemplate: string;
  /** Of the weights. */
  readonly licence: string;
}

/**
 * OpenAI clipped the scale at 100 in training, and all its published CLIP models end there.
 *
 * @see Radford et al. 2021, arXiv:2103.00020, section 2.5
 */
const openAiClip = {
  task: 'clip',
  logitScale: 100,
  activation: 'softmax',
  promptTemplate: 'a photo of a {}',
  licence: 'MIT',
} as const;

/** The registry: models whose every value is certain. */
export const knownModels: readonly KnownModel[] = [
  { name: 'clip-vit-base-patch32', repository: 'Xenova/clip-vit-base-patch32', ...openAiClip },
  { name: 'clip-vit-base-patch16', repository: 'Xenova/clip-vit-base-patch16', ...openAiClip },
  { name: 'clip-vit-large-patch14', repository: 'Xenova/clip-vit-large-patch14', ...openAiClip },
];
