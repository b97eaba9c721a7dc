import type { Segment } from '@deepffmpeg/core';
import Table from 'cli-table3';
import type { InputResult } from './input-result.js';
import { terminalText } from './terminal-text.js';

/** Results as a person reads them. */
export function formatResults(results: readonly InputResult[]): string {
  return results.map(formatResult).join('\n');
}

function formatResult({ input, averages, segments, frames, partialReason, error }: InputResult): string {
  const lines = [terminalText(input)];
  if (error) lines.push(`  failed: ${terminalText(error.message)}`);
  if (partialReason !== undefined) lines.push(`  only a part could be read: ${terminalText(partialReason)}`);
  if (!error) lines.push(`  ${frames} ${frames === 1 ? 'frame' : 'frames'} scored`);
  if (averages.length > 0) {
    const byProbability = averages.toSorted(
      (a, b) => b.averageProbability * b.count - a.averageProbability * a.count,
    );
    lines.push(
      formatTable(
        ['label', 'average', 'frames'],
        byProbability.map(({ group, label, averageProbability, count }) => [
          qualified(group, label),
          averageProbability.toFixed(4),
          String(count),
        ]),
      ),
    );
  } else if (!error) {
    lines.push('  no label reached the confidence');
  }
  if (segments.some(({ durationSeconds }) => durationSeconds > 0)) {
    lines.push(
      formatTable(['from', 'to', 'label', 'average', 'peak'], segments.toSorted(byTime).map(segmentRow)),
    );
  }
  return `${lines.join('\n')}\n`;
}

const byTime = (a: Segment, b: Segment) => a.timestamp - b.timestamp;

function segmentRow({ timestamp, durationSeconds, group, label, probability, peak }: Segment): string[] {
  const times = [timestamp, timestamp + durationSeconds].map((time) => time.toFixed(2));
  return [...times, qualified(group, label), probability.toFixed(4), peak.toFixed(4)];
}

/** A plain list's only group has no name worth telling. */
const qualified = (group: string, label: string) =>
  terminalText(group === 'labels' ? label : `${group}: ${label}`);

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
