import type { TensorInfo } from '@deepffmpeg/models';
import type { HeadName } from '../detector-settings.js';

/** Which heads give outputs of these shapes, the likeliest first; none where nothing is known to look like it. */
export function likelyHeads(
  outputs: readonly TensorInfo[],
  input: { readonly width: number; readonly height: number },
): readonly HeadName[] {
  const [first] = outputs;
  if (outputs.some(({ name }) => /logits/.test(name)) && outputs.some(({ name }) => /boxes/.test(name)))
    return ['detr'];
  if (first && outputs.every(({ shape }) => shape.length === 4))
    return outputs.length === 1 && first.shape[3] === 7 ? ['ssd'] : ['yolov4', 'yolov3'];
  return first && outputs.length === 1 ? tableHeads(first.shape, input.width * input.height) : [];
}

/** Of heads that give one table: boxes are many, what is told of each are few numbers. */
function tableHeads([, rows, columns, ...more]: TensorInfo['shape'], area: number): readonly HeadName[] {
  if (typeof rows !== 'number' || typeof columns !== 'number' || more.length > 0) return [];
  if (rows < columns) return ['yolov8'];
  const cells = [8, 16, 32].reduce((sum, stride) => sum + area / stride ** 2, 0);
  return rows === cells ? ['yolox', 'yolox-decoded'] : ['yolov5'];
}
