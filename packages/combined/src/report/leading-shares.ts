/** A part of the time with a label, and how strongly it holds (0 to 1). */
export interface LabelledSpan {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly strength: number;
}

export interface LabelShare {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
}

/**
 * How much of the time each label leads, the most first: of what holds at one time, the strongest. Where nothing holds, none leads.
 *
 * @param lanes - of one unit, the coarsest first. The finest is measured, and the time is that of all; labels of the others alone lead for none.
 */
export function leadingShares(lanes: readonly (readonly LabelledSpan[])[]): LabelShare[] {
  const all = lanes.flat();
  const begin = all.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  const length = all.reduce((most, { end }) => Math.max(most, end), begin) - begin;
  const seconds = leadingSeconds(lanes.at(-1) ?? []);
  for (const { label } of all) if (!seconds.has(label)) seconds.set(label, 0);
  return sharesOf(seconds, length);
}

/** How much of the time of all parts each label has, the most first. */
export function summedShares(spans: readonly LabelledSpan[]): LabelShare[] {
  const seconds = new Map<string, number>();
  for (const { label, start, end } of spans) seconds.set(label, (seconds.get(label) ?? 0) + end - start);
  return sharesOf(
    seconds,
    [...seconds.values()].reduce((sum, value) => sum + value, 0),
  );
}

const sharesOf = (seconds: ReadonlyMap<string, number>, length: number): LabelShare[] =>
  [...seconds]
    .map(([label, value]) => ({ label, share: length > 0 ? value / length : 0 }))
    .toSorted((a, b) => b.share - a.share);

function leadingSeconds(spans: readonly LabelledSpan[]): Map<string, number> {
  const seconds = new Map<string, number>();
  const waiting = spans.toSorted((a, b) => b.start - a.start);
  let holding: LabelledSpan[] = [];
  const times = [...new Set(spans.flatMap(({ start, end }) => [start, end]))].toSorted((a, b) => a - b);
  for (const [i, to] of times.slice(1).entries()) {
    const from = times[i] ?? to;
    for (let next = waiting.at(-1); next && next.start <= from; next = waiting.at(-1)) {
      holding.push(next);
      waiting.pop();
    }
    holding = holding.filter(({ end }) => end > from);
    const [first, ...others] = holding;
    if (first === undefined) continue;
    const { label } = others.reduce((best, span) => (span.strength > best.strength ? span : best), first);
    seconds.set(label, (seconds.get(label) ?? 0) + to - from);
  }
  return seconds;
}
