import type { KnownModel } from './known-model.js';

const DARKNET = 'https://github.com/AlexeyAB/darknet#pre-trained-models';
const YOLOV8 = 'https://docs.ultralytics.com/models/yolov8/';

/** Detectors whose authors publish no ONNX files. */
export const otherYolo: readonly KnownModel[] = [
  {
    name: 'yolov4-tiny',
    task: 'detect',
    elsewhere: {
      url: 'https://github.com/AlexeyAB/darknet/releases/download/darknet_yolo_v4_pre/yolov4-tiny.weights',
      conversion: 'bring it to ONNX with its grids not decoded',
      // yolov4-tiny.cfg: the masks 3,4,5 and 1,2,3 of its anchors
      use: '--detect-model yolov4-tiny.onnx --detect-head yolov4 --anchors "23&27&37&58&81&82&81&82&135&169&344&319"',
    },
    speed: { class: 'fast', gigaflops: 6.9, source: DARKNET },
    licence: 'public domain (YOLO LICENSE 2)',
    results: [{ benchmark: 'COCO', measure: 'AP at 0.5 overlap', percent: 40.2, source: DARKNET }],
    preprocessing: '416 x 416 pixels, stretched, 0 to 1, RGB',
  },
  {
    name: 'yolov8n',
    task: 'detect',
    elsewhere: {
      url: YOLOV8,
      conversion:
        'make the file with "yolo export model=yolov8n.pt format=onnx" of the Python package ultralytics',
      use: '--detect-model yolov8n.onnx --detect-head yolov8',
    },
    speed: { class: 'fast', gigaflops: 8.7, source: YOLOV8 },
    licence: 'AGPL-3.0',
    results: [{ benchmark: 'COCO val2017', measure: 'AP', percent: 37.3, source: YOLOV8 }],
    preprocessing: '640 x 640 pixels, letterbox, 0 to 1, RGB',
  },
];
