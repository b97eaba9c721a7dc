import type { Picture } from '@deepffmpeg/core';
import type { Colour } from './colour.js';

/** Pixels: whole numbers. It may reach beyond the picture. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How much of each pixel a shape covers, 0 to 255, `[height, width]`. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A copy of a picture that can be drawn on. What reaches beyond its edges is cut off. */
export class Canvas implements Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;

  constructor({ width, height, data }: Picture) {
    this.width = width;
    this.height = height;
    this.data = new Uint8Array(data);
  }

  fill({ left, top, width, height }: Rectangle, colour: Colour): void {
    const [x0, x1] = [Math.max(0, left), Math.min(this.width, left + width)];
    const [y0, y1] = [Math.max(0, top), Math.min(this.height, top + height)];
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) this.#blend(3 * (y * this.width + x), colour, colour.alpha);
    }
  }

  /** The lines along a rectangle's edges, within it. */
  outline({ left, top, width, height }: Rectangle, lineWidth: number, colour: Colour): void {
    const [across, down] = [Math.min(lineWidth, width), Math.min(lineWidth, height)];
    const inner = { top: top + down, height: Math.max(0, height - 2 * down) };
    this.fill({ left, top, width, height: down }, colour);
    this.fill({ left, top: inner.top + inner.height, width, height: Math.min(down, height - down) }, colour);
    this.fill({ left, width: across, ...inner }, colour);
    this.fill(
      { left: left + Math.max(across, width - across), width: Math.min(across, width - across), ...inner },
      colour,
    );
  }

  /** Draws a shape in one colour. */
  stamp({ width, height, data }: Mask, left: number, top: number, colour: Colour): void {
    const [x0, x1] = [Math.max(0, -left), Math.min(width, this.width - left)];
    const [y0, y1] = [Math.max(0, -top), Math.min(height, this.height - top)];
    for (let y = y0; y < y1; y++) {
      const row = 3 * ((top + y) * this.width + left);
      for (let x = x0; x < x1; x++) {
        const cover = data[y * width + x]!; // within the mask
        if (cover > 0) this.#blend(row + 3 * x, colour, (cover * colour.alpha) / 255);
      }
    }
  }

  /** `at` lies within the picture. */
  #blend(at: number, { red, green, blue }: Colour, alpha: number): void {
    const { data } = this;
    const share = alpha / 255;
    data[at] = data[at]! + (red - data[at]!) * share + 0.5;
    data[at + 1] = data[at + 1]! + (green - data[at + 1]!) * share + 0.5;
    data[at + 2] = data[at + 2]! + (blue - data[at + 2]!) * share + 0.5;
  }
}
