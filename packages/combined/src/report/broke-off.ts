import { mostMissingSeconds } from '@deepffmpeg/technical';
import { startOf } from './film-start.js';
import type { ReportInput } from './report-input.js';

/**
 * Where the reading of a film ended that broke off, in seconds from its start; undefined for one that was read to its end, damaged or not, and for
 * one that does not tell how long it is.
 */
export function brokeOffAt(input: ReportInput): number | undefined {
  const end = readEndOf(input);
  const { duration } = input.document.technical_analysis.metadata;
  return end !== undefined && duration !== null && duration - end > mostMissingSeconds ? end : undefined;
}

/** Undefined where all is told to have been read. */
function readEndOf(input: ReportInput): number | undefined {
  const { analysis, readSeconds } = input;
  if (analysis === undefined) return readSeconds;
  if (analysis.partialReason === undefined) return undefined;
  const { technical, timeline, curves } = analysis;
  const start = startOf(input);
  const ends = [
    ...(technical?.shots ?? []).map(({ timestamp, durationSeconds }) => timestamp + durationSeconds),
    ...timeline.windows.map(({ timestamp, durationSeconds }) => timestamp + durationSeconds),
    ...curves.flatMap(({ points }) => points.slice(-1).map(({ timestamp }) => timestamp)),
  ];
  return ends.reduce((last, each) => Math.max(last, each - start), 0);
}

/** Whether not all of a film could be read that was read to its end. */
export const isDamaged = (input: ReportInput): boolean =>
  input.analysis?.partialReason !== undefined && brokeOffAt(input) === undefined;
