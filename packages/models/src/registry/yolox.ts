import type { KnownModel } from './known-model.js';

/** @see Ge et al. 2021, arXiv:2107.08430; https://github.com/Megvii-BaseDetection/YOLOX */
export const yolox: readonly KnownModel[] = [
  {
    name: 'yolox-s',
    task: 'detect',
    elsewhere: {
      url: 'https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0/yolox_s.onnx',
      use: '--detect-model yolox_s.onnx --detect-head yolox',
    },
    sizes: { fp32: { model: 35_858_002 } },
    licence: 'Apache-2.0',
    results: [
      {
        benchmark: 'COCO val2017',
        measure: 'AP',
        percent: 40.5,
        source: 'https://github.com/Megvii-BaseDetection/YOLOX#benchmark',
      },
    ],
    preprocessing: '640 x 640 pixels, letterbox, 0 to 255, BGR',
  },
];
