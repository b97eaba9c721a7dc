import type { Picture, ResizeKernel } from './picture.js';

/** Weights are whole numbers of 2^-22, so that a sum over 8-bit pixels fits 32 bits. */
const PRECISION_BITS = 22;
const ONE = 1 << PRECISION_BITS;
const HALF = ONE >> 1;

/** Which input pixels make each output pixel of one axis. */
export interface ResampleTaps {
  /** First input pixel, per output pixel; never falls. */
  readonly starts: Int32Array;
  /** Number of input pixels, per output pixel. */
  readonly counts: Int32Array;
  /** `[outputs, stride]`; each row sums to about `ONE`. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/** A range of pixels along one axis. */
interface Span {
  readonly first: number;
  readonly count: number;
}

/** A kernel's weight at a distance in pixels, 0 from `support` on. */
interface Kernel {
  readonly support: number;
  weight(distance: number): number;
}

const kernels: Readonly<Record<ResizeKernel, Kernel>> = {
  bicubic: { support: 2, weight: cubic },
  bilinear: { support: 1, weight: (distance) => Math.max(0, 1 - Math.abs(distance)) },
};

/** Weights of the output pixels `first` to `first + count` when an axis of `inputs` pixels gets `outputs`. */
export function resampleTaps(
  kernel: ResizeKernel,
  inputs: number,
  outputs: number,
  { first, count }: Span,
): ResampleTaps {
  const { weight, support: reach } = kernels[kernel];
  const scale = inputs / outputs;
  const stretch = Math.max(scale, 1); // shrinking widens the kernel, which is what antialiases
  const support = reach * stretch;
  const stride = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(count);
  const counts = new Int32Array(count);
  const weights = new Int32Array(count * stride);

  for (let i = 0; i < count; i++) {
    const center = (first + i + 0.5) * scale;
    const [start, end] =
      inputs === outputs // then a pixel is itself, and Pillow skips the pass
        ? [first + i, first + i + 1]
        : [
            Math.max(Math.trunc(center - support + 0.5), 0),
            Math.min(Math.trunc(center + support + 0.5), inputs),
          ];
    const values = Array.from({ length: end - start }, (_, k) =>
      weight((start + k - center + 0.5) / stretch),
    );
    const sum = values.reduce((a, b) => a + b, 0);
    weights.set(
      values.map((value) => roundAwayFromZero((value / sum) * ONE)),
      i * stride,
    );
    starts[i] = start;
    counts[i] = end - start;
  }
  return { starts, counts, weights, stride };
}

function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

const roundAwayFromZero = (x: number) => Math.trunc(x < 0 ? x - 0.5 : x + 0.5);

// Both passes visit every pixel of every still and crop: plain loops, whose indices are in range by construction.

/** Resamples the given rows (all without) from left to right. */
export function resampleAcross(picture: Picture, taps: ResampleTaps, rows?: Span): Picture {
  const { first, count } = rows ?? { first: 0, count: picture.height };
  const { starts, counts, weights, stride } = taps;
  const { data } = picture;
  const width = starts.length;
  const out = new Uint8ClampedArray(count * width * 3);
  let to = 0;
  for (let y = first; y < first + count; y++) {
    for (let x = 0; x < width; x++) {
      let from = (y * picture.width + starts[x]!) * 3;
      let [red, green, blue] = [HALF, HALF, HALF];
      for (let k = x * stride, end = k + counts[x]!; k < end; k++, from += 3) {
        const weight = weights[k]!;
        red += data[from]! * weight;
        green += data[from + 1]! * weight;
        blue += data[from + 2]! * weight;
      }
      out[to++] = red >> PRECISION_BITS;
      out[to++] = green >> PRECISION_BITS;
      out[to++] = blue >> PRECISION_BITS;
    }
  }
  return { width, height: count, data: new Uint8Array(out.buffer) };
}

/** Resamples the given columns (all without) from top to bottom. */
export function resampleDown(picture: Picture, taps: ResampleTaps, columns?: Span): Picture {
  const { first, count } = columns ?? { first: 0, count: picture.width };
  const { starts, counts, weights, stride } = taps;
  const { data } = picture;
  const height = starts.length;
  const rowLength = count * 3;
  const out = new Uint8ClampedArray(height * rowLength);
  const sums = new Int32Array(rowLength);
  for (let y = 0; y < height; y++) {
    sums.fill(HALF);
    for (let k = 0; k < counts[y]!; k++) {
      const weight = weights[y * stride + k]!;
      const from = ((starts[y]! + k) * picture.width + first) * 3;
      for (let i = 0; i < rowLength; i++) sums[i]! += data[from + i]! * weight;
    }
    const to = y * rowLength;
    for (let i = 0; i < rowLength; i++) out[to + i] = sums[i]! >> PRECISION_BITS;
  }
  return { width: count, height, data: new Uint8Array(out.buffer) };
}
