import type { Candidate } from '../candidate.js';
import { type AnchorGrid, anchorGrids } from './anchor-grids.js';
import { bestClass } from './best-class.js';
import { centredBox } from './centred-box.js';
import { outputData } from './checked-output.js';
import type { Head, HeadContext } from './head.js';

/**
 * Reads YOLOv3 and YOLOv4 (also tiny) before decoding: an output for each grid, whose cells hold for each anchor the centre, the
 * logarithm of the size in anchors, objectness and classes; all but the sizes are before the sigmoid.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG` where the outputs do not fit labels, strides and anchors.
 * @see Redmon and Farhadi 2018, arXiv:1804.02767, section 2.1; Bochkovskiy et al. 2020, arXiv:2004.10934
 */
export function anchorGridHead(context: HeadContext): Head {
  const row = 5 + context.labels.length;
  const grids = anchorGrids(context, row);

  return {
    fetches: grids.map(({ output }) => output.name),
    repeatsObjects: true,
    decode(results, pictures) {
      const found = Array.from({ length: pictures }, (): Candidate[] => []);
      for (const grid of grids) {
        const { output, rows, columns, isChannelsFirst, anchors } = grid;
        const channels = anchors.length * row;
        const sizes = isChannelsFirst ? [channels, rows, columns] : [rows, columns, channels];
        const { data } = outputData(results, output, [pictures, ...sizes], context.path);
        const length = channels * rows * columns;
        found.forEach((candidates, picture) => {
          const part = data.subarray(picture * length, (picture + 1) * length);
          for (const candidate of candidatesIn(part, grid, row, context)) candidates.push(candidate);
        });
      }
      return found;
    },
  };
}

function* candidatesIn(
  data: Float32Array,
  { rows, columns, isChannelsFirst, anchors, scaleXY }: AnchorGrid,
  row: number,
  { labels, confidence, width, height }: HeadContext,
): Generator<Candidate> {
  const cells = rows * columns;
  const withinCell = (value: number) => (sigmoid(value) - 0.5) * scaleXY + 0.5;
  const step = isChannelsFirst ? cells : 1; // from one number of a box to the next
  for (let cell = 0; cell < cells; cell++) {
    for (const [i, [anchorWidth, anchorHeight]] of anchors.entries()) {
      const start = isChannelsFirst ? i * row * cells + cell : (cell * anchors.length + i) * row;
      const at = (field: number) => data[start + field * step]!; // in range: the shape was checked
      const objectness = sigmoid(at(4));
      if (objectness < confidence) continue; // no class has more than 1
      const { classIndex, value } = bestClass(data, start + 5 * step, labels.length, step);
      const score = objectness * sigmoid(value);
      if (score < confidence) continue;
      const x = ((cell % columns) + withinCell(at(0))) * (width / columns);
      const y = (Math.floor(cell / columns) + withinCell(at(1))) * (height / rows);
      const box = centredBox(x, y, Math.exp(at(2)) * anchorWidth, Math.exp(at(3)) * anchorHeight);
      yield { classIndex, score, ...box };
    }
  }
}

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
