import type { KnownModel, SpeedClass } from './known-model.js';

/** A file of the release, with what the authors say of it. */
const model = (
  name: string,
  percent: number,
  side: number,
  [speedClass, gigaflops]: readonly [SpeedClass, number],
  bytes?: number,
): KnownModel => {
  const file = `${name.replace('-', '_')}.onnx`;
  const source = 'https://github.com/Megvii-BaseDetection/YOLOX/blob/main/demo/ONNXRuntime/README.md';
  return {
    name,
    task: 'detect',
    elsewhere: {
      url: `https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0/${file}`,
      use: `--detect-model ${file} --detect-head yolox`,
    },
    ...(bytes !== undefined && { sizes: { fp32: { model: bytes } } }),
    speed: { class: speedClass, gigaflops, source },
    licence: 'Apache-2.0',
    results: [{ benchmark: 'COCO val2017', measure: 'AP', percent, source }],
    preprocessing: `${side} x ${side} pixels, letterbox, 0 to 255, BGR`,
  };
};

/** @see Ge et al. 2021, arXiv:2107.08430; https://github.com/Megvii-BaseDetection/YOLOX */
export const yolox: readonly KnownModel[] = [
  model('yolox-nano', 25.8, 416, ['fast', 1.08]),
  model('yolox-tiny', 32.8, 416, ['fast', 6.45]),
  model('yolox-s', 40.5, 640, ['medium', 26.8], 35_858_002),
];
