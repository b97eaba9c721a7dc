import type { KnownModel } from './known-model.js';

const common = {
  task: 'clap',
  licence: 'Apache-2.0',
  activation: 'softmax',
  promptTemplate: 'This is a sound of {}.',
  languages: ['en'],
  preprocessing: '48 kHz mono, 10 s at once, 64 mel bands',
} as const;

/** @see Wu et al. 2023, arXiv:2211.06687 */
export const laionClap: readonly KnownModel[] = [
  {
    ...common,
    name: 'clap-htsat-unfused',
    repository: 'Xenova/clap-htsat-unfused',
    revision: 'c28f2883575e590e04d3146ff0713c2448d691ba',
    sizes: {
      fp32: { audio_model: 118_000_000, text_model: 502_000_000, model: 619_000_000 },
      fp16: { audio_model: 60_400_000, text_model: 251_000_000 },
      q8: { audio_model: 34_300_000, text_model: 127_000_000 },
    },
    speed: {
      class: 'fast',
      source:
        'config.json: a Swin-T on 256 x 256, which Liu et al. 2021, arXiv:2103.14030, table 1, give 9 for 224 x 224',
    },
  },
  {
    ...common,
    name: 'larger-clap-general',
    repository: 'Xenova/larger_clap_general',
    sizes: {
      fp32: { audio_model: 282_000_000, text_model: 502_000_000, model: 783_000_000 },
      fp16: { audio_model: 143_000_000, text_model: 251_000_000 },
      q8: { audio_model: 78_200_000, text_model: 127_000_000 },
    },
    speed: {
      class: 'medium',
      source:
        'config.json: between the Swin-T and the Swin-B of Liu et al. 2021, arXiv:2103.14030, table 1 (9 and 31)',
    },
  },
];
