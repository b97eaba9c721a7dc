import type { AverageRow } from '@deepffmpeg/core';
import type { VideoSection } from '@deepffmpeg/technical';
import type { ContentTypeSection } from '../document/combined-document.js';
import type { Insight, Reason } from './evidence.js';
import { counted, labelReason } from './evidence-times.js';
import { hasPictures, type InsightFacts, rankedRows } from './insight-facts.js';
import type { ContentTypeRules, InsightRules, ResolutionRules } from './insight-rules.js';

/** What kind of film it is: the type that the most frequent labels speak for. */
export function judgeContentType(facts: InsightFacts, rules: InsightRules): Insight<ContentTypeSection> {
  const { contentType } = rules;
  const video = rankedRows(facts.classifications, 'vision').slice(0, contentType.topLabels);
  const audio = rankedRows(facts.classifications, 'audio').slice(0, contentType.topLabels);
  const rows = [...video, ...audio];
  const standings = contentType.types
    .map((type) => ({ type, points: sumOf(rows.map(({ label }) => pointsOf(type, label))) }))
    .filter(({ points }) => points > 0);
  const [best, ...others] = standings.toSorted((first, second) => second.points - first.points);
  const section = {
    primary_type: best?.type.name ?? contentType.unclassified,
    confidence: best ? Math.min(1, best.points / (rows.length * mostPoints(contentType))) : 0,
    subtypes: best ? subtypesOf(video, rows, contentType) : [],
    format_info: formatInfo(facts, rules.resolution),
  };
  const reasons = best ? reasonsFor(best, others, rows, facts) : [];
  return {
    section,
    evidence: [{ conclusion: 'content-type', value: best?.type.name ?? null, reasons }],
  };
}

type ContentType = ContentTypeRules['types'][number];

interface Standing {
  readonly type: ContentType;
  readonly points: number;
}

/** Labels come from files, and may be called like what every object has. */
const pointsOf = ({ points }: ContentType, label: string) =>
  Object.hasOwn(points, label) ? (points[label] ?? 0) : 0;

/** The most that a label can give. */
const mostPoints = ({ types }: ContentTypeRules) =>
  types.flatMap(({ points }) => Object.values(points)).reduce((most, points) => Math.max(most, points), 0);

function subtypesOf(
  video: readonly AverageRow[],
  rows: readonly AverageRow[],
  { styles, moodSubtypes }: ContentTypeRules,
): string[] {
  const style = styles.find(({ label }) => video.some((row) => row.label === label));
  const moods = rows.map(({ label }) => label).filter((label) => moodSubtypes.includes(label));
  return [...(style ? [style.subtype] : []), ...moods];
}

function reasonsFor(
  { type, points }: Standing,
  others: readonly Standing[],
  rows: readonly AverageRow[],
  facts: InsightFacts,
): Reason[] {
  const givers = rows.filter(({ label }) => pointsOf(type, label) > 0);
  const equals = others.filter((other) => other.points === points);
  return [
    ...givers.map((row) => labelReason(row, facts, counted(pointsOf(type, row.label), 'point'))),
    ...equals.map((other) => ({
      text: `${other.type.name} has ${counted(points, 'point')} as well, and comes later in the rules`,
      times: [],
    })),
  ];
}

function formatInfo(facts: InsightFacts, rules: ResolutionRules): ContentTypeSection['format_info'] {
  const { duration, video_streams } = facts.technical.metadata;
  const [video] = video_streams;
  if (video === undefined || !hasPictures(facts)) return { duration, resolution: null, frame_rate: null };
  return {
    duration,
    resolution: `${video.width}x${video.height}`,
    frame_rate: video.fps,
    resolution_class: resolutionClass(video, rules),
  };
}

function resolutionClass(video: VideoSection, { classes, otherwise }: ResolutionRules): string {
  return (
    classes.find(({ width, height }) => video.width >= width || video.height >= height)?.name ?? otherwise
  );
}

/** Without the dust of adding parts of one: 0.1 + 0.2 would be more than 0.3. */
const sumOf = (values: readonly number[]) =>
  Number(values.reduce((sum, value) => sum + value, 0).toPrecision(12));
