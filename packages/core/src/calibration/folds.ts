/**
 * Cuts the sources of each label into parts of nearly one size. Neighbours stay together: pictures that follow one another by name are often near
 * copies, and a copy on either side would make the held-out part look easy.
 *
 * @returns for each label the part that each of its sources is in.
 */
export function foldsOf(
  sourcesOfLabels: readonly (readonly string[])[],
  folds: number,
): ReadonlyMap<string, number>[] {
  return sourcesOfLabels.map(
    (sources) =>
      new Map(sources.map((source, i) => [source, Math.floor((i * folds) / sources.length)] as const)),
  );
}
