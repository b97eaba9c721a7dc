import type { KnownModel, Speed, SpeedClass } from './known-model.js';

const REPOSITORY = 'https://github.com/mlfoundations/open_clip/blob/main';

/** Weights in open_clip's own layout. Their scales are open: converting them measures it. */
const model = (
  name: string,
  source: string,
  percent: number,
  speed: readonly [SpeedClass, gigaflops: number],
): KnownModel => ({
  name,
  task: 'clip',
  conversion: { kind: 'clip', source },
  licence: 'MIT',
  activation: 'softmax',
  promptTemplate: 'a photo of a {}',
  languages: ['en'],
  speed: speedOf(...speed),
  results: [
    {
      benchmark: 'ImageNet-1k, zero-shot',
      measure: 'top-1 accuracy',
      percent,
      source: `${REPOSITORY}/docs/openclip_results.csv`,
    },
  ],
});

/** Operations of the image tower. */
const speedOf = (speedClass: SpeedClass, gigaflops: number): Speed => ({
  class: speedClass,
  gigaflops,
  source: `${REPOSITORY}/docs/model_profile.csv`,
});

const B32 = ['fast', 8.82] as const;
const B16 = ['medium', 35.13] as const;
const L14 = ['slow', 162.03] as const;

/**
 * @see Schuhmann et al. 2022, arXiv:2210.08402 (LAION-2B)
 * @see Gadre et al. 2023, arXiv:2304.14108 (DataComp)
 */
export const openClip: readonly KnownModel[] = [
  model('laion2b-vit-base-patch32', 'laion/CLIP-ViT-B-32-laion2B-s34B-b79K', 66.56, B32),
  model('laion2b-vit-base-patch16', 'laion/CLIP-ViT-B-16-laion2B-s34B-b88K', 70.23, B16),
  model('laion2b-vit-large-patch14', 'laion/CLIP-ViT-L-14-laion2B-s32B-b82K', 75.25, L14),
  model('datacomp-vit-base-patch32', 'laion/CLIP-ViT-B-32-DataComp.XL-s13B-b90K', 69.17, B32),
  model('datacomp-vit-base-patch16', 'laion/CLIP-ViT-B-16-DataComp.XL-s13B-b90K', 73.49, B16),
  model('datacomp-vit-large-patch14', 'laion/CLIP-ViT-L-14-DataComp.XL-s13B-b90K', 79.21, L14),
];
