import type { KnownModel } from './known-model.js';

/** @see Elizalde et al. 2023, arXiv:2309.05767; https://github.com/microsoft/CLAP */
export const msClap: readonly KnownModel[] = [
  {
    name: 'ms-clap-2023',
    task: 'clap',
    conversion: { kind: 'clap', source: 'microsoft/msclap' },
    speed: {
      class: 'fast',
      source:
        'msclap/models/htsat.py: a Swin-T on 256 x 256, which Liu et al. 2021, arXiv:2103.14030, table 1, give 9 for 224 x 224',
    },
    licence: 'MS-PL', // as its page on the hub says; the code is MIT
    languages: ['en'],
    results: [
      {
        benchmark: 'ESC-50, zero-shot',
        measure: 'accuracy',
        percent: 93.9,
        source: 'https://github.com/microsoft/CLAP#examples',
      },
    ],
    preprocessing: '44.1 kHz mono, 7 s at once, 64 mel bands from 50 to 8000 Hz',
  },
];
