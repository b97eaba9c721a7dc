import {
  type Calibration,
  type CalibrationMeasures,
  type LabelCalibration,
  qualifiedLabel,
} from '@deepffmpeg/core';
import { formatTable } from '../format-table.js';
import { terminalText } from '../terminal-text.js';

/** Characters of a bar that stands for 1. */
const BAR = 20;

/** What a person reads of a calibration: how good probabilities are before and after, and what was found for each label. */
export function formatCalibrationReport(calibration: Calibration, path: string): string {
  const { model, temperature, labels, examples, folds, before, after } = calibration;
  const isBetter = after.negativeLogLikelihood < before.negativeLogLikelihood;
  return [
    terminalText(
      `${model}: ${examples} examples of ${labels.length} labels, in ${folds} parts; each part is judged by what was fitted to the others`,
    ),
    formatTable(['', 'before', 'after'], measureRows(before, after)),
    `temperature: ${temperature.toPrecision(4)}`,
    ...(isBetter
      ? []
      : [
          'On parts held out this is no better than the model as it is: more examples, or harder ones, may tell more.',
        ]),
    '',
    ...diagram('before', before),
    ...diagram('after', after),
    '',
    formatTable(['label', 'examples', 'threshold', 'precision', 'recall', 'F1'], labels.map(labelRow)),
    ...labels
      .filter(({ threshold }) => threshold === Number.POSITIVE_INFINITY)
      .map((label) =>
        terminalText(`${nameOf(label)}: no threshold has that precision: it will never be reported`),
      ),
    terminalText(`written: ${path}`),
    '',
  ].join('\n');
}

function measureRows(before: CalibrationMeasures, after: CalibrationMeasures): string[][] {
  const row = (title: string, pick: (measures: CalibrationMeasures) => number) => [
    title,
    ...[before, after].map((measures) => pick(measures).toFixed(4)),
  ];
  return [
    row('accuracy', ({ accuracy }) => accuracy),
    row('negative log likelihood', ({ negativeLogLikelihood }) => negativeLogLikelihood),
    row('expected calibration error', ({ expectedCalibrationError }) => expectedCalibrationError),
  ];
}

/** A line for each bin with something in it: a bar of how much is right, and in it a stroke where the probabilities are. */
function diagram(title: string, { bins }: CalibrationMeasures): string[] {
  return [
    `${title}: of what is said with a probability of ..., so much is right (| is what was said)`,
    ...bins.flatMap(({ from, to, weight, meanProbability, shareRight }) => {
      if (meanProbability === undefined || shareRight === undefined) return [];
      const bar: string[] = Array.from({ length: BAR }, (_, i) =>
        i < Math.round(shareRight * BAR) ? '#' : '.',
      );
      bar[Math.min(BAR - 1, Math.floor(meanProbability * BAR))] = '|';
      const count = Number(weight.toFixed(1));
      return [
        `  ${from.toFixed(1)} to ${to.toFixed(1)}  ${bar.join('')}  right ${shareRight.toFixed(2)}, said ${meanProbability.toFixed(2)}, of ${count}`,
      ];
    }),
  ];
}

function labelRow(label: LabelCalibration): string[] {
  const { examples, threshold, precision, recall, f1 } = label;
  return [
    terminalText(nameOf(label)),
    String(examples),
    Number.isFinite(threshold) ? threshold.toPrecision(3) : 'none',
    precision?.toFixed(2) ?? '',
    recall.toFixed(2),
    f1.toFixed(2),
  ];
}

const nameOf = ({ group, label }: LabelCalibration) => qualifiedLabel(group, label);
