import type { HeadName } from '../detector-settings.js';
import { anchorGridHead } from './anchor-grid-head.js';
import { detrHead } from './detr-head.js';
import type { Head, HeadContext } from './head.js';
import { ssdHead } from './ssd-head.js';
import { yolov5Head } from './yolov5-head.js';
import { yolov8Head } from './yolov8-head.js';
import { yoloxHead } from './yolox-head.js';

const heads: Readonly<Record<HeadName, (context: HeadContext) => Head>> = {
  yolox: yoloxHead,
  'yolox-decoded': yolov5Head,
  yolov8: yolov8Head,
  yolov5: yolov5Head,
  yolov4: anchorGridHead,
  yolov3: anchorGridHead,
  ssd: ssdHead,
  detr: detrHead,
};

/** Makes the reader of a model's answers. @throws {MediaError} `ERR_MODEL_CONFIG` where the file contradicts the settings. */
export function createHead(context: HeadContext): Head {
  return heads[context.head](context);
}
