import {
  createStage,
  parseOptions,
  type Scores,
  type Shot,
  type Stage,
  type StageOptions,
} from '@deepffmpeg/core';
import * as z from 'zod';
import { LabelLine, type LineInterval, type WindowGrid } from './label-line.js';
import type { IntervalScores } from './media-analysis.js';
import type { Interval } from './score-pieces.js';

/** What holds in an interval, on its way through a pipeline. */
export interface IntervalChunk extends IntervalScores {
  readonly type: 'interval-scores';
  readonly source: string;
  /** What the time was parted by. */
  readonly interval: 'shot' | 'window';
}

export interface LabelTimelineOptions extends StageOptions {
  /** Length of a window of the time line, above 0. @defaultValue 10 */
  readonly timelineSeconds?: number | undefined;
  /** When the first window begins on the input's own clock. @defaultValue 0 */
  readonly startSeconds?: number | undefined;
}

const settingsSchema = z.strictObject({
  timelineSeconds: z.number().positive().default(10),
  startSeconds: z.number().default(0),
});

/**
 * Tells how well labels fit over each shot and over windows of one length: the means of their probabilities, weighted by time.
 *
 * In: scores, in order of time within each label set, and shots in order, of one or several inputs. Sets need not keep step with each other,
 * nor shots with scores: they come when they are known. Scores of parts of pictures pass. Out: for each interval and group one `interval-scores`
 * with its 10 best labels, in order of time within each label set. In a shot counts each frame that begins in it, until the shot's
 * end, and of each window of sound the part that lies in it; a shot of which there is no frame has no entry for sight. Over windows, frames
 * count for as long as they last. The last window ends with the scores.
 *
 * Holds sums for the intervals that are open, the scores since the start of the shot that is not known yet (from some 4,000 on each two are put
 * together, which shows at that shot's borders alone), and where each shot begins and ends.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`, at once.
 */
export function createLabelTimeline(options: LabelTimelineOptions = {}): Stage<Scores | Shot, IntervalChunk> {
  const { signal, highWaterMark, idleMs, ...settings } = options;
  const { timelineSeconds: seconds, startSeconds } = parseOptions(settingsSchema, settings);
  const inputs = new Map<string, Input>();
  return createStage(
    {
      accepts: ['scores', 'shot'],
      where: (chunk: Scores | Shot) => chunk.type === 'shot' || chunk.region === undefined,
      *transform(chunk: Scores | Shot) {
        const { source } = chunk;
        const input = inputs.get(source) ?? new Input({ startSeconds, seconds });
        inputs.set(source, input);
        const found = chunk.type === 'shot' ? input.addShot(chunk) : input.addScores(chunk);
        for (const each of found) yield chunkOf(source, each);
      },
      *flush() {
        for (const [source, input] of inputs) for (const each of input.finish()) yield chunkOf(source, each);
      },
    },
    { signal, highWaterMark, idleMs },
  );
}

function chunkOf(source: string, { interval, scores }: LineInterval): IntervalChunk {
  return { type: 'interval-scores', source, interval, ...scores };
}

/** The shots of one input, and a line for each label set of each model. */
class Input {
  readonly #grid: WindowGrid;
  readonly #shots: Interval[] = [];
  readonly #lines = new Map<string, LabelLine>();
  #end = Number.NEGATIVE_INFINITY;

  constructor(grid: WindowGrid) {
    this.#grid = grid;
  }

  *addShot({ timestamp, durationSeconds }: Shot): Generator<LineInterval> {
    this.#shots.push({ begin: timestamp, end: timestamp + durationSeconds });
    for (const line of this.#lines.values()) yield* line.settle();
  }

  *addScores(scores: Scores): Generator<LineInterval> {
    const { modality, model, labelSet, timestamp, durationSeconds } = scores;
    const key = JSON.stringify([modality, model, labelSet.name]);
    const line = this.#lines.get(key) ?? new LabelLine(scores, this.#shots, this.#grid);
    this.#lines.set(key, line);
    this.#end = Math.max(this.#end, timestamp + durationSeconds);
    yield* line.add(scores);
  }

  *finish(): Generator<LineInterval> {
    for (const line of this.#lines.values()) yield* line.finish(this.#end);
  }
}
