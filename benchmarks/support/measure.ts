import { arch, availableParallelism, cpus, platform } from 'node:os';

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** For the head of a result. */
export function describeMachine(): string {
  const [{ model } = { model: 'unknown processor' }] = cpus();
  return `${model}, ${availableParallelism()} cores, ${platform()} ${arch()}, Node ${process.version}`;
}
