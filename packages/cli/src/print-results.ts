import { type LabelAverage, type Modality, qualifiedLabel, type Segment } from '@deepffmpeg/core';
import Table from 'cli-table3';
import type { InputResult } from './input-result.js';
import { messageText, terminalText } from './terminal-text.js';

/** Results as a person reads them. @param modalities - what was asked for */
export function formatResults(results: readonly InputResult[], modalities: readonly Modality[]): string {
  return results.map((result) => formatResult(result, modalities)).join('\n');
}

function formatResult(result: InputResult, modalities: readonly Modality[]): string {
  const { input, frames, windows, partialReason, missing, error } = result;
  const lines = [terminalText(input)];
  if (error) lines.push(`  failed: ${messageText(error.message)}`);
  if (partialReason !== undefined) lines.push(`  only a part could be read: ${messageText(partialReason)}`);
  for (const { reason } of missing) lines.push(`  ${messageText(reason)}`);
  const isMissing = (modality: Modality) => missing.some((each) => each.modality === modality);
  const isSeen = modalities.includes('vision') && !isMissing('vision');
  if (!error && isSeen) lines.push(...formatModality(result, 'vision', counted(frames, 'frame')));
  // Beside a picture, silence goes without saying.
  if (!error && (windows > 0 || !modalities.includes('vision')))
    lines.push(...formatModality(result, 'audio', `${counted(windows, 'window')} of sound`));
  return `${lines.join('\n')}\n`;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What was seen, or heard: how much was scored, and the tables of averages and segments. */
function formatModality(result: InputResult, modality: Modality, scored: string): string[] {
  const averages = result.averages.filter((average) => average.modality === modality);
  const segments = result.segments.filter((segment) => segment.modality === modality);
  const hasSegments = segments.some(({ durationSeconds }) => durationSeconds > 0);
  return [
    `  ${scored} scored`,
    averages.length > 0 ? averagesTable(averages, modality) : '  no label reached the confidence',
    ...(hasSegments ? [segmentsTable(segments)] : []),
  ];
}

function averagesTable(averages: readonly LabelAverage[], modality: Modality): string {
  const byProbability = averages.toSorted(
    (a, b) => b.averageProbability * b.count - a.averageProbability * a.count,
  );
  return formatTable(
    ['label', 'average', modality === 'vision' ? 'frames' : 'windows'],
    byProbability.map(({ group, label, averageProbability, count }) => [
      terminalText(qualifiedLabel(group, label)),
      averageProbability.toFixed(4),
      String(count),
    ]),
  );
}

const segmentsTable = (segments: readonly Segment[]) =>
  formatTable(['from', 'to', 'label', 'average', 'peak'], segments.toSorted(byTime).map(segmentRow));

const byTime = (a: Segment, b: Segment) => a.timestamp - b.timestamp;

function segmentRow({ timestamp, durationSeconds, group, label, probability, peak }: Segment): string[] {
  const times = [timestamp, timestamp + durationSeconds].map((time) => time.toFixed(2));
  return [...times, terminalText(qualifiedLabel(group, label)), probability.toFixed(4), peak.toFixed(4)];
}

function formatTable(head: string[], rows: string[][]): string {
  const numeric = head.map((title) => title !== 'label');
  const table = new Table({
    head,
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 1 },
    colAligns: numeric.map((isNumber) => (isNumber ? 'right' : 'left')),
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  table.push(...rows);
  return table.toString();
}
