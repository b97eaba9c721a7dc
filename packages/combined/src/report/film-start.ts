import type { ReportInput } from './report-input.js';

/** When the film begins on its own clock: the page counts from there. */
export const startOf = ({ analysis, startSeconds }: ReportInput): number =>
  analysis?.info.startSeconds ?? startSeconds ?? 0;
