import { parseOptions, type ReportLabelsOptions } from '@deepffmpeg/core';
import * as z from 'zod';
import { type Colour, parseColour } from './colour.js';

/** How objects are drawn. Colours are those of CSS: names, `#rrggbb`, `#rrggbbaa`. */
export interface OverlayStyle {
  /** Of the line around an object. @defaultValue 'red' */
  readonly boxColor?: string | undefined;
  /** Stands on a plate of black or white, whichever it shows on better. @defaultValue 'yellow' */
  readonly textColor?: string | undefined;
  /** Of the line around the plate. @defaultValue the text's */
  readonly borderColor?: string | undefined;
  /** Pixels, 6 to 200; lines are a tenth as wide. @defaultValue 20 */
  readonly fontSize?: number | undefined;
  /** Of an object's scores, labels from this probability on are written, 0 to 1. @defaultValue 0.3 */
  readonly confidence?: number | undefined;
  /** Of an object's scores, so many labels of each label set are written at most; at least 1. @defaultValue 4 */
  readonly mostLabels?: number | undefined;
}

/** A style with nothing left open. */
export interface ParsedStyle {
  readonly box: Colour;
  readonly text: Colour;
  readonly border: Colour;
  readonly fontSize: number;
  /** Which of an object's scores are written. */
  readonly reported: ReportLabelsOptions;
}

const colourSchema = z.string().transform((text, context) => {
  const colour = parseColour(text);
  if (colour !== undefined) return colour;
  const message = `a colour was expected, such as red, #ff0000 or #ff000080, not ${JSON.stringify(text.slice(0, 40))}`;
  context.issues.push({ code: 'custom', message, input: text });
  return z.NEVER;
});
const yellow = { red: 255, green: 255, blue: 0, alpha: 255 };
const styleSchema = z.strictObject({
  boxColor: colourSchema.default({ red: 255, green: 0, blue: 0, alpha: 255 }),
  textColor: colourSchema.default(yellow),
  borderColor: colourSchema.optional(),
  fontSize: z.int().min(6).max(200).default(20),
  confidence: z.number().min(0).max(1).default(0.3),
  mostLabels: z.int().min(1).optional(),
}) satisfies z.ZodType<unknown, OverlayStyle>;

/** Makes sure that a style can be drawn. @throws {MediaError} `ERR_INVALID_OPTIONS` */
export function checkOverlayStyle(style: OverlayStyle): void {
  parseStyle(style);
}

/** @throws {MediaError} `ERR_INVALID_OPTIONS` */
export function parseStyle(style: OverlayStyle): ParsedStyle {
  const {
    boxColor: box,
    textColor: text,
    borderColor: border = text,
    fontSize,
    ...reported
  } = parseOptions(styleSchema, style);
  return { box, text, border, fontSize, reported };
}
