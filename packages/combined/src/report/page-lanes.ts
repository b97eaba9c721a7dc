import { type Segment, type Timed, TOLERANCE_SECONDS, type Track } from '@deepffmpeg/core';
import type { ActionMoment, TechnicalEvent } from '@deepffmpeg/technical';
import type { IntervalScores, MediaAnalysis } from '../media/media-analysis.js';
import { type LabelledSpan, type LabelShare, leadingShares, summedShares } from './leading-shares.js';
import type { Lane, LaneGroup, LaneItem } from './page-data.js';
import { type Unit, unitNames } from './unit-names.js';
import { lengthOf, percent, titled, toMilliseconds } from './words.js';

/** More than that on one lane can neither be seen nor told apart; the longest stay. */
const MOST_ITEMS = 10_000;
/** Its multiples lie evenly between whole numbers. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;
/** Rows of a lane for what holds at the same time; what finds no room lies over the last. */
const MOST_ROWS = 6;

interface Source {
  readonly key: string;
  readonly unit: Unit;
  readonly lane: string;
  readonly items: readonly LabelledSpan[];
  /** Whether it tells of single objects, which may be there at the same time. */
  readonly isOfObjects: boolean;
}

/** The lanes of all units of labels, of objects, of technical events and of moments of sound. */
export function pageLanes(analysis: MediaAnalysis, startSeconds: number): LaneGroup[] {
  const { segments, timeline, tracks, technical } = analysis;
  const labelled = [
    ...sourcesOf(timeline.windows, 'By window', (interval) => bestOf(interval, startSeconds)),
    ...sourcesOf(timeline.shots, 'By shot', (interval) => bestOf(interval, startSeconds)),
    ...sourcesOf(segments, 'Segments', (segment) => [segmentItem(segment, startSeconds)]),
  ];
  const keys = [...new Set(labelled.map(({ key }) => key))];
  return [
    ...labelGroups(keys.map((key) => labelled.filter((source) => source.key === key))),
    ...objectGroup(tracks, startSeconds),
    ...eventGroup(technical?.events ?? [], technical?.actionMoments ?? [], startSeconds),
  ];
}

/** One for each unit of labels. */
function sourcesOf<T extends Unit & { readonly trackId?: number | undefined }>(
  chunks: readonly T[],
  lane: string,
  itemsOf: (chunk: T) => readonly LabelledSpan[],
): Source[] {
  const found = new Map<string, { readonly place: T; readonly items: LabelledSpan[] }>();
  for (const chunk of chunks) {
    const key = JSON.stringify([chunk.modality, chunk.model, chunk.labelSet, chunk.group]);
    const entry = found.get(key) ?? { place: chunk, items: [] };
    found.set(key, entry);
    entry.items.push(...itemsOf(chunk));
  }
  return [...found].map(([key, { place, items }]) => {
    const isOfObjects = place.trackId !== undefined;
    return { key, unit: place, lane, items, isOfObjects };
  });
}

function bestOf({ labels, ...interval }: IntervalScores, startSeconds: number): LabelledSpan[] {
  const [best] = labels;
  if (best === undefined) return [];
  return [{ ...spanOf(interval, startSeconds), label: best.label, strength: best.probability }];
}

const segmentItem = (segment: Segment, startSeconds: number): LabelledSpan => ({
  ...spanOf(segment, startSeconds),
  label: segment.trackId === undefined ? segment.label : `${segment.label} (object ${segment.trackId})`,
  strength: segment.probability,
});

const spanOf = (
  { timestamp, durationSeconds }: Pick<Timed, 'timestamp' | 'durationSeconds'>,
  startSeconds: number,
) => ({
  start: timestamp - startSeconds,
  end: timestamp + durationSeconds - startSeconds,
});

/** Of each unit its lanes, the coarsest first. */
function labelGroups(all: readonly (readonly Source[])[]): LaneGroup[] {
  const units = all.flatMap(([first]) => (first ? [first.unit] : []));
  return unitNames(units).map((names, i) => {
    const sources = all[i] ?? [];
    const lanes = sources.map(({ items }) => items);
    const oneLeads = sources.every(({ isOfObjects }) => !isOfObjects);
    const labels = oneLeads ? leadingShares(lanes) : summedShares(lanes.flat());
    return { ...names, ...numbered(sources, labels), oneLeads };
  });
}

/** Labels are numbered by their time, the longest first, so that the commonest have a colour. */
function numbered(sources: readonly Pick<Source, 'lane' | 'items'>[], labels: readonly LabelShare[]) {
  const numbers = new Map(labels.map(({ label }, i) => [label, i]));
  return { labels, lanes: sources.map(({ lane, items }) => laneOf(lane, items, numbers)) };
}

