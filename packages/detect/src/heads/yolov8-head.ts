import type { Candidate } from '../candidate.js';
import { bestClasses } from './best-classes.js';
import { centredBox } from './centred-box.js';
import { outputData, soleOutput } from './checked-output.js';
import type { Head, HeadContext } from './head.js';

/**
 * Reads YOLOv8, YOLO11 and their kin: `[batch, 4 + classes, boxes]`, centre and size in pixels of the input, classes as
 * probabilities, no objectness.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG` where the file declares other sizes.
 * @see https://docs.ultralytics.com/models/yolov8/
 */
export function yolov8Head(context: HeadContext): Head {
  const { path, labels, confidence } = context;
  const rows = 4 + labels.length;
  const meaning = `[batch, ${rows}, boxes] (4 + ${labels.length} labels)`;
  const output = soleOutput(context, [undefined, rows, undefined], meaning);

  return {
    fetches: [output.name],
    repeatsObjects: true,
    decode(results, pictures) {
      const { data, shape } = outputData(results, output, [pictures, rows, undefined], path);
      const boxes = shape[2]!; // three sizes were checked
      return Array.from({ length: pictures }, (_, picture) => {
        const candidates: Candidate[] = [];
        const table = data.subarray(picture * rows * boxes, (picture + 1) * rows * boxes);
        const { classes, scores } = bestClasses(table.subarray(4 * boxes), boxes);
        for (let box = 0; box < boxes; box++) {
          const score = scores[box]!; // in range, as below
          if (score < confidence) continue;
          const at = (row: number) => table[row * boxes + box]!;
          candidates.push({ classIndex: classes[box]!, score, ...centredBox(at(0), at(1), at(2), at(3)) });
        }
        return candidates;
      });
    },
  };
}
