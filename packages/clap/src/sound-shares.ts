import type { Scores } from '@deepffmpeg/core';
import {
  ShareMeter,
  type SoundClass,
  type SoundShares,
  sharesOfWindow,
  soundShareClasses,
} from './share-meter.js';

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
  classes: Readonly<Record<string, SoundClass>> = soundShareClasses,
): SoundShares | undefined {
  const windows = [...scores].toSorted((a, b) => a.timestamp - b.timestamp);
  const meter = new ShareMeter();
  for (const input of new Set(windows.map(({ source }) => source))) {
    for (const window of windows)
      if (window.source === input) meter.add(window, sharesOfWindow(window, classes));
    meter.endInput();
  }
  return meter.shares();
}
