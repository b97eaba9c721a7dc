import type { Scores, Segment } from './chunks.js';
import { allLabels, type LabelScore } from './report-labels.js';

export interface RunLimits {
  readonly enter: number;
  readonly exit: number;
}

/** A label that holds now. Probabilities are weighted by how long their frames last. */
interface Run {
  readonly scores: Scores;
  readonly label: LabelScore;
  end: number;
  peak: number;
  weighted: number;
  seconds: number;
  sum: number;
  count: number;
}

/** The scores of one moment; where several parts of a frame have some, the highest of each label. */
interface Moment {
  readonly scores: Scores;
  readonly best: Map<string, LabelScore>;
}

/** Times are rounded: so near to the end of one frame, another follows it. */
const TOLERANCE_SECONDS = 1e-3;

/** The labels that hold in scores that follow one another: of whole frames, of one track, or of all parts without a track. */
export class LabelRuns {
  /** Labels hold on over no longer time without scores. */
  gapSeconds: number;
  readonly #limits: RunLimits;
  /** Whether several scores may belong to one moment, which is over when the next one begins. */
  readonly #hasParts: boolean;
  readonly #runs = new Map<string, Run>();
  #moment: Moment | undefined;
  /** Of the last moment. */
  #end = Number.NEGATIVE_INFINITY;

  constructor(limits: RunLimits, gapSeconds: number, { hasParts = false } = {}) {
    this.#limits = limits;
    this.gapSeconds = gapSeconds;
    this.#hasParts = hasParts;
  }

  /** Takes the next scores, and gives the segments that end before them. */
  add(scores: Scores): Segment[] {
    const { timestamp, durationSeconds } = scores;
    if (this.#hasParts && this.#moment?.scores.timestamp === timestamp) {
      addBest(this.#moment, scores);
      return [];
    }
    const ended = this.#settle();
    if (this.isOver(timestamp)) ended.push(...this.#endAll());
    this.#moment = { scores, best: new Map() };
    addBest(this.#moment, scores);
    this.#end = timestamp + durationSeconds;
    return this.#hasParts ? ended : [...ended, ...this.#settle()];
  }

  /** Whether what was there is gone at the time that comes next. */
  isOver(timestamp: number): boolean {
    return timestamp > this.#end + this.gapSeconds + TOLERANCE_SECONDS;
  }

  /** Whether it may be forgotten: nothing holds. */
  get isSpent(): boolean {
    return this.#moment === undefined && this.#runs.size === 0;
  }

  /** Gives the segments that are still open, in order of their start. */
  finish(): Segment[] {
    return [...this.#settle(), ...this.#endAll()];
  }

  #settle(): Segment[] {
    if (!this.#moment) return [];
    const { scores, best } = this.#moment;
    this.#moment = undefined;
    const ended: Segment[] = [];
    for (const key of new Set([...best.keys(), ...this.#runs.keys()])) {
      const label = best.get(key);
      const run = this.#runs.get(key);
      if (label && label.probability >= (run ? this.#limits.exit : this.#limits.enter)) {
        this.#runs.set(key, extend(run ?? begin(scores, label), scores, label.probability));
      } else if (run) {
        this.#runs.delete(key);
        ended.push(segmentOf(run));
      }
    }
    return ended;
  }

  #endAll(): Segment[] {
    const ended = [...this.#runs.values()].map(segmentOf);
    this.#runs.clear();
    return ended;
  }
}

function addBest({ best }: Moment, scores: Scores): void {
  for (const label of allLabels(scores)) {
    const key = JSON.stringify([label.group, label.label]);
    const other = best.get(key);
    if (!other || label.probability > other.probability) best.set(key, label);
  }
}

function begin(scores: Scores, label: LabelScore): Run {
  return { scores, label, end: scores.timestamp, peak: 0, weighted: 0, seconds: 0, sum: 0, count: 0 };
}

function extend(run: Run, { timestamp, durationSeconds }: Scores, probability: number): Run {
  return {
    ...run,
    end: Math.max(run.end, timestamp + durationSeconds),
    peak: Math.max(run.peak, probability),
    weighted: run.weighted + probability * durationSeconds,
    seconds: run.seconds + durationSeconds,
    sum: run.sum + probability,
    count: run.count + 1,
  };
}

function segmentOf({
  scores,
  label: { group, label },
  end,
  peak,
  weighted,
  seconds,
  sum,
  count,
}: Run): Segment {
  const { source, modality, model, labelSet, timestamp, region } = scores;
  return {
    type: 'segment',
    source,
    modality,
    model,
    labelSet: labelSet.name,
    group,
    label,
    timestamp,
    durationSeconds: end - timestamp,
    probability: seconds > 0 ? weighted / seconds : sum / count,
    peak,
    ...(region?.trackId !== undefined && { trackId: region.trackId }),
  };
}
