import { type LabelAverage, type Modality, qualifiedLabel, type Segment, type Track } from '@deepffmpeg/core';
import { formatTable } from './format-table.js';
import type { InputResult } from './input-result.js';
import { messageText, terminalText } from './terminal-text.js';

/** Results as a person reads them. @param modalities - what was asked for */
export function formatResults(results: readonly InputResult[], modalities: readonly Modality[]): string {
  return results.map((result) => formatResult(result, modalities)).join('\n');
}

function formatResult(result: InputResult, modalities: readonly Modality[]): string {
  const { input, windows, partialReason, missing, error } = result;
  const lines = [terminalText(input)];
  if (error) lines.push(`  failed: ${messageText(error.message)}`);
  if (partialReason !== undefined) lines.push(`  only a part could be read: ${messageText(partialReason)}`);
  for (const { reason } of missing) lines.push(`  ${messageText(reason)}`);
  const isMissing = (modality: Modality) => missing.some((each) => each.modality === modality);
  const isSeen = modalities.includes('vision') && !isMissing('vision');
  if (!error && isSeen) lines.push(...formatModality(result, 'vision', seenIn(result)));
  if (!error && result.tracks?.length) lines.push(tracksTable(result.tracks));
  // Beside a picture, silence goes without saying.
  if (!error && (windows > 0 || !modalities.includes('vision')))
    lines.push(...formatModality(result, 'audio', `${counted(windows, 'window')} of sound scored`));
  return `${lines.join('\n')}\n`;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** How many frames were looked at, and what was found in them. */
function seenIn({ frames, objects, tracks }: InputResult): string {
  if (!objects) return `${counted(frames, 'frame')} scored`;
  const found = objects.reduce((sum, { detections }) => sum + detections, 0);
  // Followed through many frames, one object is found many times.
  if (!tracks) return `${counted(found, 'object')} found in ${counted(frames, 'frame')}`;
  return `${counted(tracks.length, 'object')} followed: found ${counted(found, 'time')} in ${counted(frames, 'frame')}`;
}

/** What was seen, or heard: how much was scored, and the tables of averages and segments. */
function formatModality(result: InputResult, modality: Modality, scored: string): string[] {
  const averages = result.averages.filter((average) => average.modality === modality);
  const segments = result.segments.filter((segment) => segment.modality === modality);
  const hasSegments = segments.some(({ durationSeconds }) => durationSeconds > 0);
  return [
    `  ${scored}`,
    averages.length > 0
      ? averagesTable(averages, unitOf(result, modality))
      : '  no label reached the confidence',
    ...(hasSegments ? [segmentsTable(segments)] : []),
  ];
}

/** What the scores stand for that an average is made of. */
function unitOf({ objects, tracks }: InputResult, modality: Modality): string {
  if (modality === 'audio') return 'windows';
  return tracks ? 'times' : objects ? 'objects' : 'frames';
}

function averagesTable(averages: readonly LabelAverage[], unit: string): string {
  const mostFrequentFirst = averages.toSorted((a, b) => b.count - a.count || b.probability - a.probability);
  return formatTable(
    ['label', unit, 'average'],
    mostFrequentFirst.map(({ group, label, probability, count }) => [
      terminalText(qualifiedLabel(group, label)),
      String(count),
      probability.toFixed(4),
    ]),
  );
}

/** Its mean is weighted by time, and over all frames of a segment: another one than the average of those where the label was reported. */
function segmentsTable(segments: readonly Segment[]): string {
  const hasTracks = segments.some(({ trackId }) => trackId !== undefined);
  const rows = segments
    .toSorted(byTime)
    .map((segment) => [...(hasTracks ? [String(segment.trackId ?? '')] : []), ...segmentRow(segment)]);
  return formatTable([...(hasTracks ? ['track'] : []), 'from', 'to', 'label', 'mean', 'peak'], rows);
}

const tracksTable = (tracks: readonly Track[]) =>
  formatTable(
    ['track', 'label', 'from', 'to', 'frames', 'average', 'peak'],
    tracks.toSorted(byTime).map(trackRow),
  );

const byTime = (a: Segment | Track, b: Segment | Track) => a.timestamp - b.timestamp;

function segmentRow({ timestamp, durationSeconds, group, label, probability, peak }: Segment): string[] {
  const times = [timestamp, timestamp + durationSeconds].map((time) => time.toFixed(2));
  return [...times, terminalText(qualifiedLabel(group, label)), probability.toFixed(4), peak.toFixed(4)];
}

function trackRow({ trackId, label, timestamp, durationSeconds, count, confidence, peak }: Track): string[] {
  const times = [timestamp, timestamp + durationSeconds].map((time) => time.toFixed(2));
  const numbers = [confidence, peak].map((value) => value.toFixed(4));
  return [String(trackId), terminalText(label), ...times, String(count), ...numbers];
}
