/** Finds the largest of `count` numbers that lie `step` apart from `start` on; the first of equal ones. */
export function bestClass(data: Float32Array, start: number, count: number, step = 1) {
  let [classIndex, value] = [0, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < count; i++) {
    const next = data[start + i * step]!; // in range: the shape was checked
    if (next > value) [classIndex, value] = [i, next];
  }
  return { classIndex, value };
}