function objectGroup(tracks: readonly Track[], startSeconds: number): LaneGroup[] {
  if (tracks.length === 0) return [];
  const items = tracks.map((track) => ({
    ...spanOf(track, startSeconds),
    label: track.label,
    strength: track.confidence,
  }));
  const models = [...new Set(tracks.map(({ model }) => model))].join(', ');
  const sources = [{ lane: 'Followed', items }];
  return [
    {
      title: 'Objects',
      detail: '',
      origin: `models: ${models}`,
      ...numbered(sources, summedShares(items)),
      oneLeads: false,
    },
  ];
}

/** A lane for each kind: so none needs a colour. */
function eventGroup(
  events: readonly TechnicalEvent[],
  moments: readonly ActionMoment[],
  startSeconds: number,
): LaneGroup[] {
  const all = [
    ...events.map((event) => ({ ...spanOf(event, startSeconds), label: titled(event.kind), strength: 1 })),
    ...moments.map((moment) => ({
      ...spanOf(moment, startSeconds),
      label: titled(moment.kind),
      strength: moment.intensity,
    })),
  ];
  const kinds = [...new Set(all.map(({ label }) => label))];
  if (kinds.length === 0) return [];
  const lanes = kinds.map((kind) =>
    laneOf(
      kind,
      all.filter(({ label }) => label === kind),
      new Map([[kind, -1]]),
      eventSummary,
    ),
  );
  return [
    {
      title: 'Technical',
      detail: 'events and moments of sound',
      origin: '',
      labels: [],
      lanes,
      oneLeads: false,
    },
  ];
}

function laneOf(
  title: string,
  items: readonly LabelledSpan[],
  numbers: ReadonlyMap<string, number>,
  summarize = summaryOf,
): Lane {
  const all = items.length > MOST_ITEMS ? joined(items) : items;
  const kept = longest(all).toSorted((a, b) => a.start - b.start || a.end - b.end);
  const ends: number[] = [];
  const placed = kept.map(({ start, end, label, strength }): LaneItem => {
    const free = ends.findIndex((taken) => taken <= start + TOLERANCE_SECONDS);
    const row = free >= 0 ? free : Math.min(ends.length, MOST_ROWS - 1);
    ends[row] = Math.max(ends[row] ?? 0, end);
    return [
      toMilliseconds(start),
      toMilliseconds(end),
      numbers.get(label) ?? -1,
      Number(strength.toFixed(3)),
      row,
    ];
  });
  const left = all.length - kept.length;
  return {
    title: left > 0 ? `${title}, without the ${left} shortest` : title,
    summary: summarize(title, all),
    rows: Math.max(1, ends.length),
    items: placed,
  };
}

/** The longest; of equal ones some from everywhere. */
function longest(items: readonly LabelledSpan[]): readonly LabelledSpan[] {
  if (items.length <= MOST_ITEMS) return items;
  return items
    .map((item, i) => ({
      item,
      length: toMilliseconds(item.end - item.start),
      place: (i * GOLDEN_RATIO) % 1,
    }))
    .toSorted((a, b) => b.length - a.length || a.place - b.place)
    .slice(0, MOST_ITEMS)
    .map(({ item }) => item);
}

/** One part for parts that follow each other with the same label. */
function joined(items: readonly LabelledSpan[]): LabelledSpan[] {
  const parts: LabelledSpan[] = [];
  for (const item of items) {
    const last = parts.at(-1);
    if (last?.label !== item.label || Math.abs(last.end - item.start) > 1e-3) parts.push(item);
    else parts[parts.length - 1] = join(last, item);
  }
  return parts;
}

function join(a: LabelledSpan, b: LabelledSpan): LabelledSpan {
  const [first, second] = [a.end - a.start, b.end - b.start];
  const strength = (a.strength * first + b.strength * second) / (first + second || 1);
  return { ...a, end: b.end, strength };
}

function summaryOf(title: string, items: readonly LabelledSpan[]): string {
  const shares = summedShares(items);
  const named = shares.slice(0, 5).map(({ label, share }) => `${label} ${percent(share)}`);
  const more = shares.length > 5 ? ` and ${shares.length - 5} more` : '';
  const count = `${items.length} ${items.length === 1 ? 'part' : 'parts'}`;
  return `${title}: ${count}; of their time ${named.join(', ')}${more}`;
}

/** How often and how long: all have one name, and cuts no time to have shares of. */
function eventSummary(title: string, items: readonly LabelledSpan[]): string {
  const seconds = items.reduce((sum, { start, end }) => sum + end - start, 0);
  const times = items.length === 1 ? 'once' : `${items.length} times`;
  return `${title}: ${times}${seconds > 0 ? `, ${lengthOf(seconds)} in all` : ''}`;
}
