import { MediaError } from '@deepffmpeg/core';
import * as z from 'zod';
import { cocoLabels } from './coco-labels.js';

/** How a model lays out its answer; the README has the shapes. */
export type HeadName = (typeof headNames)[number];

export const headNames = [
  'yolox',
  'yolox-decoded',
  'yolov8',
  'yolov5',
  'yolov4',
  'yolov3',
  'ssd',
  'detr',
] as const;

/** How a picture of another shape is brought into the network's: by a border (to the right and below, or all round), or squashed. */
export type Fit = 'letterbox-top-left' | 'letterbox-centre' | 'stretch';

/**
 * How a picture is resized: as OpenCV's `INTER_LINEAR` does, from four neighbours even where it shrinks, or as Pillow's `BILINEAR`
 * does, from all pixels that fall into one.
 */
export type Resize = 'bilinear' | 'antialiased-bilinear';

/** Width and height in pixels of the network's input. */
export type Anchor = readonly [width: number, height: number];

/** What a model's file does not tell; options of `openDetector`, or `"detect"` in the model's `deepffmpeg.json`. */
export interface DetectorSettings {
  readonly head: HeadName;
  /** The name of each class, in the model's order. @defaultValue COCO's 80 */
  readonly labels: readonly string[];
  /** In which order the network takes the colours. @defaultValue 'BGR' for yolox and yolox-decoded, else 'RGB' */
  readonly channels: 'RGB' | 'BGR';
  /** The network takes `(value * scale - mean) / std` of values from 0 to 255. @defaultValue 1 for yolox and yolox-decoded, else 1/255 */
  readonly scale: number;
  /** One for each channel, in the network's order. @defaultValue 0, 0, 0 */
  readonly mean: readonly [number, number, number];
  /** @defaultValue 1, 1, 1 */
  readonly std: readonly [number, number, number];
  /** @defaultValue 'letterbox-top-left' for yolox and yolox-decoded, 'letterbox-centre' for yolov8 and yolov5, else 'stretch' */
  readonly fit: Fit;
  /** What the model was trained behind. @defaultValue 'antialiased-bilinear' for detr, else 'bilinear' */
  readonly resize: Resize;
  /** Value of the border, 0 to 255. @defaultValue 114 */
  readonly letterboxValue: number;
  /** Pixels of the input a cell of each grid, in the order of the output. @defaultValue 8, 16, 32 */
  readonly strides: readonly number[];
  /** Of yolov4 and yolov3: grid after grid, as many for each, in the order of the channels. */
  readonly anchors?: readonly Anchor[] | undefined;
  /**
   * Of yolov4 and yolov3: darknet's `scale_x_y`, by how much centres reach over the edges of their cell; one for all grids, or one for
   * each from the finest to the coarsest. @defaultValue as darknet's files: for yolov4 1.05, with three grids 1.2, 1.1 and 1.05; for yolov3 1
   */
  readonly scaleXY?: readonly number[] | undefined;
  /** Pixels, where the network's file leaves it open. */
  readonly inputSize?: { readonly width: number; readonly height: number } | undefined;
}

/** These settings as far as they are given. */
export type DetectorChoice = {
  readonly [Setting in keyof DetectorSettings]?: DetectorSettings[Setting] | undefined;
};

const triple = z.tuple([z.number(), z.number(), z.number()]);
const divisor = z.number().positive();
const side = z.int().min(1).max(8192);

/** Checks settings from either place; all may be left out. */
export const settingsSchema = z.strictObject({
  head: z.enum(headNames).optional(),
  labels: z.array(z.string().trim().min(1)).min(1).max(100_000).optional(),
  channels: z.enum(['RGB', 'BGR']).optional(),
  scale: z.number().positive().optional(),
  mean: triple.optional(),
  std: z.tuple([divisor, divisor, divisor]).optional(),
  fit: z.enum(['letterbox-top-left', 'letterbox-centre', 'stretch']).optional(),
  resize: z.enum(['bilinear', 'antialiased-bilinear']).optional(),
  letterboxValue: z.int().min(0).max(255).optional(),
  strides: z.array(z.int().min(1).max(1024)).min(1).max(8).optional(),
  anchors: z
    .array(z.tuple([divisor, divisor]))
    .min(1)
    .max(1000)
    .optional(),
  scaleXY: z.array(z.number().min(1).max(3)).min(1).max(8).optional(),
  inputSize: z.strictObject({ width: side, height: side }).optional(),
}) satisfies z.ZodType<DetectorChoice>;

type HeadDefaults = Pick<DetectorSettings, 'channels' | 'scale' | 'fit' | 'resize'>;

const yoloxDefaults: HeadDefaults = {
  channels: 'BGR',
  scale: 1,
  fit: 'letterbox-top-left',
  resize: 'bilinear',
};
const ultralyticsDefaults: HeadDefaults = {
  channels: 'RGB',
  scale: 1 / 255,
  fit: 'letterbox-centre',
  resize: 'bilinear',
};
const darknetDefaults: HeadDefaults = { ...ultralyticsDefaults, fit: 'stretch' };

/** How the models that each head comes from were trained. */
const headDefaults: Readonly<Record<HeadName, HeadDefaults>> = {
  yolox: yoloxDefaults,
  'yolox-decoded': yoloxDefaults,
  yolov8: ultralyticsDefaults,
  yolov5: ultralyticsDefaults,
  yolov4: darknetDefaults,
  yolov3: darknetDefaults,
  ssd: darknetDefaults,
  detr: { ...darknetDefaults, resize: 'antialiased-bilinear' },
};

/**
 * Joins the settings of both places; options go before the model's own file. Anchors are of yolov4, where neither names a head.
 *
 * @throws {MediaError} `ERR_MODEL_CONFIG` for settings that the head has no use for.
 */
export function mergeSettings(options: DetectorChoice, file: DetectorChoice | undefined): DetectorChoice {
  const merged = { ...file, ...defined(options) };
  const head = merged.head ?? (merged.anchors && 'yolov4');
  const idle = (['anchors', 'scaleXY'] as const).find((name) => merged[name] !== undefined);
  if (idle !== undefined && head !== undefined && head !== 'yolov4' && head !== 'yolov3')
    throw new MediaError(
      'ERR_MODEL_CONFIG',
      `${idle} is of the heads yolov4 and yolov3, and the head is ${head}: leave it out`,
    );
  return { ...merged, ...(head && { head }) };
}

/** Fills in what is left open by the defaults of the head. */
export function completeSettings(given: DetectorChoice, head: HeadName): DetectorSettings {
  return {
    labels: cocoLabels,
    mean: [0, 0, 0],
    std: [1, 1, 1],
    letterboxValue: 114,
    strides: [8, 16, 32],
    ...headDefaults[head],
    ...given,
    head,
  };
}

/** Leaves out fields that are there but `undefined`, so that they do not hide a default. */
function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T; // same fields, fewer
}
