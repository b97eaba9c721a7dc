import { MediaError } from '@deepffmpeg/core';
import { describeTensors, type TensorInfo } from '@deepffmpeg/models';
import type { Candidate } from '../candidate.js';
import { bestClass } from './best-class.js';
import { centredBox } from './centred-box.js';
import { outputData } from './checked-output.js';
import type { Head, HeadContext } from './head.js';

/**
 * Reads DETR, RT-DETR and their kin, as transformers exports them: `logits` and `pred_boxes` `[batch, queries, 4]`, centre and size
 * from 0 to 1. Logits `[batch, queries, classes + 1]` go through a softmax whose last class is "no object"; `[batch, queries,
 * classes]` through a sigmoid. Each object comes once.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG` where the file declares other outputs.
 * @see Carion et al. 2020, arXiv:2005.12872; Zhao et al. 2023, arXiv:2304.08069
 */
export function detrHead(context: HeadContext): Head {
  const { path, labels, confidence, width, height } = context;
  const { logits, boxes, isSoftmax } = findOutputs(context);
  const classes = labels.length + (isSoftmax ? 1 : 0);

  return {
    fetches: [logits.name, boxes.name],
    repeatsObjects: false,
    decode(results, pictures) {
      const scores = outputData(results, logits, [pictures, undefined, classes], path);
      const queries = scores.shape[1]!; // three sizes were checked
      const { data } = outputData(results, boxes, [pictures, queries, 4], path);
      return Array.from({ length: pictures }, (_, picture) => {
        const candidates: Candidate[] = [];
        for (let row = picture * queries; row < (picture + 1) * queries; row++) {
          const { classIndex, value } = bestClass(scores.data, row * classes, labels.length);
          const all = scores.data.subarray(row * classes, (row + 1) * classes);
          const score = isSoftmax ? softmaxOf(value, all) : 1 / (1 + Math.exp(-value));
          if (score < confidence) continue;
          const at = (i: number) => data[4 * row + i]!; // a row has 4
          const box = centredBox(at(0) * width, at(1) * height, at(2) * width, at(3) * height);
          candidates.push({ classIndex, score, ...box });
        }
        return candidates;
      });
    },
  };
}

/** The probability of one of these logits. */
function softmaxOf(logit: number, all: Float32Array): number {
  return 1 / all.reduce((sum, other) => sum + Math.exp(other - logit), 0);
}

function findOutputs({ path, outputs, labels }: HeadContext) {
  const named = (name: RegExp) => outputs.find((output) => name.test(output.name) && isTable(output));
  const logits = named(/logits/);
  const boxes = named(/boxes/);
  const classes = logits?.shape[2];
  const isSoftmax = classes === labels.length + 1;
  const areBoxes = typeof boxes?.shape[2] === 'string' || boxes?.shape[2] === 4;
  if (logits && boxes && areBoxes && (isSoftmax || classes === labels.length))
    return { logits, boxes, isSoftmax };
  throw new MediaError(
    'ERR_MODEL_CONFIG',
    `${path} gives ${describeTensors(outputs) || 'nothing'}; the head detr was expected to give float32 "logits" ` +
      `[batch, queries, ${labels.length} or ${labels.length + 1}] (${labels.length} labels, and perhaps "no object") and "boxes" ` +
      '[batch, queries, 4]: name the head that the model has, and as many labels as it has classes',
  );
}

const isTable = ({ type, shape }: TensorInfo) => type === 'float32' && shape.length === 3;
