import * as z from 'zod';
import type { LabelSet } from '../chunks.js';
import { MediaError } from '../media-error.js';
import { parseOptions } from '../parse-options.js';
import { qualifiedLabel } from '../qualified-label.js';
import type { Activation } from '../score-labels.js';
import { fitTemperature } from './fit-temperature.js';
import { type Agreement, fitThreshold, measureAgreement } from './fit-threshold.js';
import { foldsOf } from './folds.js';
import { negativeLogLikelihood, type Observation, probabilitiesAt } from './observation.js';
import { type Judgement, measureReliability, type Reliability } from './reliability.js';

/** How many parts the examples are cut into: each is judged by what was fitted to the others. */
const FOLDS = 5;

/** With fewer sources of a label, a part would have none. */
export const FEWEST_EXAMPLES = FOLDS;

/** A picture, frame or window of sound of which it is known what it shows. */
export interface CalibrationExample {
  /** The file it comes from. All examples of one file and label together weigh 1, and stay in one fold. */
  readonly source: string;
  /** Place of the right label in label order. */
  readonly index: number;
  /** Of each label, in label order, the logits of its sentences: see `labelLogits`. */
  readonly logits: readonly Float64Array[];
}

/** How good probabilities are. */
export interface CalibrationMeasures extends Reliability {
  /** How often the most probable label is the right one, 0 to 1. */
  readonly accuracy: number;
  /** Nats; lower is better. */
  readonly negativeLogLikelihood: number;
}

/** What was found for one label; how it agrees is measured on parts held out. */
export interface LabelCalibration extends Agreement {
  readonly group: string;
  readonly label: string;
  /** How many files show it. */
  readonly examples: number;
  /** From this probability on it is reported; Infinity: never, as nothing had the wanted precision. */
  readonly threshold: number;
}

/** What was fitted to examples, and how well a model does with and without it. */
export interface CalibrationFit {
  /** Fitted to all examples, as are the thresholds. */
  readonly temperature: number;
  /** Those with examples, in label order. */
  readonly labels: readonly LabelCalibration[];
  /** How many files there are. */
  readonly examples: number;
  /** Parts that each were measured with what was fitted to the others. */
  readonly folds: number;
  /** At temperature 1. */
  readonly before: CalibrationMeasures;
  /** Of each part at the temperature that was fitted to the others. */
  readonly after: CalibrationMeasures;
}

export interface FitCalibrationOptions {
  /** Least share of what is reported that should be right, 0 to 1. @defaultValue thresholds of the best F1 */
  readonly precision?: number | undefined;
}

const settingsSchema = z.strictObject({
  precision: z.number().min(0).max(1).optional(),
}) satisfies z.ZodType<FitCalibrationOptions>;

/** One example among the labels that it competes with. */
interface Placed extends Observation {
  readonly index: number;
  readonly first: number;
  readonly source: string;
  readonly weight: number;
}

/** A placed example at the temperature that others gave. */
interface Judged extends Placed {
  readonly temperature: number;
  readonly probabilities: Float64Array;
}

/**
 * Fits a temperature to all labels together and a threshold to each, and measures both on examples they were not fitted to: the sources of each label
 * are cut into five parts of neighbours, so that near copies stay together.
 *
 * @throws {MediaError} `ERR_INVALID_OPTIONS`; `ERR_INPUT` when a label has fewer than five sources, or a group fewer than two labels with some;
 * `ERR_MODEL_OUTPUT` when a logit is not finite.
 * @see Guo et al. 2017, arXiv:1706.04599; Kohavi 1995, "A Study of Cross-Validation and Bootstrap for Accuracy Estimation"
 */
export function fitCalibration(
  examples: readonly CalibrationExample[],
  { labelSet, activation }: { readonly labelSet: LabelSet; readonly activation: Activation },
  options: FitCalibrationOptions = {},
): CalibrationFit {
  const { precision } = parseOptions(settingsSchema, options);
  const places = labelSet.groups.flatMap(({ name, labels }) =>
    labels.map((label) => ({ group: name, label })),
  );
  const sourcesOf = groupSources(examples, places.length);
  refuseTooFew(labelSet, sourcesOf);
  const folds = foldsOf(sourcesOf, FOLDS);
  const placed = placeExamples(examples, labelSet);

  const temperatureOf = (some: readonly Placed[]) => {
    const answers = some.reduce((sum, each) => sum + each.weight * answersOf(each, activation), 0);
    return fitTemperature(some, { activation, pull: 1 / answers });
  };
  const judge = (some: readonly Placed[], temperature: number): Judged[] =>
    some.map((each) => ({
      ...each,
      temperature,
      // As scores hold them: a threshold between two that round to one number would part what looks the same later.
      probabilities: probabilitiesAt(each, temperature, activation).map(Math.fround),
    }));
  const fit = (some: readonly Placed[]) => {
    const temperature = temperatureOf(some);
    const judged = judge(some, temperature);
    const thresholds = places.map((_, index) => thresholdOf(judgementsOf(judged, index), precision));
    return { temperature, thresholds };
  };

  const heldOut = Array.from({ length: FOLDS }, (_, fold) => {
    const isOut = ({ source, index }: Placed) => folds[index]?.get(source) === fold;
    const { temperature, thresholds } = fit(placed.filter((each) => !isOut(each)));
    return { thresholds, judged: judge(placed.filter(isOut), temperature) };
  });
  const { temperature, thresholds } = fit(placed);
  const labels = places.flatMap((place, index): LabelCalibration[] => {
    const count = sourcesOf[index]?.length ?? 0;
    if (count === 0) return [];
    const decisions = heldOut.flatMap((part) =>
      judgementsOf(part.judged, index).map((judgement) => ({
        ...judgement,
        isReported: judgement.probability >= part.thresholds[index]!, // one for each label
      })),
    );
    return [{ ...place, examples: count, threshold: thresholds[index]!, ...measureAgreement(decisions) }];
  });
  return {
    temperature,
    labels,
    examples: sourcesOf.reduce((sum, sources) => sum + sources.length, 0),
    folds: FOLDS,
    before: measure(judge(placed, 1), activation),
    after: measure(
      heldOut.flatMap(({ judged }) => judged),
      activation,
    ),
  };
}

