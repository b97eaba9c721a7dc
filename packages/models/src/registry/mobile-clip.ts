import type { KnownModel } from './known-model.js';

/** @see Vasu et al. 2024, arXiv:2311.17049; https://github.com/apple/ml-mobileclip */
export const mobileClip: readonly KnownModel[] = [
  {
    name: 'mobileclip-s0',
    task: 'clip',
    repository: 'Xenova/mobileclip_s0',
    revision: '757d59c9c6870a76a4b0306f05f5061bca15c39f',
    sizes: {
      fp32: { vision_model: 45_543_630, text_model: 170_000_000 },
      fp16: { vision_model: 22_876_479 },
    },
    // Several who measured it found so.
    unusable: { q8: 'its image tower in 8 bits tells pictures apart badly; fp32 and fp16 are right' },
    speed: {
      class: 'fast',
      source: 'https://github.com/apple/ml-mobileclip: 4.8 times as fast as OpenAI’s ViT-B/16',
    },
    licence: 'Apple ML Research Model (apple-amlr)', // of use for research
    logitScale: 100, // as the authors' README multiplies
    activation: 'softmax',
    promptTemplate: 'a photo of a {}',
    padTo: 'max-length', // its text tower sees padding, and takes 77 tokens only
    languages: ['en'],
    results: [
      {
        benchmark: 'ImageNet-1k, zero-shot',
        measure: 'top-1 accuracy',
        percent: 67.8,
        source: 'https://github.com/apple/ml-mobileclip#evaluation',
      },
    ],
    preprocessing: 'short side to 256 pixels, centre crop, 0 to 1 without mean or deviation',
  },
];
