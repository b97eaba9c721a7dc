import { type AverageRow, averagesFromCsv, averagesToCsv, collect, MediaError } from '@deepffmpeg/core';
import { findVideoStream } from '@deepffmpeg/ffmpeg-filters';
import {
  type AnalysisDocument,
  analysisDocumentOf,
  audioPlaceOf,
  readSecondsOf,
} from '@deepffmpeg/technical';
import type { CombinedDocument } from './document/combined-document.js';
import { makeCombinedDocument } from './document/make-combined-document.js';
import { drawInsights } from './insights/draw-insights.js';
import type { Evidence } from './insights/evidence.js';
import type { InsightRules } from './insights/insight-rules.js';
import type { MediaAnalysis } from './media/media-analysis.js';

export interface CombineOptions {
  /** As the user named it. @defaultValue the analysis' source */
  readonly inputFile?: string | undefined;
  /** Names of the label sets that the rules go by; others are no part of the conclusions. @defaultValue all */
  readonly labelSetNames?: readonly string[] | undefined;
  /** @defaultValue `defaultRules` */
  readonly rules?: InsightRules | undefined;
  /** Told in the document. @defaultValue 0.3 */
  readonly sceneThreshold?: number | undefined;
  /** @defaultValue now */
  readonly createdAt?: Date | undefined;
}

/** What follows from an analysis. */
export interface Combination {
  readonly technical: AnalysisDocument;
  /** What the rules went by, as a file of averages has it. */
  readonly classifications: readonly AverageRow[];
  /** That file. */
  readonly csv: string;
  readonly document: CombinedDocument;
  readonly evidence: readonly Evidence[];
}

/**
 * Draws conclusions from an analysis, and puts the original's documents together. Probabilities have the digits of the CSV, so that the
 * stored results give the same conclusions again.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, naming what is wrong with the rules, or the label sets that there are where others are named.
 */
export async function combineAnalysis(
  analysis: MediaAnalysis,
  options: CombineOptions = {},
): Promise<Combination> {
  const {
    inputFile = analysis.source,
    labelSetNames,
    rules,
    sceneThreshold,
    createdAt = new Date(),
  } = options;
  if (labelSetNames) refuseUnknownSets(analysis, labelSetNames);
  // Where the technical part failed, what the input says of itself is told all the same.
  const measured = analysis.technical ?? { metadata: { info: analysis.info, packets: undefined } };
  const technical = analysisDocumentOf(measured, { inputFile, sceneThreshold });
  const averages = analysis.averages.filter(({ labelSet }) => labelSetNames?.includes(labelSet) ?? true);
  const csv = (await collect(averagesToCsv(averages))).join('');
  const classifications = averagesFromCsv(csv);
  const { segments, info } = analysis;
  const { startSeconds } = info;
  const facts = {
    technical,
    classifications,
    segments,
    startSeconds,
    readSeconds: readSecondsOf(measured),
    audioPlace: audioPlaceOf(info.streams, analysis.audioStream),
    hasPictures: findVideoStream(info) !== undefined,
    shots: analysis.technical?.shots,
  };
  const { sections, evidence } = drawInsights(facts, rules);
  const document = makeCombinedDocument({
    inputFile,
    sizeBytes: technical.metadata.size ?? undefined,
    createdAt,
    technical,
    classifications,
    insights: sections,
  });
  return { technical, classifications, csv, document, evidence };
}

/** A set is unknown only where each stream tells of its sets: one that failed, or in which nothing was found, may have had it. */
function refuseUnknownSets({ parts, averages, timeline }: MediaAnalysis, names: readonly string[]): void {
  const told = [...averages, ...timeline.shots, ...timeline.windows];
  const known = new Set(told.map(({ labelSet }) => labelSet));
  const streams = new Set<string>(told.map(({ modality }) => modality));
  const labelled = parts.filter(
    ({ part, status }) => (part === 'vision' || part === 'audio') && status !== 'off',
  );
  if (labelled.length === 0 || labelled.some(({ part }) => !streams.has(part))) return;
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  // Whoever names the sets of sight and sound may have asked for one of them alone.
  if (labelled.length === 1 && unknown.length < names.length) return;
  throw new MediaError(
    'ERR_INVALID_OPTIONS',
    `labelSetNames: there is no ${unknown.map((name) => `"${name}"`).join(', ')} in this analysis; there are ${[...known].map((name) => `"${name}"`).join(', ')}`,
  );
}
