import { MediaError } from '@deepffmpeg/core';
import { describeTensors, type TensorInfo } from '@deepffmpeg/models';
import type { Anchor } from '../detector-settings.js';
import type { HeadContext } from './head.js';
import { likelyHeads } from './likely-heads.js';

/** One grid of cells, an output of its own. */
export interface AnchorGrid {
  readonly output: TensorInfo;
  readonly rows: number;
  readonly columns: number;
  /** `[batch, channels, rows, columns]`, or `[batch, rows, columns, channels]`. */
  readonly isChannelsFirst: boolean;
  /** Of the boxes of a cell, in the order of the channels. */
  readonly anchors: readonly Anchor[];
  /** By how much centres reach over the edges of their cell; 1 for not at all. */
  readonly scaleXY: number;
}

/**
 * Joins a network's grids with anchors. Every grid has as many; the group with the largest goes with the coarsest grid, so that neither
 * the order of outputs nor that of groups matters. With one group for several grids, only the coarsest is read.
 *
 * @param row - numbers a box.
 * @throws {MediaError} `ERR_MODEL_CONFIG` where outputs, labels, strides or anchors do not fit.
 */
export function anchorGrids(context: HeadContext, row: number): AnchorGrid[] {
  const { anchors } = context;
  const grids = context.outputs.map((output) => gridOf(context, output, row));
  const [first] = grids;
  if (!first) throw mismatch(context, 'grids were expected');
  const { perCell } = first;
  if (grids.some((grid) => grid.perCell !== perCell))
    throw mismatch(context, 'as many boxes in every cell were expected');
  if (!anchors || (anchors.length !== perCell * grids.length && anchors.length !== perCell)) {
    throw mismatch(
      context,
      `${perCell} anchors for each of ${grids.length} grids were expected (or ${perCell}, for the coarsest alone), ` +
        `${anchors?.length ?? 'none'} came: give the option anchors, [width, height] in pixels of each`,
    );
  }
  const groups = Array.from({ length: anchors.length / perCell }, (_, i) =>
    anchors.slice(i * perCell, (i + 1) * perCell),
  ).toSorted((a, b) => areaOf(b) - areaOf(a));
  const fromCoarsest = grids.toSorted((a, b) => a.rows * a.columns - b.rows * b.columns);
  const scales = scalesOf(context, grids.length).toReversed();
  return groups.map((group, i) => ({ ...fromCoarsest[i]!, anchors: group, scaleXY: scales[i]! })); // no more groups than grids
}

/** `scale_x_y` of each grid, from the finest to the coarsest. */
function scalesOf(context: HeadContext, grids: number): readonly number[] {
  const { head, scaleXY = head === 'yolov4' ? (grids === 3 ? [1.2, 1.1, 1.05] : [1.05]) : [1] } = context;
  const [only] = scaleXY;
  if (only !== undefined && scaleXY.length === 1) return new Array<number>(grids).fill(only);
  if (scaleXY.length === grids) return scaleXY;
  throw mismatch(
    context,
    `scaleXY has ${scaleXY.length} numbers: one was expected, or one for each of ${grids} grids`,
  );
}

const areaOf = (anchors: readonly Anchor[]) =>
  anchors.reduce((sum, [width, height]) => sum + width * height, 0);

function gridOf(context: HeadContext, output: TensorInfo, row: number) {
  const { labels, strides, width, height } = context;
  const [, ...sizes] = output.shape;
  const isKnown =
    output.type === 'float32' && sizes.length === 3 && sizes.every((size) => typeof size === 'number');
  const [a, b, c] = sizes as [number, number, number]; // where `isKnown`
  const isGrid = (rows: number, columns: number, channels: number) =>
    channels % row === 0 && strides.some((stride) => rows * stride === height && columns * stride === width);
  if (isKnown && isGrid(b, c, a))
    return { output, rows: b, columns: c, perCell: a / row, isChannelsFirst: true };
  if (isKnown && isGrid(a, b, c))
    return { output, rows: a, columns: b, perCell: c / row, isChannelsFirst: false };
  throw mismatch(
    context,
    `grids of strides ${strides.join(', ')} over ${width}x${height} pixels were expected, with a whole number of boxes of ` +
      `5 + ${labels.length} labels a cell: name the head and the strides that the model has, and as many labels as it has classes`,
  );
}

function mismatch({ path, head, outputs, width, height }: HeadContext, problem: string): MediaError {
  const likely = likelyHeads(outputs, { width, height }).filter(
    (other) => other !== 'yolov4' && other !== 'yolov3',
  );
  const hint = likely.length > 0 ? `, which looks like ${likely.join(' or ')}` : '';
  return new MediaError(
    'ERR_MODEL_CONFIG',
    `${path} gives ${describeTensors(outputs) || 'nothing'}${hint}; for the head ${head}, which anchors are of, ${problem}`,
  );
}
