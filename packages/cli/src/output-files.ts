import { access, constants, mkdir, rmdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
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
import { statsFileName } from './stats-file-name.js';

export interface OutputPaths {
  readonly outputStats?: string;
  readonly outputScores?: string;
  readonly outputSegments?: string;
}

export interface OutputTargets {
  /** Whether there are several inputs. */
  readonly isMany: boolean;
  /** Whether averages go to a folder, one file for each input. */
  readonly isStatsFolder: boolean;
}

/** The files that a run writes. One of `commit` and `discard` must be called. */
export interface OutputFiles {
  readonly scores: AtomicFile | undefined;
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
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, `ERR_OUTPUT`
 */
export async function openOutputFiles(
  { outputStats, outputScores, outputSegments }: OutputPaths,
  { isMany, isStatsFolder }: OutputTargets,
): Promise<OutputFiles> {
  const segmentWriter = outputSegments === undefined ? undefined : chooseWriter(outputSegments, isMany);
  const opened: AtomicFile[] = [];
  const open = async (path: string | undefined) => {
    if (path === undefined) return undefined;
    const file = await openAtomicFile(path);
    opened.push(file);
    return file;
  };
  let removeFolder = async () => {};
  const discard = async () => {
    await Promise.all(opened.map((file) => file.discard()));
    await removeFolder();
  };

  try {
    const stats = isStatsFolder ? undefined : await open(outputStats);
    if (isStatsFolder && outputStats !== undefined) removeFolder = await makeFolder(outputStats);
    const scores = await open(outputScores);
    const segments = await open(outputSegments);
    return {
      scores,
      discard,
      async commit(results) {
        try {
          if (stats) for (const { averages } of results) await writeAll(stats, averagesToCsv(averages));
          if (isStatsFolder && outputStats !== undefined)
            opened.push(...(await writeStats(outputStats, results)));
          if (segments && segmentWriter)
            await writeAll(segments, segmentWriter(results.flatMap((result) => result.segments)));
          while (opened.length > 0) await opened.shift()?.commit();
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
      '--output-segments: a WebVTT file tells of one input; with several use .json or .csv',
    );
  return writer;
}

/** Gives what takes the folder away again, if it was not there before and is empty. */
async function makeFolder(path: string): Promise<() => Promise<void>> {
  try {
    const made = await mkdir(path, { recursive: true });
    if (!(await stat(path)).isDirectory()) throw new Error('it is no folder');
    await access(path, constants.W_OK);
    return async () => {
      if (made !== undefined) await rmdir(path).catch(() => {}); // somebody has put something into it
    };
  } catch (cause) {
    const problem = `cannot write into ${path}: ${(cause as Error).message}; with several inputs --output-stats names a folder`;
    throw new MediaError('ERR_OUTPUT', problem, { cause });
  }
}

/** One file an input, named after it; inputs of one name are numbered. Those that failed have none. */
async function writeStats(folder: string, results: readonly InputResult[]): Promise<AtomicFile[]> {
  const used = new Set<string>();
  const files: AtomicFile[] = [];
  for (const { input, averages, error } of results) {
    if (error) continue;
    const stem = statsFileName(input);
    let name = `${stem}.csv`;
    // Some file systems tell no capitals from small letters.
    for (let number = 2; used.has(name.toLowerCase()); number++) name = `${stem}.${number}.csv`;
    used.add(name.toLowerCase());
    const file = await openAtomicFile(join(folder, name));
    files.push(file);
    await writeAll(file, averagesToCsv(averages));
  }
  return files;
}

async function writeAll(file: AtomicFile, pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) await file.write(piece);
}
