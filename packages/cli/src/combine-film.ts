import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import {
  analyseMedia,
  asksTinyModels,
  combineAnalysis,
  formatCombinedDocument,
  type InsightRules,
  type MediaAnalysis,
  type ReportInput,
  reportIndexFilm,
  writeReport,
} from '@deepffmpeg/combined';
import { writeAtomicFile } from '@deepffmpeg/core';
import { type Ffmpeg, findVideoStream, type Sample, shownName } from '@deepffmpeg/ffmpeg-filters';
import { formatAnalysisDocument } from '@deepffmpeg/technical';
import { analysisDetails } from './analysis-file.js';
import type { CliIo } from './cli-io.js';
import { combineDetails } from './combine-details.js';
import type { CombineLabels } from './combine-labels.js';
import type { CombineParts } from './combine-parts.js';
import { formatCombinedSummary } from './combined-summary.js';
import { makeFolder } from './make-folder.js';
import { createProgress } from './progress.js';
import { type ReportMediaKind, reportMediaOf } from './report-media.js';
import { type ShotChoice, shotRuleOf } from './shot-flags.js';

/** How films are looked at. */
export interface FilmSettings {
  readonly parts: CombineParts;
  readonly labels: CombineLabels;
  readonly rules: InsightRules;
  /** Undefined for what each part looks at by default. */
  readonly sample: Sample | 'shots' | undefined;
  readonly shots: ShotChoice;
  /** Measures only what conclusions rest on. */
  readonly isFast: boolean;
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
  readonly analysis: MediaAnalysis;
  /** SHA-256 of the combined analysis' file. */
  readonly digest: string;
}

/** What the flags say of where files go. */
export interface FilesChoice {
  readonly outputDir: string;
  readonly json?: string;
  /** `true`: beside the other files. */
  readonly report?: string | true;
}

/** The files of one film, those that a flag names among them. @param stem - what the names of the others begin with */
export function filmFilesOf(stem: string, { outputDir, json, report }: FilesChoice): FilmFiles {
  const pathOf = (ending: string) => join(outputDir, `${stem}_${ending}`);
  return {
    combined: json ?? pathOf('combined_analysis.json'),
    technical: pathOf('technical.json'),
    classifications: pathOf('classifications.txt'),
    report: report === true ? pathOf('report.html') : report,
  };
}

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
): Promise<CombinedFilm> {
  const { labels, rules } = settings;
  const analysis = await analyse(input, path, settings, onPartial);
  const { vision, audio } = labels.categories;
  const { technical, document, evidence, csv } = await combineAnalysis(analysis, {
    inputFile: shownName(input),
    labelSetNames: [vision.name, audio.name],
    rules,
    sceneThreshold: settings.shots.sceneThreshold,
  });
  const isVideo = findVideoStream(analysis.info) !== undefined;
  const media = reportMediaOf(input, { page: files.report, how: settings.reportMedia, isVideo });
  const report = { document, evidence, analysis, media };

  const { signal } = settings.io;
  const details = analysis.technical && {
    details: analysisDetails(analysis.technical, settings.audioStream),
  };
  for (const path of [files.technical, files.combined, files.report ?? files.combined])
    await makeFolder(dirname(path));
  await writeAtomicFile(files.technical, formatAnalysisDocument({ ...technical, ...details }), { signal });
  await writeAtomicFile(files.classifications, csv, { signal });
  const combined = formatCombinedDocument({ ...document, details: combineDetails(report, analysis) });
  await writeAtomicFile(files.combined, combined, { signal });
  if (files.report !== undefined) await writeReport(files.report, report, { signal });
  const summary = formatCombinedSummary(document, {
    evidence,
    parts: analysis.parts,
    objects: analysis.objects,
    partialReason: analysis.partialReason,
    isDamaged: reportIndexFilm('', report).isDamaged,
    hasPictures: isVideo,
    isTiny: asksTinyModels(analysis),
    isVerbose: settings.isVerbose,
  });
  return { report, summary, analysis, digest: createHash('sha256').update(combined).digest('hex') };
}

async function analyse(
  input: string,
  path: string,
  { parts, sample, shots, isFast, confidence, audioStream, ffmpeg, io }: FilmSettings,
  onPartial: (reason: string) => void,
): Promise<MediaAnalysis> {
  const { vision, audio, objects } = parts;
  const progress = createProgress(io.stderr, shownName(input));
  try {
    return await analyseMedia(path, {
      vision: vision instanceof Error || !vision ? vision : { ...vision, sample },
      audio,
      objects: objects instanceof Error || !objects || sample === 'shots' ? objects : { ...objects, sample },
      technical: { ...shotRuleOf(shots), isLevelsOnly: isFast },
      confidence,
      audioStream,
      source: shownName(input),
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
