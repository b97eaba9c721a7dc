import { extname } from 'node:path';
import {
  type AtomicFile,
  averagesToCsv,
  MediaError,
  openAtomicFile,
  type Segment,
  segmentsToCsv,
  segmentsToJson,
  segmentsToWebVtt,
} from '@deepffmpeg/core';
import type { InputResult } from './input-result.js';
import { openPerInputPaths, type PerInputPaths } from './per-input-paths.js';
import { requireFolder } from './require-folder.js';

export interface OutputPaths {
  readonly outputStats?: string;
  readonly outputScores?: string;
  readonly outputSegments?: string;
  readonly outputDetections?: string;
  readonly outputTracks?: string;
  /** A video, or a picture, with the objects drawn. */
  readonly drawings?: string | undefined;
}

/** The files that a run writes. One of `commit` and `discard` must be called. */
export interface OutputFiles {
  readonly scores: AtomicFile | undefined;
  readonly detections: AtomicFile | undefined;
  readonly tracks: PerInputPaths | undefined;
  readonly drawings: PerInputPaths | undefined;
  /** Writes averages and segments, and puts all files in their places. @throws {MediaError} `ERR_OUTPUT` */
  commit(results: readonly InputResult[]): Promise<void>;
  discard(): Promise<void>;
}

type SegmentWriter = (segments: readonly Segment[]) => AsyncIterable<string>;

const SEGMENT_WRITERS: Readonly<Record<string, SegmentWriter>> = {
  '.json': segmentsToJson,
  '.csv': segmentsToCsv,
  '.vtt': segmentsToWebVtt,
};

/**
 * Opens all outputs, so that one that cannot be written is told before the work.
 *
 * @param isMany - whether there are several inputs, or may be: then what has a file for each input goes to a folder.
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_OUTPUT`; an `AbortError`
 */
export async function openOutputFiles(
  paths: OutputPaths,
  isMany: boolean,
  inputs: readonly string[],
  signal: AbortSignal,
): Promise<OutputFiles> {
  const { outputStats, outputScores, outputSegments, outputDetections, outputTracks } = paths;
  const segmentWriter =
    outputSegments === undefined ? undefined : chooseWriter(outputSegments, inputs.length > 1);
  const opened: AtomicFile[] = [];
  const folders: PerInputPaths[] = [];
  const open = async (flag: string, path: string | undefined) => {
    if (path === undefined) return undefined;
    await requireFolder({ flag, path });
    const file = await openAtomicFile(path, { signal });
    opened.push(file);
    return file;
  };
  const openEach = async (flag: string, path: string | undefined) => {
    if (path === undefined) return undefined;
    const folder = await openPerInputPaths(flag, path, inputs, isMany);
    folders.push(folder);
    return folder;
  };
  const discard = async () => {
    await Promise.all(opened.map((file) => file.discard()));
    for (const folder of folders) await folder.discard();
  };

  try {
    const stats = await openEach('--output-stats', outputStats);
    const statsFile = stats?.isFolder ? undefined : await open('--output-stats', outputStats);
    const scores = await open('--output-scores', outputScores);
    const detections = await open('--output-detections', outputDetections);
    const segments = await open('--output-segments', outputSegments);
    const tracks = await openEach('--output-tracks', outputTracks);
    const drawings = await openEach('--visualization', paths.drawings);
    return {
      scores,
      detections,
      tracks,
      drawings,
      discard,
      async commit(results) {
        try {
          if (statsFile)
            for (const { averages } of results) await writeAll(statsFile, averagesToCsv(averages));
          if (segments && segmentWriter)
            await writeAll(segments, segmentWriter(results.flatMap((result) => result.segments)));
          while (opened.length > 0) await opened.shift()?.commit();
          // Last, so that one that cannot be written takes nothing else along.
          if (stats?.isFolder) await writeStatsOfEach(results, stats, signal);
        } catch (error) {
          await discard();
          throw error;
        }
      },
    };
  } catch (error) {
    await discard();
    throw error;
  }
}

function chooseWriter(path: string, isMany: boolean): SegmentWriter {
  const extension = extname(path).toLowerCase();
  const writer = SEGMENT_WRITERS[extension];
  const formats = Object.keys(SEGMENT_WRITERS).join(', ');
  if (!writer)
    throw new MediaError('ERR_INVALID_OPTIONS', `--output-segments ${path}: the name must end in ${formats}`);
  if (extension === '.vtt' && isMany)
    throw new MediaError(
      'ERR_INVALID_OPTIONS',
      '--output-segments: a WebVTT file holds the segments of one input; with several use .json or .csv',
    );
  return writer;
}

/** One file after the other: a system lets a process hold some hundreds open, and there may be more inputs. */
async function writeStatsOfEach(
  results: readonly InputResult[],
  stats: PerInputPaths,
  signal: AbortSignal,
): Promise<void> {
  for (const { input, averages, error } of results) {
    if (error) continue; // an input that failed has none
    const file = await openAtomicFile(stats.pathFor(input, '.csv'), { signal });
    try {
      await writeAll(file, averagesToCsv(averages));
      await file.commit();
    } catch (problem) {
      await file.discard();
      throw problem;
    }
  }
}

async function writeAll(file: AtomicFile, pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) await file.write(piece);
}
