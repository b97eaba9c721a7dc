import { Buffer } from 'node:buffer';
import type { Curve, MediaAnalysis, ShotThumbnail } from '../media/media-analysis.js';
import { brokeOffAt } from './broke-off.js';
import { startOf } from './film-start.js';
import type { PageCurve, PageData, PageEvent, PageShot, PageThumbnail } from './page-data.js';
import { pageLanes } from './page-lanes.js';
import type { ReportInput } from './report-input.js';
import { measure, rounded, spaced, titled, toMilliseconds } from './words.js';

/** Some 8 MB of pictures; more make the page slow to open. They are taken evenly. */
const MOST_THUMBNAILS = 1000;

/** What the page's script draws. */
export function makePageData(input: ReportInput): PageData {
  const { analysis } = input;
  const startSeconds = startOf(input);
  const shots = shotsOf(input, startSeconds);
  const groups = analysis ? pageLanes(analysis, startSeconds) : [];
  const curves = (analysis?.curves ?? []).map((curve) => pageCurve(curve, startSeconds));
  const events = analysis ? eventsOf(analysis, startSeconds) : [];
  const ends = [
    toldDuration(input),
    ...shots.map(({ end }) => end),
    ...events.map(({ end }) => end),
    ...groups.flatMap(({ lanes }) => lanes.flatMap(({ items }) => items.map(([, end]) => end))),
    ...curves.map(({ times }) => times.at(-1) ?? 0),
  ];
  const durationSeconds = ends.reduce((longest, end) => Math.max(longest, end), 0);
  return {
    durationSeconds,
    readSeconds: Math.min(brokeOffAt(input) ?? durationSeconds, durationSeconds),
    shots,
    thumbnails: thumbnailsOf(analysis?.thumbnails ?? [], shots),
    groups,
    curves,
    events,
  };
}

/** Files may count in the time before their begin on their own clock: of what was read whole, conclusions know how long it is. */
function toldDuration(input: ReportInput): number {
  const { technical_analysis, combined_insights } = input.document;
  const told = technical_analysis.metadata.duration ?? 0;
  const judged = combined_insights.content_type.format_info.duration ?? told;
  return brokeOffAt(input) === undefined ? Math.min(told, judged) : told;
}

/** Where only the original's results are stored, the times of the scenes are all there is. */
function shotsOf({ analysis, document, ...stored }: ReportInput, startSeconds: number): PageShot[] {
  const shots = analysis?.technical?.shots ?? stored.shots;
  if (shots)
    return shots.map(({ index, timestamp, durationSeconds, kind }) => ({
      number: index + 1,
      start: toMilliseconds(timestamp - startSeconds),
      end: toMilliseconds(timestamp + durationSeconds - startSeconds),
      kind,
    }));
  const { scene_analysis, metadata } = document.technical_analysis;
  const lastEnd = stored.readSeconds ?? metadata.duration ?? 0;
  const starts = scene_analysis.scene_timestamps.map((start) => toMilliseconds(start - startSeconds));
  return starts.map((start, i) => ({
    number: i + 1,
    start,
    end: starts[i + 1] ?? Math.max(start, lastEnd),
    kind: '',
  }));
}

function thumbnailsOf(all: readonly ShotThumbnail[], shots: readonly PageShot[]): PageThumbnail[] {
  const step = Math.max(1, all.length / MOST_THUMBNAILS);
  const places = new Map(shots.map(({ number }, place) => [number - 1, place]));
  return all
    .filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
    .flatMap(({ shot, width, height, jpeg }) => {
      const place = places.get(shot);
      return place === undefined
        ? []
        : [{ shot: place, width, height, jpeg: Buffer.from(jpeg).toString('base64') }];
    });
}

function pageCurve({ name, unit, points }: Curve, startSeconds: number): PageCurve {
  const values = points.map(({ value }) => (Number.isFinite(value) ? Number(value.toPrecision(4)) : null));
  return {
    title: titled(name),
    unit,
    summary: curveSummary(name, unit, values),
    times: points.map(({ timestamp }) => toMilliseconds(timestamp - startSeconds)),
    values,
  };
}

function curveSummary(name: string, unit: string, values: readonly (number | null)[]): string {
  let [sum, count, least, most] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value === null) continue;
    sum += value;
    count++;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (count === 0) return `${titled(name)}: no values`;
  return `${titled(name)} from ${rounded(least)} to ${rounded(most)} ${unit}, mean ${rounded(sum / count)}`;
}

function eventsOf({ technical }: MediaAnalysis, startSeconds: number): PageEvent[] {
  const events = (technical?.events ?? []).map(({ timestamp, durationSeconds, kind, values }) => ({
    start: timestamp - startSeconds,
    end: timestamp + durationSeconds - startSeconds,
    kind: titled(kind),
    detail: Object.entries(values)
      .map(([name, value]) => `${spaced(name)} ${rounded(value)}`)
      .join(', '),
  }));
  const moments = (technical?.actionMoments ?? []).map((moment) => ({
    start: moment.timestamp - startSeconds,
    end: moment.timestamp + moment.durationSeconds - startSeconds,
    kind: titled(moment.kind),
    detail: [`intensity ${rounded(moment.intensity)}`, measure(moment.maxVolumeDb, 'dB')]
      .filter(Boolean)
      .join(', '),
  }));
  return [...events, ...moments].toSorted((a, b) => a.start - b.start);
}