/** Under sigmoid, each label is a question of its own. */
const answersOf = ({ logits }: Observation, activation: Activation) =>
  activation === 'sigmoid' ? logits.length : 1;

/** Where nothing has the wanted precision, the label is never reported: a probability of 1 is none that cannot be had. */
const thresholdOf = (judgements: readonly Judgement[], precision: number | undefined) =>
  fitThreshold(judgements, { precision }) ?? Number.POSITIVE_INFINITY;

/** Of one label, all that was said where it competes. */
function judgementsOf(judged: readonly Judged[], index: number): Judgement[] {
  return judged.flatMap(({ probabilities, first, truth, weight }) => {
    const probability = probabilities[index - first];
    return probability === undefined ? [] : [{ probability, isRight: truth === index - first, weight }];
  });
}

function measure(judged: readonly Judged[], activation: Activation): CalibrationMeasures {
  const weights = judged.reduce((sum, { weight }) => sum + weight, 0);
  const right = judged.reduce(
    (sum, { weight, probabilities, truth }) => sum + (bestOf(probabilities) === truth ? weight : 0),
    0,
  );
  const loss = judged.reduce(
    (sum, each) => sum + each.weight * negativeLogLikelihood([each], each.temperature, activation),
    0,
  );
  const judgements = judged.flatMap(({ probabilities, truth, weight }): Judgement[] => {
    const all = Array.from(probabilities, (probability, label) => ({
      probability,
      isRight: label === truth,
      weight,
    }));
    // Where labels compete, the winner is what is said.
    return activation === 'sigmoid' ? all : all.slice(bestOf(probabilities), bestOf(probabilities) + 1);
  });
  return {
    accuracy: right / weights,
    negativeLogLikelihood: loss / weights,
    ...measureReliability(judgements),
  };
}

const bestOf = (probabilities: Float64Array) => probabilities.indexOf(Math.max(...probabilities));

function groupSources(examples: readonly CalibrationExample[], labels: number): string[][] {
  const sets = Array.from({ length: labels }, () => new Set<string>());
  for (const { index, source } of examples) sets[index]?.add(source);
  return sets.map((set) => [...set]);
}

function placeExamples(examples: readonly CalibrationExample[], { groups }: LabelSet): Placed[] {
  const ranges = groups.flatMap(({ labels }, group) => {
    const first = groups.slice(0, group).reduce((sum, before) => sum + before.labels.length, 0);
    return labels.map(() => ({ first, end: first + labels.length }));
  });
  const counts = new Map<string, number>();
  const keyOf = ({ source, index }: CalibrationExample) => JSON.stringify([index, source]);
  for (const each of examples) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  return examples.map((example) => {
    const { first, end } = ranges[example.index]!; // a place in label order
    return {
      ...example,
      first,
      logits: example.logits.slice(first, end),
      truth: example.index - first,
      weight: 1 / counts.get(keyOf(example))!, // counted above
    };
  });
}

function refuseTooFew({ groups }: LabelSet, sourcesOf: readonly string[][]): void {
  const fail = (problem: string) => new MediaError('ERR_INPUT', `${problem}: add examples`);
  let index = 0;
  let isAny = false;
  for (const { name, labels } of groups) {
    let shown = 0;
    for (const label of labels) {
      const { length } = sourcesOf[index++] ?? [];
      if (length === 0) continue;
      shown++;
      if (length < FEWEST_EXAMPLES)
        throw fail(
          `${qualifiedLabel(name, label)} has ${length} of the ${FEWEST_EXAMPLES} examples that are needed at least`,
        );
    }
    if (shown === 1)
      throw fail(`${name}: examples of one label only: of what else there may be, some are needed, too`);
    isAny ||= shown > 0;
  }
  if (!isAny) throw fail('there is no example of any label');
}
