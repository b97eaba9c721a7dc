import {
  checkPicture,
  type Detection,
  type Picture,
  qualifiedLabel,
  type ReportLabelsOptions,
  reportLabels,
} from '@deepffmpeg/core';
import { Canvas, type Mask, type Rectangle } from './canvas.js';
import { type Colour, plateFor } from './colour.js';
import { hasAreaIn } from './cut-picture.js';
import type { ParsedStyle } from './overlay-style.js';
import { TextRenderer } from './text-renderer.js';

/** Words that stand beside each other; the first gives way where the picture is too narrow. */
type Words = readonly string[];
type Line = readonly Mask[];

/** Draws objects in one style, and remembers the words that it has rendered: numbers change from frame to frame, but there are few of them. */
export class ObjectPainter {
  readonly #style: ParsedStyle;
  readonly #plate: Colour;
  readonly #renderer: TextRenderer;
  readonly #lineWidth: number;
  /** Around the text, and between words. */
  readonly #padding: number;
  readonly #gap: number;

  constructor(style: ParsedStyle) {
    this.#style = style;
    this.#plate = plateFor(style.text);
    this.#renderer = new TextRenderer(style.fontSize);
    this.#lineWidth = Math.max(1, Math.round(style.fontSize / 10));
    this.#padding = this.#lineWidth + Math.max(1, Math.round(style.fontSize / 10));
    this.#gap = Math.round(style.fontSize * 0.35);
  }

  /** A copy of the picture with the objects on it. */
  async draw(picture: Picture, objects: readonly Detection[]): Promise<Picture> {
    checkPicture(picture);
    const texts = await Promise.all(objects.map((object) => this.#renderText(object, picture.width)));
    const canvas = new Canvas(picture);
    const places = objects.map(({ region }) => rectangleOf(region, canvas));
    for (const place of places) if (place) canvas.outline(place, this.#lineWidth, this.#style.box);
    // The first are drawn last: they are the surest, and shall be read where texts overlap.
    for (const [i, place] of [...places.entries()].reverse())
      if (place) this.#write(canvas, texts[i]!, place); // one each
    return { width: canvas.width, height: canvas.height, data: canvas.data };
  }

  async #renderText(object: Detection, pictureWidth: number): Promise<Line[]> {
    const lines = await Promise.all(
      wordsOf(object, this.#style.reported).map((words) => this.#renderLine(words, pictureWidth)),
    );
    return lines.filter((line) => line.length > 0);
  }

  async #renderLine([first = '', ...rest]: Words, pictureWidth: number): Promise<Line> {
    const numbers = await Promise.all(rest.map((word) => this.#renderer.render(word)));
    const behind = numbers.filter((mask) => mask !== undefined);
    const taken = behind.reduce((sum, { width }) => sum + width + this.#gap, 2 * this.#padding);
    const label = await this.#renderer.render(first, pictureWidth - taken);
    return label === undefined ? behind : [label, ...behind];
  }

  /** Above the object, or within it where there is no room; always within the picture, as far as that is large enough. */
  #write(canvas: Canvas, lines: readonly Line[], { left, top }: Rectangle): void {
    if (lines.length === 0) return;
    const widthOf = (line: Line) =>
      line.reduce((sum, { width }) => sum + width, this.#gap * (line.length - 1));
    const width = Math.max(...lines.map(widthOf)) + 2 * this.#padding;
    const height = lines.length * this.#renderer.lineHeight + 2 * this.#padding;
    const x = Math.max(0, Math.min(left, canvas.width - width));
    const y = Math.max(0, Math.min(top - height < 0 ? top : top - height, canvas.height - height));
    const plate = { left: x, top: y, width, height };
    canvas.fill(plate, this.#plate);
    canvas.outline(plate, this.#lineWidth, this.#style.border);
    for (const [row, line] of lines.entries()) {
      let at = x + this.#padding;
      for (const mask of line) {
        canvas.stamp(mask, at, y + this.#padding + row * this.#renderer.lineHeight, this.#style.text);
        at += mask.width + this.#gap;
      }
    }
  }
}

/** What the detector took it for, and below that what a classifier made of it. */
function wordsOf(
  { label, confidence, region, scores = [] }: Detection,
  reported: ReportLabelsOptions,
): Words[] {
  const track = region.trackId === undefined ? [] : [String(region.trackId)];
  return [
    [label, ...track, confidence.toFixed(2)],
    ...scores
      .flatMap((one) => reportLabels(one, reported))
      .map(({ group, label, probability }) => [qualifiedLabel(group, label), probability.toFixed(2)]),
  ];
}

/** The pixels that a region touches; none where it lies outside or is no region. */
function rectangleOf(region: Detection['region'], picture: Picture): Rectangle | undefined {
  if (!hasAreaIn(region, picture)) return undefined;
  const { x, y, width, height } = region;
  const [left, top] = [Math.floor(x), Math.floor(y)];
  return { left, top, width: Math.ceil(x + width) - left, height: Math.ceil(y + height) - top };
}
