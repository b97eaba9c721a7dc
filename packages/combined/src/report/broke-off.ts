import { startOf } from './film-start.js';
import type { ReportInput } from './report-input.js';

/**
 * Where the reading of a film ended that broke off, in seconds from its begin; undefined for one that was read whole. What the film says of its
 * own length does not tell.
 */
export function brokeOffAt(input: ReportInput): number | undefined {
  const { analysis } = input;
  if (analysis?.partialReason === undefined) return undefined;
  const { technical, timeline, curves } = analysis;
  const start = startOf(input);
  const ends = [
    ...(technical?.shots ?? []).map(({ timestamp, durationSeconds }) => timestamp + durationSeconds),
    ...timeline.windows.map(({ timestamp, durationSeconds }) => timestamp + durationSeconds),
    ...curves.flatMap(({ points }) => points.slice(-1).map(({ timestamp }) => timestamp)),
  ];
  return ends.reduce((last, end) => Math.max(last, end - start), 0);
}
