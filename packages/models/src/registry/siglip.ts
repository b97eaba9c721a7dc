import type { KnownModel } from './known-model.js';

const common = {
  task: 'clip',
  licence: 'Apache-2.0',
  activation: 'sigmoid',
  promptTemplate: 'This is a photo of {}.',
  speed: {
    class: 'medium',
    gigaflops: 35.42,
    source: 'https://github.com/mlfoundations/open_clip/blob/main/docs/model_profile.csv, ViT-B-16-SigLIP',
  },
  preprocessing: '224 x 224 pixels without regard to shape, to -1 to 1; texts filled up to 64 tokens',
} as const;

/**
 * @see Zhai et al. 2023, arXiv:2303.15343 (SigLIP)
 * @see Tschannen et al. 2025, arXiv:2502.14786 (SigLIP 2)
 */
export const sigLip: readonly KnownModel[] = [
  {
    ...common,
    name: 'siglip-base',
    repository: 'Xenova/siglip-base-patch16-224',
    revision: '294847d6b5fe86c91330269da98ce112d6c75e7e',
    sizes: {
      fp32: { vision_model: 372_000_000, text_model: 441_000_000, model: 813_000_000 },
      fp16: { vision_model: 186_142_673, text_model: 221_000_000 },
      q8: { vision_model: 99_500_000, text_model: 111_000_000 },
    },
    results: [
      {
        benchmark: 'ImageNet-1k, zero-shot',
        measure: 'top-1 accuracy',
        percent: 76.04,
        source:
          'https://github.com/mlfoundations/open_clip/blob/main/docs/openclip_results.csv, ViT-B-16-SigLIP',
      },
    ],
    languages: ['en'],
  },
  {
    ...common,
    name: 'siglip2-base',
    repository: 'onnx-community/siglip2-base-patch16-224-ONNX',
    revision: 'ba1f3b0843f24bc5417d38e19c37b287d719b2f4',
    sizes: { fp16: { vision_model: 186_039_516, text_model: 564_862_230 } },
    logitScale: 112.66889953613281, // exp(4.724453449249268), both as the joint onnx/model.onnx of this revision holds them
    logitBias: -16.771724700927734,
    languages: ['many'],
    results: [
      {
        benchmark: 'ImageNet-1k, zero-shot',
        measure: 'top-1 accuracy',
        percent: 78.2,
        source: 'arXiv:2502.14786, table 1',
      },
    ],
  },
];
