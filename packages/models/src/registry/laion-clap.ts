import type { KnownModel } from './known-model.js';

/** @see Wu et al. 2023, arXiv:2211.06687 */
export const laionClap: readonly KnownModel[] = [
  {
    name: 'clap-htsat-unfused',
    task: 'clap',
    repository: 'Xenova/clap-htsat-unfused',
    revision: 'c28f2883575e590e04d3146ff0713c2448d691ba',
    sizes: {
      fp32: { audio_model: 118_000_000, text_model: 502_000_000, model: 619_000_000 },
      fp16: { audio_model: 60_400_000, text_model: 251_000_000 },
      q8: { audio_model: 34_300_000, text_model: 127_000_000 },
    },
    licence: 'Apache-2.0',
    activation: 'softmax',
    promptTemplate: 'This is a sound of {}.',
    languages: ['en'],
    preprocessing: '48 kHz mono, 10 s at once, 64 mel bands',
  },
];
