/** How far two pictures of one size are apart on average, in levels: 0 to 255. */
export function meanChange(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!); // of equal length
  return sum / a.length;
}

/** How far the pixels of a picture are from its mean colour on average, in levels: 0 where it is plain. */
export function spreadLevels(data: Uint8Array): number {
  const means = [0, 0, 0];
  for (let i = 0; i < data.length; i++) means[i % 3]! += (3 * data[i]!) / data.length; // three colours
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(data[i]! - means[i % 3]!); // as above
  return sum / data.length;
}

export interface Mixture {
  /** How much of the second picture there is: 0 to 1, or beyond. */
  readonly share: number;
  /** How far the picture is from the mixture on average, in levels. */
  readonly residualLevels: number;
}

/** Prime to the three bytes of a pixel, so that all colours are looked at: a fifth of them tells as much. */
const STRIDE = 5;
/** As many bytes, where the three of a pixel must stay together. */
const PIXEL_STRIDE = 3 * STRIDE;

export interface Comparison {
  /** How far the pictures are apart on average when one is made as bright as the other, in levels. */
  readonly levels: number;
  /** How alike what they show is, -1 to 1; 0 where one is plain. */
  readonly correlation: number;
  /** How many of the pixels are others: 0 to 1. */
  readonly changedShare: number;
}

/** Above noise and the traces of coding, in levels, the mean of a pixel's three. */
const CHANGED_LEVELS = 8;

/** Tells how two pictures differ, apart from brightness: exposure changes, and a plain picture with it, in one shot. */
export function compare(a: Uint8Array, b: Uint8Array): Comparison {
  let [sumA, sumB, sumAa, sumBb, sumAb, count] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i += STRIDE) {
    const [x, y] = [a[i]!, b[i]!]; // of equal length
    sumA += x;
    sumB += y;
    sumAa += x * x;
    sumBb += y * y;
    sumAb += x * y;
    count++;
  }
  const spread = (count * sumAa - sumA * sumA) * (count * sumBb - sumB * sumB);
  const correlation = spread <= 0 ? 0 : (count * sumAb - sumA * sumB) / Math.sqrt(spread);
  const brighter = (sumB - sumA) / count;
  let [distance, changed, pixels] = [0, 0, 0];
  for (let i = 0; i < a.length; i += PIXEL_STRIDE) {
    let pixel = 0; // green to yellow is red alone: blue stays, and green brightens as the mean does
    for (let channel = i; channel < i + 3; channel++) {
      const difference = b[channel]! - a[channel]!; // three to a pixel
      const apart = Math.abs(difference - brighter);
      distance += apart;
      // Where half of it became brighter, the other half is what it was.
      pixel += Math.min(apart, Math.abs(difference));
    }
    if (pixel > 3 * CHANGED_LEVELS) changed++;
    pixels++;
  }
  return { levels: distance / (3 * pixels), correlation, changedShare: changed / pixels };
}

/** The mixture of two pictures that is nearest to a third, by least squares. */
export function mixtureOf(from: Uint8Array, to: Uint8Array, picture: Uint8Array): Mixture {
  let [along, length, count] = [0, 0, 0];
  for (let i = 0; i < from.length; i += STRIDE) {
    const step = to[i]! - from[i]!; // all of equal length
    along += (picture[i]! - from[i]!) * step;
    length += step * step;
    count++;
  }
  const share = length === 0 ? 0 : along / length;
  let residual = 0;
  for (let i = 0; i < from.length; i += STRIDE)
    residual += Math.abs(picture[i]! - from[i]! - share * (to[i]! - from[i]!));
  return { share, residualLevels: residual / count };
}
