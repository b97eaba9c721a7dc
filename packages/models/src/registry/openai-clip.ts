import type { KnownModel, Speed, SpeedClass } from './known-model.js';

/**
 * OpenAI clipped the scale at 100 in training, and all its published CLIP models end there.
 *
 * @see Radford et al. 2021, arXiv:2103.00020, section 2.5; ImageNet: table 11
 */
const common = {
  task: 'clip',
  licence: 'MIT',
  logitScale: 100,
  activation: 'softmax',
  promptTemplate: 'a photo of a {}',
  languages: ['en'],
  preprocessing: 'short side to 224 pixels (bicubic), centre crop, CLIP mean and deviation',
} as const;

const imageNet = (percent: number) => [
  {
    benchmark: 'ImageNet-1k, zero-shot',
    measure: 'top-1 accuracy',
    percent,
    source: 'arXiv:2103.00020, table 11',
  },
];

/** Operations of the image tower. */
const speed = (speedClass: SpeedClass, gigaflops: number): Speed => ({
  class: speedClass,
  gigaflops,
  source: 'https://github.com/mlfoundations/open_clip/blob/main/docs/model_profile.csv',
});

/** Sizes are those of the hub's pages of files and commits. */
export const openAiClip: readonly KnownModel[] = [
  {
    ...common,
    name: 'clip-vit-base-patch32',
    repository: 'Xenova/clip-vit-base-patch32',
    revision: '4c1807b705b1d015fb032789cc4d221b23025a6f',
    sizes: {
      fp32: { vision_model: 352_000_000, text_model: 254_000_000 },
      fp16: { vision_model: 176_000_000, text_model: 127_000_000 },
      q8: { vision_model: 89_100_000, text_model: 64_500_000 },
    },
    speed: speed('fast', 8.82),
    results: imageNet(63.2),
  },
  {
    ...common,
    name: 'clip-vit-base-patch16',
    repository: 'Xenova/clip-vit-base-patch16',
    sizes: {
      fp32: { vision_model: 345_060_583, text_model: 254_058_553 },
      q8: { vision_model: 87_461_602, text_model: 64_504_507 },
    },
    speed: speed('medium', 35.13),
    results: imageNet(68.6),
  },
  {
    ...common,
    name: 'clip-vit-large-patch14',
    repository: 'Xenova/clip-vit-large-patch14',
    revision: 'c307790166907339eed5a9a53a249af534102536',
    speed: speed('slow', 162.03),
    results: imageNet(75.3),
  },
];
