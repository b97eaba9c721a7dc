/** Decoded pixels. A `VideoFrame` is one, with its place in time. */
export interface Picture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** RGB24, uint8, `[height, width, 3]`, rows top to bottom without padding. */
  readonly data: Uint8Array;
}

/** How the pixels around one are weighted; both kernels widen where a picture shrinks (antialiasing). */
export type ResizeKernel = 'bicubic' | 'bilinear';

/**
 * The size that a consumer wants, in pixels: both sides given (the picture is squashed), or the shorter
 * one (the longer keeps the proportion, rounded down), with an optional crop of the centre.
 */
export type PictureSize = {
  /** @defaultValue 'bicubic' */
  readonly kernel?: ResizeKernel | undefined;
} & (
  | { readonly width: number; readonly height: number }
  | {
      readonly shortestEdge: number;
      readonly crop?: { readonly width: number; readonly height: number } | undefined;
    }
);
