import { allLabels, MediaError, type Scores } from '@deepffmpeg/core';

export type SoundClass = 'speech' | 'music' | 'other';

/** How much of a sound is what. The three shares sum to 1. */
export interface SoundShares extends Readonly<Record<SoundClass, number>> {
  /** speech / (speech + music), 0 to 1; null where there is neither. */
  readonly speechToMusic: number | null;
}

/** The labels of `soundSharePrompts`. */
const ownClasses: Readonly<Record<string, SoundClass>> = { speech: 'speech', music: 'music', other: 'other' };

/**
 * Tells how much of a sound is speech, music and neither, from the scores of its windows.
 *
 * A window's probabilities are summed by class and brought to a sum of 1: so several groups, and models with a sigmoid,
 * count as one group does. Over the windows the mean is taken, weighted by time: every moment counts once, and where n windows of an
 * input overlap, each has an n-th of it. Windows that say nothing (all probabilities 0) do not count; where none
 * lasts, all count alike.
 *
 * @param scores - of one model and label set, of one input or several, in any order.
 * @param classes - what each label stands for. By default, labels are those of `soundSharePrompts`.
 * @returns `undefined` where no window counts.
 * @throws {MediaError} `ERR_MISMATCH` for a label without a class.
 */
export function soundShares(
  scores: Iterable<Scores>,
  classes: Readonly<Record<string, SoundClass>> = ownClasses,
): SoundShares | undefined {
  const windows = [...scores].flatMap((window) => {
    const shares = sharesOf(window, classes);
    return shares ? [{ ...window, shares }] : [];
  });
  if (windows.length === 0) return undefined;
  const weights = weightsOf(windows);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (name: SoundClass) =>
    windows.reduce((sum, { shares }, i) => sum + shares[name] * weights[i]!, 0) / total; // a weight each
  const [speech, music, other] = [mean('speech'), mean('music'), mean('other')];
  return { speech, music, other, speechToMusic: speech + music > 0 ? speech / (speech + music) : null };
}

function sharesOf(
  scores: Scores,
  classes: Readonly<Record<string, SoundClass>>,
): Record<SoundClass, number> | undefined {
  const shares = { speech: 0, music: 0, other: 0 };
  let sum = 0;
  for (const { label, probability } of allLabels(scores)) {
    const name = Object.hasOwn(classes, label) ? classes[label] : undefined;
    if (name === undefined)
      throw new MediaError(
        'ERR_MISMATCH',
        `${scores.labelSet.name}: label ${label} is neither speech, music nor other: name its class`,
      );
    shares[name] += probability;
    sum += probability;
  }
  return sum > 0
    ? { speech: shares.speech / sum, music: shares.music / sum, other: shares.other / sum }
    : undefined;
}

type Span = Pick<Scores, 'source' | 'timestamp' | 'durationSeconds'>;

/** The seconds that each window stands for. */
function weightsOf(windows: readonly Span[]): number[] {
  const weights = windows.map(() => 0);
  for (const input of new Set(windows.map(({ source }) => source))) {
    const members = windows.flatMap(({ source }, i) => (source === input ? [i] : []));
    shareTime(windows, members, weights);
  }
  return weights.some((weight) => weight > 0) ? weights : windows.map(() => 1);
}

/** Goes along the time of one input, from one begin or end of a window to the next. */
function shareTime(windows: readonly Span[], members: readonly number[], weights: number[]): void {
  const edges = members.flatMap((window) => {
    const { timestamp, durationSeconds } = windows[window]!; // members are its places
    return [
      { time: timestamp, window, isBegin: true },
      { time: timestamp + durationSeconds, window, isBegin: false },
    ];
  });
  edges.sort((a, b) => a.time - b.time);
  const open = new Set<number>();
  let last = 0;
  for (const { time, window, isBegin } of edges) {
    for (const i of open) weights[i]! += (time - last) / open.size;
    last = time;
    if (isBegin) open.add(window);
    else open.delete(window);
  }
}
