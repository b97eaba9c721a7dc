import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  analyseMedia,
  drawInsights,
  formatCombinedDocument,
  type InsightRules,
  type MediaAnalysis,
  makeCombinedDocument,
  type ReportInput,
  writeReport,
} from '@deepffmpeg/combined';
import { averagesFromCsv, averagesToCsv, collect, writeAtomicFile } from '@deepffmpeg/core';
import { type Ffmpeg, probe, type Sample } from '@deepffmpeg/ffmpeg-filters';
import { formatAnalysisDocument, type MediaMetadata, type ShotRule } from '@deepffmpeg/technical';
import { type AnalysisFile, analysisFileOf } from './analysis-file.js';
import type { CliIo } from './cli-io.js';
import { combineDetails } from './combine-details.js';
import type { CombineLabels } from './combine-labels.js';
import type { CombineParts } from './combine-parts.js';
import { formatCombinedSummary } from './combined-summary.js';
import { createProgress } from './progress.js';
import { type ReportMediaKind, reportMediaOf } from './report-media.js';

/** How films are looked at. */
export interface FilmSettings {
  readonly parts: CombineParts;
  readonly labels: CombineLabels;
  readonly rules: InsightRules;
  /** Undefined for what each part looks at by default. */
  readonly sample: Sample | 'shots' | undefined;
  readonly detector: ShotRule | undefined;
  readonly sceneThreshold: number | undefined;
  readonly confidence: number;
  readonly audioStream: number | undefined;
  readonly ffmpeg: Ffmpeg;
  readonly io: CliIo;
}

/** Where the files of one film go. */
export interface FilmFiles {
  readonly combined: string;
  readonly technical: string;
  readonly classifications: string;
  /** Undefined where no page is asked for. */
  readonly report: string | undefined;
}

/** What came of one film. */
export interface CombinedFilm {
  readonly report: ReportInput;
  readonly summary: string;
}

export const filmFilesOf = (folder: string, stem: string): FilmFiles => ({
  combined: join(folder, `${stem}_combined_analysis.json`),
  technical: join(folder, `${stem}_technical.json`),
  classifications: join(folder, `${stem}_classifications.txt`),
  report: join(folder, `${stem}_report.html`),
});

/**
 * Analyses a film and writes its files.
 *
 * @param input - as the user named it. @param path - where it is.
 */
export async function combineFilm(
  input: string,
  path: string,
  files: FilmFiles,
  settings: FilmSettings & { readonly reportMedia: ReportMediaKind; readonly isVerbose: boolean },
  onPartial: (reason: string) => void,
): Promise<CombinedFilm & { readonly analysis: MediaAnalysis }> {
  const { labels, rules } = settings;
  const analysis = await analyse(input, path, settings, onPartial);
  const technical = await technicalFileOf(input, path, analysis, settings);
  const ruled = [labels.categories.vision.name, labels.categories.audio.name];
  const averages = analysis.averages.filter(({ labelSet }) => ruled.includes(labelSet));
  const csv = (await collect(averagesToCsv(averages))).join('');
  // With the digits of the file, so that --from-existing draws the same conclusions.
  const classifications = averagesFromCsv(csv);
  const facts = { technical, classifications, segments: analysis.segments, shots: analysis.technical?.shots };
  const { sections, evidence } = drawInsights(facts, rules);
  const { details: _, ...withoutDetails } = technical;
  const document = makeCombinedDocument({
    inputFile: input,
    sizeBytes: technical.metadata.size ?? undefined,
    createdAt: new Date(),
    technical: withoutDetails,
    classifications,
    insights: sections,
  });
  const isVideo = technical.metadata.video_streams.length > 0;
  const media = reportMediaOf(input, { page: files.report, how: settings.reportMedia, isVideo });
  const report = { document, evidence, analysis, media };

  for (const path of [files.technical, files.combined, files.report ?? files.combined])
    await mkdir(dirname(path), { recursive: true });
  await writeAtomicFile(files.technical, formatAnalysisDocument(technical));
  await writeAtomicFile(files.classifications, csv);
  await writeAtomicFile(
    files.combined,
    formatCombinedDocument({ ...document, details: combineDetails(report, analysis) }),
  );
  if (files.report !== undefined) await writeReport(files.report, report, { signal: settings.io.signal });
  const summary = formatCombinedSummary(document, {
    evidence,
    parts: analysis.parts,
    isVerbose: settings.isVerbose,
  });
  return { report, summary, analysis };
}

async function analyse(
  input: string,
  path: string,
  { parts, sample, detector, sceneThreshold, confidence, audioStream, ffmpeg, io }: FilmSettings,
  onPartial: (reason: string) => void,
): Promise<MediaAnalysis> {
  const { vision, audio, objects } = parts;
  const progress = createProgress(io.stderr, input);
  try {
    return await analyseMedia(path, {
      vision: vision instanceof Error || !vision ? vision : { ...vision, sample },
      audio,
      objects: objects instanceof Error || !objects || sample === 'shots' ? objects : { ...objects, sample },
      technical: {
        detector: detector ?? (sceneThreshold === undefined ? undefined : 'content'),
        sceneThreshold: detector === 'keyframes' ? undefined : sceneThreshold,
      },
      confidence,
      audioStream,
      source: input,
      ffmpeg,
      signal: io.signal,
      onPartial,
      onProgress: ({ timestamp, startSeconds, durationSeconds }) =>
        progress.update(timestamp - startSeconds, durationSeconds, undefined),
    });
  } finally {
    progress.stop();
  }
}

/** Where the technical part failed, what the file says of itself is told all the same. */
async function technicalFileOf(
  input: string,
  path: string,
  { technical }: MediaAnalysis,
  { sceneThreshold, ffmpeg, io: { signal } }: FilmSettings,
): Promise<AnalysisFile> {
  if (technical) return analysisFileOf(technical, { input, sceneThreshold });
  const metadata: MediaMetadata = { info: await probe(path, { ffmpeg, signal }), packets: undefined };
  return analysisFileOf(
    { metadata, shots: [], detector: 'keyframes', events: [], actionMoments: [] },
    { input, sceneThreshold },
  );
}
