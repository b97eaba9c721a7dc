import { MediaError } from '@deepffmpeg/core';
import type { Candidate } from '../candidate.js';
import { bestClass } from './best-class.js';
import { centredBox } from './centred-box.js';
import { outputData, soleOutput } from './checked-output.js';
import type { Head, HeadContext } from './head.js';

/**
 * Reads YOLOX: `[batch, cells, 5 + classes]`, for each cell of the grids, rows top to bottom, one grid after the other: centre from the
 * cell's corner in cells, logarithm of the size in cells, objectness and classes as probabilities.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG` where the file declares other sizes.
 * @see Ge et al. 2021, arXiv:2107.08430; `demo_postprocess` of its reference code
 */
export function yoloxHead(context: HeadContext): Head {
  const { path, labels, confidence } = context;
  const cells = gridCells(context);
  const row = 5 + labels.length;
  const output = soleOutput(
    context,
    [undefined, cells.length, row],
    `[batch, ${cells.length}, ${row}] (cells of strides ${context.strides.join(', ')}, 5 + ${labels.length} labels)`,
  );

  return {
    fetches: [output.name],
    repeatsObjects: true,
    decode(results, pictures) {
      const { data } = outputData(results, output, [pictures, cells.length, row], path);
      return Array.from({ length: pictures }, (_, picture) =>
        cells.flatMap((cell, i) => {
          const start = (picture * cells.length + i) * row;
          const objectness = data[start + 4]!; // in range, as all below: the shape was checked
          if (objectness < confidence) return []; // no class has more than 1
          const { classIndex, value } = bestClass(data, start + 5, labels.length);
          const score = objectness * value;
          return score < confidence ? [] : [candidateOf(cell, data, start, classIndex, score)];
        }),
      );
    },
  };
}

interface Cell {
  readonly column: number;
  readonly row: number;
  /** Pixels. */
  readonly stride: number;
}

function gridCells({ path, width, height, strides }: HeadContext): Cell[] {
  return strides.flatMap((stride) => {
    if (width % stride !== 0 || height % stride !== 0) {
      throw new MediaError(
        'ERR_MODEL_CONFIG',
        `${path} takes pictures of ${width}x${height}, which a grid of stride ${stride} does not divide: correct strides or inputSize`,
      );
    }
    const columns = width / stride;
    return Array.from({ length: columns * (height / stride) }, (_, i) => ({
      column: i % columns,
      row: Math.floor(i / columns),
      stride,
    }));
  });
}

function candidateOf(
  { column, row, stride }: Cell,
  data: Float32Array,
  start: number,
  classIndex: number,
  score: number,
): Candidate {
  const [x, y] = [(data[start]! + column) * stride, (data[start + 1]! + row) * stride];
  const [width, height] = [Math.exp(data[start + 2]!) * stride, Math.exp(data[start + 3]!) * stride];
  return { classIndex, score, ...centredBox(x, y, width, height) };
}
