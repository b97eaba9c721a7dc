import type { Candidate } from '../candidate.js';
import { bestClass } from './best-class.js';
import { centredBox } from './centred-box.js';
import { outputData, soleOutput } from './checked-output.js';
import type { Head, HeadContext } from './head.js';

/**
 * Reads YOLOv5, YOLOv7, YOLOX exported with `--decode_in_inference` and what else decodes its grids itself: `[batch, boxes, 5 + classes]`, centre and size in pixels of the
 * input, objectness and classes as probabilities.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG` where the file declares other sizes.
 * @see https://github.com/ultralytics/yolov5
 */
export function yolov5Head(context: HeadContext): Head {
  const { path, labels, confidence } = context;
  const row = 5 + labels.length;
  const meaning = `[batch, boxes, ${row}] (5 + ${labels.length} labels)`;
  const output = soleOutput(context, [undefined, undefined, row], meaning);

  return {
    fetches: [output.name],
    repeatsObjects: true,
    decode(results, pictures) {
      const { data, shape } = outputData(results, output, [pictures, undefined, row], path);
      const boxes = shape[1]!; // three sizes were checked
      return Array.from({ length: pictures }, (_, picture) => {
        const candidates: Candidate[] = [];
        for (let box = 0; box < boxes; box++) {
          const start = (picture * boxes + box) * row;
          const at = (field: number) => data[start + field]!; // in range: the shape was checked
          const objectness = at(4);
          if (objectness < confidence) continue; // no class has more than 1
          const { classIndex, value } = bestClass(data, start + 5, labels.length);
          const score = objectness * value;
          if (score < confidence) continue;
          candidates.push({ classIndex, score, ...centredBox(at(0), at(1), at(2), at(3)) });
        }
        return candidates;
      });
    },
  };
}
