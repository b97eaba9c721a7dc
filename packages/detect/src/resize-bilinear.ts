import { checkPicture, type Picture } from '@deepffmpeg/core';
import { roundHalfToEven } from './round-half-to-even.js';

/** Weights are whole numbers of 2^-11, as OpenCV's are. */
const ONE = 1 << 11;

/**
 * Resizes exactly as OpenCV's `cv2.resize(..., INTER_LINEAR)` does, behind which YOLO models were trained: each pixel is made of four
 * neighbours, also where a picture shrinks (no antialiasing), in its fixed-point arithmetic; edges are repeated.
 *
 * @param size - in pixels.
 * @throws {MediaError} `ERR_MISMATCH` when the bytes are not RGB24 of the picture's size.
 * @see `resizeGeneric_` in https://github.com/opencv/opencv/blob/4.x/modules/imgproc/src/resize.cpp
 */
export function resizeBilinear(
  picture: Picture,
  { width, height }: { readonly width: number; readonly height: number },
): Picture {
  checkPicture(picture);
  if (width === picture.width && height === picture.height) return picture;
  const data = new Uint8Array(3 * width * height);
  const across = neighbours(picture.width, width);
  const down = neighbours(picture.height, height);
  const rowLength = 3 * picture.width;
  for (let y = 0; y < height; y++) {
    const upper = picture.data.subarray(down.firsts[y]! * rowLength); // indices are in range by construction, as all below
    const lower = picture.data.subarray(down.seconds[y]! * rowLength);
    const row = data.subarray(3 * y * width, 3 * (y + 1) * width);
    mixRows(upper, down.firstWeights[y]!, lower, down.secondWeights[y]!, across, row);
  }
  return { width, height, data };
}

/** For each pixel of an axis of the result, the two pixels it lies between, and their weights. */
interface Neighbours {
  readonly firsts: Int32Array;
  readonly seconds: Int32Array;
  readonly firstWeights: Int32Array;
  readonly secondWeights: Int32Array;
}

function neighbours(inputs: number, outputs: number): Neighbours {
  const scale = inputs / outputs;
  const places = Float32Array.from({ length: outputs }, (_, i) => (i + 0.5) * scale - 0.5); // as OpenCV rounds them
  const shares = places.map((place) => place - Math.floor(place));
  const last = inputs - 1;
  const within = (index: number) => Math.min(Math.max(index, 0), last);
  return {
    firsts: Int32Array.from(places, (place) => within(Math.floor(place))),
    seconds: Int32Array.from(places, (place) => within(Math.floor(place) + 1)),
    firstWeights: Int32Array.from(shares, (share) => roundHalfToEven((1 - share) * ONE)),
    secondWeights: Int32Array.from(shares, (share) => roundHalfToEven(share * ONE)),
  };
}

/**
 * Makes a row of pixels. Every pixel of every frame passes here: `Math.imul`, since these products need no check for overflow. Bits
 * are shifted out where OpenCV drops them.
 */
function mixRows(
  upper: Uint8Array,
  upperWeight: number,
  lower: Uint8Array,
  lowerWeight: number,
  { firsts, seconds, firstWeights, secondWeights }: Neighbours,
  target: Uint8Array,
): void {
  for (let x = 0, to = 0; x < firsts.length; x++) {
    const firstWeight = firstWeights[x]!;
    const secondWeight = secondWeights[x]!;
    const end = 3 * firsts[x]! + 3;
    for (let first = end - 3, second = 3 * seconds[x]!; first < end; first++, second++, to++) {
      const above = Math.imul(upper[first]!, firstWeight) + Math.imul(upper[second]!, secondWeight);
      const below = Math.imul(lower[first]!, firstWeight) + Math.imul(lower[second]!, secondWeight);
      target[to] =
        ((Math.imul(upperWeight, above >> 4) >> 16) + (Math.imul(lowerWeight, below >> 4) >> 16) + 2) >> 2;
    }
  }
}
